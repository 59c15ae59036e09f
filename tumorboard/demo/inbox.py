"""Mails as the demo's mailbox shows them: decoded for people, and raw."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

from icalendar import Calendar

from tumorboard import words
from tumorboard.demo.mailbox import ReceivedMail, received, recipients

MOST = 100
"""Mails shown of one inbox, or of all together, the newest."""


@dataclass(frozen=True)
class CalendarPart:
    """What the ``text/calendar`` part asks of a calendar, in words, and the text itself."""

    method: str
    uid: str
    sequence: int
    when: str
    text: str


@dataclass(frozen=True)
class ShownMail:
    address: str
    """Whose inbox it lies in."""
    key: str
    at: datetime
    """When the mail server took it."""
    subject: str
    sender: str
    recipient: str
    text: str
    html: str
    calendar: CalendarPart | None
    raw: str


def counts(folder: Path) -> dict[str, int]:
    """How many mails each address has got, by address in lower case."""
    return {address: len(received(folder, address)) for address in recipients(folder)}


def newest(folder: Path, address: str) -> list[ShownMail]:
    """The mails of one address, newest first; none where nothing has arrived.

    Only addresses that have an inbox are looked up, so that no address leads to another folder.
    """
    if address.lower() not in recipients(folder):
        return []
    return [_shown(address.lower(), mail) for mail in reversed(received(folder, address)[-MOST:])]


def newest_of_all(folder: Path) -> list[ShownMail]:
    """The mails of everybody, newest first."""
    found = [(address, mail) for address in recipients(folder) for mail in received(folder, address)]
    found.sort(key=lambda each: each[1].at, reverse=True)
    return [_shown(address, mail) for address, mail in found[:MOST]]


def _shown(address: str, mail: ReceivedMail) -> ShownMail:
    message = message_from_bytes(mail.raw, policy=default)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return ShownMail(
        address=address,
        key=mail.key,
        at=mail.at,
        subject=str(message["Subject"]),
        sender=str(message["From"]),
        recipient=str(message["To"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        calendar=_calendar(calendars[0]) if calendars else None,
        raw=mail.raw.decode("ascii", errors="replace"),
    )


def _body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part else ""


def _calendar(part: EmailMessage) -> CalendarPart:
    text = str(part.get_content())
    calendar = Calendar.from_ical(text)
    event = calendar.events[0]
    begins, ends = cast("datetime", event.start), cast("datetime", event.end)
    return CalendarPart(
        method=str(calendar["METHOD"]),
        uid=event.uid,
        sequence=event.sequence,
        when=words.span_words(begins, ends, str(begins.tzinfo)),
        text=text.replace("\r\n", "\n"),
    )
