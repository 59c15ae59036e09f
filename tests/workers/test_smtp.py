"""What a mail server may answer, and what we make of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mailscript import MailScript
from tumorboard.config import SmtpServer
from tumorboard.demo.loopback import LOOPBACK, free_port
from tumorboard.demo.mailbox import DROP, Mailbox, received
from workers.smtp import Fate, MailServer, Outcome

MAIL = b"Subject: Agenda\r\n\r\nOne line.\r\n.\r\n..dots\r\n"
ADDRESS = "a.sorrel@larkmoor.example"


@pytest.fixture
def script() -> MailScript:
    return MailScript()


@pytest.fixture
def mailbox(tmp_path: Path, script: MailScript) -> Iterator[Mailbox]:
    with Mailbox(tmp_path, at_recipient=script.recipient, at_data=script.data) as mailbox:
        yield mailbox


def send(port: int, *, times: int = 1) -> list[Outcome]:
    with MailServer(SmtpServer(LOOPBACK, port, "smtp", None, None)) as server:
        return [server.send(MAIL, sender="boards@larkmoor.example", recipient=ADDRESS) for _ in range(times)]


def test_what_was_accepted_arrived_byte_for_byte(mailbox: Mailbox) -> None:
    assert [outcome.fate for outcome in send(mailbox.port, times=3)] == [Fate.SENT] * 3
    assert [mail.raw for mail in received(mailbox.folder, ADDRESS)] == [MAIL] * 3


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("451 4.7.1 Greylisted, come back", Fate.REFUSED_FOR_NOW),
        ("452 4.2.2 Mailbox full", Fate.REFUSED_FOR_NOW),
        ("550 5.1.1 No such user", Fate.REFUSED),
        ("550 5.7.1 Relaying denied", Fate.HOLD),
        ("530 5.7.0 Authentication required", Fate.HOLD),
    ],
)
@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_a_refusal_is_sorted_by_whom_it_is_about(
    mailbox: Mailbox, script: MailScript, answer: str, fate: Fate, where: str
) -> None:
    setattr(script, where, lambda _: answer)
    [first, second] = send(mailbox.port, times=2)
    assert (first.fate, first.said) == (fate, answer)
    assert second.fate is fate
    assert received(mailbox.folder, ADDRESS) == []


def test_a_lost_answer_is_unknown_though_the_mail_arrived(mailbox: Mailbox, script: MailScript) -> None:
    script.at_data = lambda _: DROP
    [outcome] = send(mailbox.port)
    assert outcome.fate is Fate.UNKNOWN
    assert len(received(mailbox.folder, ADDRESS)) == 1


def test_a_server_that_is_away_is_unreachable_and_the_next_try_connects_again(mailbox: Mailbox) -> None:
    with MailServer(SmtpServer(LOOPBACK, free_port(), "smtp", None, None)) as server:
        assert server.send(MAIL, sender="b@larkmoor.example", recipient=ADDRESS).fate is Fate.UNREACHABLE
    [outcome] = send(mailbox.port)
    assert outcome.fate is Fate.SENT


def test_a_server_that_only_greets_with_a_refusal_does_not_fail_the_mail(tmp_path: Path) -> None:
    with Mailbox(tmp_path) as mailbox, MailServer(SmtpServer(LOOPBACK, mailbox.port, "smtp", "user", "pw")) as server:
        # this server offers no sign-in: about us, not about the recipient
        outcome = server.send(MAIL, sender="b@larkmoor.example", recipient=ADDRESS)
    assert outcome.fate in (Fate.HOLD, Fate.UNREACHABLE)
