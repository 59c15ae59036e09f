"""One person's calendar entry for one meeting, as the bytes of an iTIP message (RFC 5545, RFC 5546).

What real clients ask of these bytes is numbered in the design's ``calendar.md``; nothing about a patient is in them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from tumorboard.calendars.zones import vtimezone
from tumorboard.words import one_line

_PRODUCT = "-//Tumorboard//Tumorboard//EN"

_ASKED = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
"""Without RSVP clients show no buttons to answer with (calendar.md 10)."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What one person is told about one meeting. Instants are aware.

    ``uid`` and ``sequence`` are kept per person and entry: ``sequence`` starts at 0 and grows with each change, and
    ``dtstamp`` (when it is sent) grows too. ``zone`` is the IANA zone in which the times are written, the invited
    person's. ``description`` may have several lines, ``location`` may be empty. Raises ``ValueError`` for what no
    calendar could hold.
    """

    uid: str
    sequence: int
    dtstamp: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str
    description: str
    url: str
    organizer_address: str
    organizer_name: str
    attendee_address: str
    attendee_name: str

    def __post_init__(self) -> None:
        if any(instant.tzinfo is None for instant in (self.dtstamp, self.starts_at, self.ends_at)):
            raise ValueError("an instant without a zone")
        if self.ends_at <= self.starts_at:
            raise ValueError("a meeting that ends before it starts")
        if self.sequence < 0:
            raise ValueError("SEQUENCE starts at 0")
        for exact in (self.uid, self.url, self.organizer_address, self.attendee_address):
            if not exact or one_line(exact) != exact:
                raise ValueError("an identifier or address that is empty or more than one line")


def request_bytes(invitation: Invitation) -> bytes:
    """METHOD:REQUEST: invites, or replaces what an earlier SEQUENCE said (RFC 5546 section 3.2.2)."""
    return _message(invitation, method="REQUEST", status="CONFIRMED")


def cancel_bytes(invitation: Invitation) -> bytes:
    """METHOD:CANCEL: takes the entry out of this person's calendar (RFC 5546 section 3.2.5)."""
    return _message(invitation, method="CANCEL", status="CANCELLED")


def _message(invitation: Invitation, *, method: str, status: str) -> bytes:
    message = Calendar()
    message.add("prodid", _PRODUCT)
    message.add("version", "2.0")
    message.add("calscale", "GREGORIAN")
    message.add("method", method)
    event = _event(invitation)
    event.add("status", status)
    if _writable_in_its_zone(invitation):
        message.add_component(vtimezone(invitation.zone, invitation.starts_at, invitation.ends_at))
    message.add_component(event)
    text: bytes = message.to_ical()
    return text


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.dtstamp.astimezone(UTC))
    _add_time(event, "dtstart", invitation.starts_at, invitation)
    _add_time(event, "dtend", invitation.ends_at, invitation)
    event.add("summary", one_line(invitation.summary))
    if invitation.location:
        event.add("location", one_line(invitation.location))
    event.add("description", "\n".join(one_line(line) for line in invitation.description.splitlines()))
    event.add("url", invitation.url)
    event.add("transp", "OPAQUE")
    event.add("organizer", _mailbox(invitation.organizer_address, invitation.organizer_name))
    attendee = _mailbox(invitation.attendee_address, invitation.attendee_name)
    attendee.params.update(_ASKED)
    event.add("attendee", attendee)
    return event


def _add_time(event: Event, name: str, instant: datetime, invitation: Invitation) -> None:
    """TZID is named by us: icalendar would guess it back from the zone, where several names mean the same zone."""
    if _writable_in_its_zone(invitation):
        local = instant.astimezone(ZoneInfo(invitation.zone)).replace(tzinfo=None, fold=0)
        event.add(name, local, parameters={"TZID": invitation.zone})
    else:
        event.add(name, instant.astimezone(UTC))


def _writable_in_its_zone(invitation: Invitation) -> bool:
    """Whether the zone's clocks name these instants and no others.

    In the hour that autumn repeats a calendar reads the first of the two (RFC 5545 section 3.3.5), so an event that
    touches the second is written in UTC.
    """
    clock = ZoneInfo(invitation.zone)
    return not any(instant.astimezone(clock).fold for instant in (invitation.starts_at, invitation.ends_at))


def _mailbox(address: str, name: str) -> vCalAddress:
    """CN may hold no double quote (RFC 5545 section 3.2), and clients show the escapes of RFC 6868 as they are."""
    mailbox = vCalAddress(f"mailto:{address}")
    mailbox.params["CN"] = one_line(name).replace('"', "'").replace("^", "")
    return mailbox
