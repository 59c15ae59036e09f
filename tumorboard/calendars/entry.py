"""What every calendar entry has, of one date or of a series, and the iTIP message around it (RFC 5545, RFC 5546).

What real clients ask of these bytes is numbered in the design's ``calendar.md``; nothing about a patient is in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from tumorboard.vocabulary import AnswerKind
from tumorboard.words import one_line

PRODUCT = "-//Tumorboard//Tumorboard//EN"

_ASKED = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
"""Without RSVP clients show no buttons to answer with (calendar.md 10)."""
_PARTSTAT = {AnswerKind.YES: "ACCEPTED", AnswerKind.MAYBE: "TENTATIVE", AnswerKind.NO: "DECLINED"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one person holds. Instants are aware.

    ``uid`` and ``sequence`` are kept per person and entry: ``sequence`` starts at 0 and grows with each change, and
    ``dtstamp`` (when it is sent) grows too. ``zone`` is the IANA zone in which the times are written. ``description``
    may have several lines, ``location`` may be empty. Raises ``ValueError`` for what no calendar could hold.
    """

    uid: str
    sequence: int
    dtstamp: datetime
    zone: str
    summary: str
    location: str
    description: str
    url: str

    def __post_init__(self) -> None:
        if self.dtstamp.tzinfo is None:
            raise ValueError("an instant without a zone")
        if self.sequence < 0:
            raise ValueError("SEQUENCE starts at 0")
        for exact in (self.uid, self.url):
            _require_exact(exact)


@dataclass(frozen=True, kw_only=True)
class InvitedEntry(Entry):
    """What one person is invited to hold: with who asks and who is asked."""

    organizer_address: str
    organizer_name: str
    attendee_address: str
    attendee_name: str
    answer: AnswerKind | None = None
    """What they have answered to these hours: who has is not asked anew because the room is another."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for exact in (self.organizer_address, self.attendee_address):
            _require_exact(exact)


def message(method: str, timezone: Timezone | None, events: Iterable[Event]) -> bytes:
    """One iTIP message: VTIMEZONE where times are written in a zone, then the events, which are all of one UID."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if timezone is not None:
        calendar.add_component(timezone)
    for event in events:
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def event_at(entry: Entry, starts_at: datetime, ends_at: datetime, *, status: str, location: str, text: str) -> Event:
    """The entry at these hours; one that its holder is invited to is addressed to them (calendar.md 8 to 11)."""
    event = Event()
    if isinstance(entry, InvitedEntry):
        address(event, entry)
    else:
        _identify(event, entry)
    event.add("dtstamp", entry.dtstamp.astimezone(UTC))
    in_zone = writable(entry.zone, starts_at, ends_at)
    add_time(event, "dtstart", starts_at, entry.zone if in_zone else None)
    add_time(event, "dtend", ends_at, entry.zone if in_zone else None)
    event.add("summary", one_line(entry.summary))
    if location:
        event.add("location", one_line(location))
    event.add("description", "\n".join(one_line(line) for line in text.splitlines()))
    event.add("url", entry.url)
    event.add("transp", "OPAQUE")
    event.add("status", status)
    return event


def address(event: Event, entry: InvitedEntry) -> None:
    """Writes what is each holder's own: the identity of their entry, who asks and who is asked."""
    _identify(event, entry)
    event.add("organizer", _mailbox(entry.organizer_address, entry.organizer_name))
    attendee = _mailbox(entry.attendee_address, entry.attendee_name)
    attendee.params.update(_ASKED)
    if entry.answer:
        attendee.params["PARTSTAT"] = _PARTSTAT[entry.answer]
        del attendee.params["RSVP"]
    event.add("attendee", attendee)


def description(video_link: str, page: str) -> str:
    """In words, what the mail says with its links; who is taken off is not handed the way in."""
    lines = [f"Join by video: {video_link}"] if video_link else []
    lines.append(f"The meeting's page, after sign-in: {page}")
    lines.append("Nothing about a patient is in this entry, by design.")
    return "\n".join(lines)


def add_time(event: Event, name: str, instant: datetime, zone: str | None) -> None:
    """TZID is named by us: icalendar would guess it back from the zone, where several names mean the same zone."""
    if zone is None:
        event.add(name, instant.astimezone(UTC))
    else:
        event.add(name, local(instant, zone), parameters={"TZID": zone})


def local(instant: datetime, zone: str) -> datetime:
    """What the zone's clocks show, naive."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def writable(zone: str, *instants: datetime) -> bool:
    """Whether the zone's clocks name these instants and no others.

    In the hour that autumn repeats a calendar reads the first of the two (RFC 5545 section 3.3.5), so an event that
    touches the second is written in UTC.
    """
    clock = ZoneInfo(zone)
    return not any(instant.astimezone(clock).fold for instant in instants)


def _require_exact(text: str) -> None:
    if not text or one_line(text) != text:
        raise ValueError("an identifier or address that is empty or more than one line")


def _identify(event: Event, entry: Entry) -> None:
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)


def _mailbox(mail_address: str, name: str) -> vCalAddress:
    """CN may hold no double quote (RFC 5545 section 3.2), and clients show the escapes of RFC 6868 as they are."""
    mailbox = vCalAddress(f"mailto:{mail_address}")
    mailbox.params["CN"] = one_line(name).replace('"', "'").replace("^", "")
    return mailbox
