"""Everything one mail needs, with nothing left to look up."""

from dataclasses import dataclass, fields
from datetime import datetime

from tumorboard.calendars.held_dates import HeldDates
from tumorboard.vocabulary import AnswerKind, NoticeKind
from tumorboard.words import one_line


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person is told, for one reason. There is no place for a patient in it.

    Instants are aware, zones are IANA names. Every text is brought to one line, so that no name, room or reason can
    forge a header, a calendar line or a paragraph. Raises ``ValueError`` for an address that no mail server takes, and
    for a link that is not one.
    """

    kind: NoticeKind
    message_id: str
    """With its angle brackets, derived from the notice: a repeat has the same (RFC 5322 section 3.6.4)."""
    written_at: datetime
    to_name: str
    to_address: str
    from_name: str
    from_address: str
    """About a meeting, the address with a token of this person and entry: From and ORGANIZER (calendar.md 8)."""
    zone: str
    """The reader's."""
    link: str
    """The one page that the mail points to; for somebody removed, one that they may still see."""
    answer_link: str = ""
    """Where the reader answers without signing in; empty where there is nothing to answer."""
    reason: str
    """Goes on after "Sent because": "you are a core member of the Breast board"."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "changes":
                object.__setattr__(self, "changes", tuple(one_line(change) for change in value))
            elif isinstance(value, str) and not isinstance(value, NoticeKind):
                object.__setattr__(self, field.name, one_line(value))
        for address in (self.to_address, self.from_address):
            if not address.isascii() or " " in address:
                raise ValueError("a mail address in characters that no mail server takes")
        if not self.link.startswith(("https://", "http://")):
            raise ValueError("a link that is not an absolute address of a page")


@dataclass(frozen=True, kw_only=True)
class MeetingLetter(Letter):
    """What one person is told about one meeting; the calendar part, where there is one, says the same."""

    board: str
    """With the noun, as it is spoken: "Breast board"."""
    board_zone: str
    starts_at: datetime
    ends_at: datetime
    room: str
    video_link: str
    coordinator: str
    """As "Hazelden, Ruth"; may be empty."""

    was_board: str | None = None
    was_starts_at: datetime | None = None
    """Moved: name, hours and place before; what is as it was, or not given, has not changed."""
    was_ends_at: datetime | None = None
    was_room: str | None = None
    was_video_link: str | None = None
    why: str = ""
    """Moved, cancelled: a reason that never speaks of a patient."""
    agenda_version: int = 1
    changes: tuple[str, ...] = ()
    """Agenda: what has changed since the version before, without a full stop: "One case added as item 1"."""
    cases: int = 0
    minutes: int = 0
    """Agenda: how much of the meeting its cases take."""
    returned_cases: int = 0
    """Cancelled: how many cases went back to the queue."""
    with_series: bool = False
    """Removed: whether the reader holds this date with the whole series now."""
    discipline: str = ""
    """To prepare: of whom it is asked, as in "wait for pathology", and until when."""
    due_at: datetime | None = None

    answer: AnswerKind | None = None
    """What the reader has answered to these hours, as the calendar part says it."""
    uid: str | None = None
    """UID, SEQUENCE and DTSTAMP of the calendar part, for each kind that carries one."""
    sequence: int | None = None
    dtstamp: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesLetter(Letter):
    """What one person is told about all the dates that they hold of a series; the calendar part says the same."""

    board: str
    held: HeldDates
    """What they hold now; of a series that is over for them, what they held."""
    was: HeldDates | None
    """What they were told before; none where that was nothing."""
    was_board: str
    """How the board was called then; empty where nothing was told."""
    coordinator: str
    why: str
    note: str
    uid: str
    sequence: int
    dtstamp: datetime


@dataclass(frozen=True, kw_only=True)
class AccountLetter(Letter):
    """What somebody is told about their account, or about an act that concerns them."""

    by: str
    """Who did it, as "Dunmore, Felix"; may be empty."""
    what: str
    """What was done, in a sentence; may be empty."""
    email: str
    """The address that it is about; may be empty."""
    until: datetime | None
    """When the link, or what the mail speaks of, ends."""
