"""A letter as the mail that goes to the mail server."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from tumorboard.calendars import invitation as one_date
from tumorboard.calendars import series
from tumorboard.calendars.entry import description
from tumorboard.calendars.invitation import Invitation
from tumorboard.calendars.series import SeriesInvitation
from tumorboard.mail import wording
from tumorboard.mail.headers import MailboxField, TextField
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


def render(letter: Letter) -> EmailMessage:
    """The whole mail, ASCII throughout and ready for ``as_bytes()``; the same letter gives the same bytes.

    ``multipart/alternative`` of text and HTML. Where a calendar part belongs to it, that comes last, and the whole lies
    in a ``multipart/mixed`` beside a copy named ``invite.ics``: the layout that all clients read (calendar.md 2 to 5,
    RFC 6047 section 2.4). Raises ``ValueError`` when such a letter lacks UID, SEQUENCE or DTSTAMP.
    """
    mail = EmailMessage(policy=SMTP)
    _write_headers(mail, letter)
    mail.set_content(wording.text(letter), cte="quoted-printable")
    mail.add_alternative(wording.html(letter), subtype="html", cte="quoted-printable")
    if isinstance(letter, MeetingLetter) and letter.kind in _CALENDAR_PART:
        method, calendar_bytes = _CALENDAR_PART[letter.kind]
        _add_calendar(mail, method, calendar_bytes(_invitation(letter)))
    if isinstance(letter, SeriesLetter):
        method, series_bytes = _SERIES_PART[letter.kind]
        _add_calendar(mail, method, series_bytes(_series_invitation(letter)))
    _name_boundaries(mail, letter)
    return mail


def _write_headers(mail: EmailMessage, letter: Letter) -> None:
    mail["Date"] = letter.written_at
    mail["From"] = MailboxField("From", letter.from_name, letter.from_address)
    mail["To"] = MailboxField("To", letter.to_name, letter.to_address)
    mail["Subject"] = TextField("Subject", wording.subject(letter))
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834 section 5: holiday notes stay silent


def _add_calendar(mail: EmailMessage, method: str, calendar: bytes) -> None:
    params = {"method": method, "charset": "UTF-8"}
    mail.add_alternative(calendar, maintype="text", subtype="calendar", params=params)
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def _name_boundaries(mail: EmailMessage, letter: Letter) -> None:
    """Python draws boundaries at random; a repeat of this mail must be the same to the last byte."""
    for depth, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        digest = hashlib.sha256(f"{letter.message_id} {depth}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:32]}")


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
