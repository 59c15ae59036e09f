"""A real SMTP server on loopback that keeps what it accepts: one Maildir per recipient, every byte as it came."""

from asyncio import WriteTransport
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from mailbox import Maildir
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tumorboard.demo.hospital.people import MOVED_AWAY, PEOPLE
from tumorboard.demo.loopback import LOOPBACK, free_port

ACCEPTED = "250 OK"

DROP = "drop"
"""An answer to DATA: the mail is kept, and the connection ends before the client hears of it."""

Answer = Callable[[Envelope], str | None]
"""None accepts; a text such as "451 4.2.0 Try again later" refuses. At DATA it may be DROP."""

_FORMER_ADDRESSES = {person.email for person in PEOPLE if person.family_name == MOVED_AWAY}


@dataclass(frozen=True)
class ReceivedMail:
    """`key` names it within its recipient's mailbox, `at` is when it was accepted, `raw` is what was sent."""

    key: str
    at: datetime
    raw: bytes


class Mailbox:
    """`with Mailbox(folder) as mailbox:` takes mail for anybody at `mailbox.url`.

    `at_recipient` is asked before each RCPT is taken, with that address as the envelope's last recipient; without it
    one person of the demo has moved. `at_data` is asked when the whole mail has come. Both are called in the server's
    own thread.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        at_recipient: Answer | None = None,
        at_data: Answer | None = None,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._server = Controller(
            _Keeper(folder, at_recipient or refuse_who_moved, at_data or _accept), hostname=LOOPBACK, port=self.port
        )

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._server.start()
        return self.url

    def stop(self) -> None:
        self._server.stop(no_assert=True)


def recipients(folder: Path) -> list[str]:
    """Every address that has got mail, in alphabetical order."""
    return sorted(unquote(box.name) for box in folder.iterdir()) if folder.is_dir() else []


def received(folder: Path, address: str) -> list[ReceivedMail]:
    """The mail of one address, oldest first."""
    new = _box(folder, address) / "new"
    found = [(file.stat().st_mtime_ns, file) for file in new.iterdir()] if new.is_dir() else []
    return [
        ReceivedMail(file.name, datetime.fromtimestamp(arrived / 1e9, UTC), file.read_bytes())
        for arrived, file in sorted(found)
    ]


def refuse_who_moved(envelope: Envelope) -> str | None:
    """Refuses the one old address in the demo (RFC 3463 section 3.2: moved, with no forwarding address)."""
    moved = envelope.rcpt_tos[-1].lower() in _FORMER_ADDRESSES
    return "550 5.1.6 This mailbox has moved to another hospital and forwards no mail" if moved else None


def _box(folder: Path, address: str) -> Path:
    return folder / quote(address.lower(), safe="@+")  # an address may hold a slash


def _accept(_: Envelope) -> None:
    """Nobody refuses anything."""


class _Keeper:
    """aiosmtpd's hooks."""

    def __init__(self, folder: Path, at_recipient: Answer, at_data: Answer) -> None:
        self._folder = folder
        self._at_recipient = at_recipient
        self._at_data = at_data

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        refusal = self._at_recipient(envelope)
        if refusal is None:
            return ACCEPTED
        envelope.rcpt_tos.pop()
        return refusal

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._at_data(envelope)
        if answer in {None, DROP}:
            self._keep(envelope)
        if answer == DROP and isinstance(server.transport, WriteTransport):
            server.transport.abort()
        return answer or ACCEPTED

    def _keep(self, envelope: Envelope) -> None:
        for address in dict.fromkeys(envelope.rcpt_tos):
            Maildir(_box(self._folder, address), create=True).add(envelope.original_content or b"")
