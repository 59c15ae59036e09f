"""A letter as the mail that goes to the mail server."""

import base64
import hashlib
from collections.abc import Iterable
from email import quoprimime
from email.utils import format_datetime
from functools import lru_cache

from tumorboard.calendars import invitation as one_date
from tumorboard.calendars import series
from tumorboard.calendars.copies import copy_for
from tumorboard.calendars.entry import description
from tumorboard.calendars.invitation import Invitation
from tumorboard.calendars.series import SeriesInvitation
from tumorboard.mail import wording
from tumorboard.mail.headers import END, LONGEST_LINE, mailbox_field, text_field
from tumorboard.mail.letter import Letter, MeetingLetter, SeriesLetter
from tumorboard.vocabulary import NoticeKind

_CALENDAR_PART = {
    NoticeKind.INVITATION: ("REQUEST", one_date.request_bytes),
    NoticeKind.MOVED: ("REQUEST", one_date.request_bytes),
    NoticeKind.CANCELLED: ("CANCEL", one_date.cancel_bytes),
    NoticeKind.REMOVED: ("CANCEL", one_date.cancel_bytes),
}
_SERIES_PART = {
    NoticeKind.SERIES_INVITATION: ("REQUEST", series.request_bytes),
    NoticeKind.SERIES_CHANGED: ("REQUEST", series.request_bytes),
    NoticeKind.SERIES_OVER: ("CANCEL", series.cancel_bytes),
}
_PLAIN = ('Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable")
_HTML = ('Content-Type: text/html; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable", "MIME-Version: 1.0")
_CALENDAR = (
    "Content-Transfer-Encoding: base64",
    'Content-Type: text/calendar; method="{method}"; charset="UTF-8"',
    "MIME-Version: 1.0",
)
_COPY = (
    "Content-Type: application/ics",
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="invite.ics"',
    "MIME-Version: 1.0",
)


def render(letter: Letter) -> bytes:
    """The whole mail, ASCII throughout; the same letter gives the same bytes.

    ``multipart/alternative`` of text and HTML. Where a calendar part belongs to it, that comes last, and the whole lies
    in a ``multipart/mixed`` beside a copy named ``invite.ics``: the layout that all clients read (calendar.md 2 to 5,
    RFC 6047 section 2.4). Raises ``ValueError`` when such a letter lacks UID, SEQUENCE or DTSTAMP.

    It is put together here: ``email.message`` takes longer for it than the database and the mail server do.
    """
    words = [_part(_PLAIN, _quoted(wording.text(letter))), _part(_HTML, _quoted(wording.html(letter)))]
    if isinstance(letter, MeetingLetter) and letter.kind in _CALENDAR_PART:
        method, write = _CALENDAR_PART[letter.kind]
        body = _with_calendar(letter, words, method, copy_for(_invitation(letter), write))
    elif isinstance(letter, SeriesLetter):
        method, write_series = _SERIES_PART[letter.kind]
        body = _with_calendar(letter, words, method, copy_for(_series_invitation(letter), write_series))
    else:
        body = _multipart("alternative", _boundary(letter, 0), words)
    return f"{_headers(letter)}{body}".encode("ascii")


def _headers(letter: Letter) -> str:
    return "".join(
        (
            f"Date: {format_datetime(letter.written_at)}{END}",
            mailbox_field("From", letter.from_name, letter.from_address),
            mailbox_field("To", letter.to_name, letter.to_address),
            text_field("Subject", wording.subject(letter)),
            f"Message-ID: {letter.message_id}{END}",
            f"Auto-Submitted: auto-generated{END}",  # RFC 3834 section 5: holiday notes stay silent
            f"MIME-Version: 1.0{END}",
        )
    )


def _with_calendar(letter: Letter, words: list[str], method: str, calendar: bytes) -> str:
    encoded = base64.encodebytes(calendar).decode("ascii").replace("\n", END)
    part = _part([line.format(method=method) for line in _CALENDAR], encoded)
    alternatives = _multipart("alternative", _boundary(letter, 1), [*words, part])
    return _multipart("mixed", _boundary(letter, 0), [alternatives, _part(_COPY, encoded)])


def _multipart(subtype: str, boundary: str, parts: list[str]) -> str:
    head = f"Content-Type: multipart/{subtype};", f'boundary="{boundary}"'
    folded = " ".join(head) if len(" ".join(head)) <= LONGEST_LINE else f"{END} ".join(head)
    body = "".join(f"{END}--{boundary}{END}{part}" for part in parts)
    return f"{folded}{END}{body}{END}--{boundary}--{END}"


def _part(headers: Iterable[str], body: str) -> str:
    return END.join((*headers, "", body))


def _quoted(text: str) -> str:
    """As RFC 2045 section 6.7 has it."""
    return "".join(_quoted_line(line) for line in text.encode().splitlines())


@lru_cache(maxsize=2048)
def _quoted_line(line: bytes) -> str:
    """Most lines of a mail stand in the next one, too."""
    return quoprimime.body_encode(f"{line.decode('latin-1')}\n", LONGEST_LINE, eol=END)


def _boundary(letter: Letter, depth: int) -> str:
    """Of this mail alone: a repeat is the same to the last byte."""
    digest = hashlib.sha256(f"{letter.message_id} {depth}".encode()).hexdigest()
    return f"=_{digest[:32]}"


def _invitation(letter: MeetingLetter) -> Invitation:
    if letter.uid is None or letter.sequence is None or letter.dtstamp is None:
        raise ValueError(f"a letter of kind {letter.kind.value} needs UID, SEQUENCE and DTSTAMP")
    return Invitation(
        uid=letter.uid,
        sequence=letter.sequence,
        dtstamp=letter.dtstamp,
        starts_at=letter.starts_at,
        ends_at=letter.ends_at,
        zone=letter.zone,
        summary=letter.board,
        location=letter.room,
        description=description("" if letter.kind is NoticeKind.REMOVED else letter.video_link, letter.link),
        url=letter.link,
        organizer_address=letter.from_address,
        organizer_name=letter.from_name,
        attendee_address=letter.to_address,
        attendee_name=letter.to_name,
        answer=letter.answer,
    )


def _series_invitation(letter: SeriesLetter) -> SeriesInvitation:
    held, over = letter.held, letter.kind is NoticeKind.SERIES_OVER
    return SeriesInvitation(
        uid=letter.uid,
        sequence=letter.sequence,
        dtstamp=letter.dtstamp,
        zone=held.recurrence.zone,
        summary=letter.board,
        location=held.room,
        description=description("" if over else held.video_link, letter.link),
        url=letter.link,
        organizer_address=letter.from_address,
        organizer_name=letter.from_name,
        attendee_address=letter.to_address,
        attendee_name=letter.to_name,
        held=held,
    )
