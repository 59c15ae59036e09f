"""One person's calendar entry for a series: the rule, the dates left out, and the dates that were moved.

Every message carries the whole series: a message with one date alone makes some clients drop the others (calendar.md
18 to 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event

from tumorboard.calendars.entry import Entry, add_time, event_at, local, message
from tumorboard.calendars.recurrence import Recurrence
from tumorboard.calendars.zones import vtimezone

_YEARS_OPEN = timedelta(days=10 * 366)
"""How long a series without an end is sure of its zone's clocks, where these follow no yearly rule."""


@dataclass(frozen=True, kw_only=True)
class MovedDate:
    """One date of a series that differs from the rule; ``recurs_at`` is when the rule has it begin."""

    recurs_at: datetime
    starts_at: datetime
    ends_at: datetime
    location: str
    description: str


@dataclass(frozen=True, kw_only=True)
class SeriesInvitation(Entry):
    """What one person is told about a series; written in the series' own zone, so that its hour stands."""

    recurrence: Recurrence
    """Its first day is the first date that this person holds."""
    last: datetime | None
    """The last date by the rule that this person holds; none without an end."""
    left_out: tuple[datetime, ...]
    """Dates by the rule that this person does not hold: cancelled, or in a time when they are not there."""
    moved: tuple[MovedDate, ...]


def request_bytes(invitation: SeriesInvitation) -> bytes:
    """METHOD:REQUEST with the whole series: master, exceptions, and one event for each moved date."""
    events = [_master(invitation, "CONFIRMED"), *(_moved(invitation, each) for each in invitation.moved)]
    return _message("REQUEST", invitation, events)


def cancel_bytes(invitation: SeriesInvitation) -> bytes:
    """METHOD:CANCEL: takes every date out of this person's calendar (calendar.md 21)."""
    return _message("CANCEL", invitation, [_master(invitation, "CANCELLED")])


def _message(method: str, invitation: SeriesInvitation, events: Sequence[Event]) -> bytes:
    starts = [invitation.recurrence.first, *(each.starts_at for each in invitation.moved)]
    ends = [invitation.last or invitation.dtstamp + _YEARS_OPEN, *(each.ends_at for each in invitation.moved)]
    return message(method, vtimezone(invitation.zone, min(starts), max(ends)), events)


def _master(invitation: SeriesInvitation, status: str) -> Event:
    rule, first = invitation.recurrence, invitation.recurrence.first
    event = event_at(
        invitation,
        first,
        first + rule.length,
        status=status,
        location=invitation.location,
        description=invitation.description,
    )
    # RFC 5545 section 3.3.10: UNTIL in UTC where DTSTART has a TZID.
    end = {"UNTIL": invitation.last.astimezone(UTC)} if invitation.last else {}
    event.add("rrule", rule.rrule() | end)
    for instant in invitation.left_out:
        event.add("exdate", local(instant, invitation.zone), parameters={"TZID": invitation.zone})
    return event


def _moved(invitation: SeriesInvitation, date: MovedDate) -> Event:
    event = event_at(
        invitation,
        date.starts_at,
        date.ends_at,
        status="CONFIRMED",
        location=date.location,
        description=date.description,
    )
    add_time(event, "recurrence-id", date.recurs_at, invitation.zone)
    return event
