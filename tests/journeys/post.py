"""Mail as its reader's machine understands it, by the standard library and vobject: nothing of our own reads here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any

from tests.journeys.demo import Demo
from tests.vobject_reader import read_calendar
from tumorboard.demo.mailbox import received, recipients


@dataclass(frozen=True)
class Letter:
    """One mail in the mailbox of ``to``; ``method`` is empty where nothing is for a calendar."""

    to: str
    at: datetime
    raw: bytes
    subject: str
    text: str
    method: str
    calendar: str

    @property
    def kind(self) -> str:
        """Its subject begins with it: "Agenda", "Invitation", "Moved", "Changed", "Cancelled", "No longer invited"."""
        return re.sub(r" version \d+$", "", self.subject.partition(":")[0])

    @property
    def link(self) -> str:
        """The one address of a page in its text, besides that for answering without signing in."""
        (link,) = [each for each in self._addresses if "/answer/" not in each]
        return link

    @property
    def answer_link(self) -> str:
        (link,) = [each for each in self._addresses if "/answer/" in each]
        return link

    @property
    def _addresses(self) -> list[str]:
        return re.findall(r"^http://\S+$", self.text, re.MULTILINE)

    @cached_property
    def event(self) -> Any:
        """Its VEVENT as vobject reads it."""
        return read_calendar(self.calendar).vevent

    @property
    def starts_at(self) -> datetime:
        starts_at: datetime = self.event.dtstart.value
        return starts_at.astimezone(UTC)

    @property
    def zone(self) -> str:
        """The TZID of DTSTART."""
        unfolded = re.sub(r"\r?\n[ \t]", "", self.calendar)
        return str(re.search(r"^DTSTART;TZID=([^:]+):", unfolded, re.MULTILINE)[1])  # type: ignore[index]


class Post:
    """Reads all mailboxes of a demo, each mail once."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._known: set[tuple[str, str]] = set()
        self.all: list[Letter] = []
        demo.wait_until_told()
        self.collect()

    def collect(self) -> list[Letter]:
        """What has come since the last time, in order of arrival, when nothing more is owed."""
        self._demo.wait_until_told()
        folder, new = self._demo.mail_folder, []
        for address in recipients(folder):
            for mail in received(folder, address):
                if (address, mail.key) not in self._known:
                    self._known.add((address, mail.key))
                    new.append(_letter(address, mail.at, mail.raw))
        new.sort(key=lambda letter: letter.at)
        self.all += new
        return new


def _letter(address: str, at: datetime, raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=default)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = str(calendars[0].get_content()) if calendars else ""
    method = str(calendars[0].get_param("method")) if calendars else ""
    return Letter(address, at, raw, str(message["Subject"]), _text(message), method, calendar)


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None, "every mail has plain text"
    return str(part.get_content()).replace("\r\n", "\n")
