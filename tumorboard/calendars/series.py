"""One person's calendar entry for a series: the rule, the dates left out, and the dates that were moved.

Every message carries the whole series: a message with one date alone makes some clients drop the others (calendar.md
18 to 20).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from icalendar import Event

from tumorboard.calendars.entry import Entry, InvitedEntry, add_time, event_at, local, message
from tumorboard.calendars.recurrence import Recurrence
from tumorboard.calendars.zones import vtimezone

YEARS_OPEN = timedelta(days=10 * 366)
"""How long a series without an end is sure of its zone's clocks, where these follow no yearly rule."""


class Moved(Protocol):
    """A date that is not when the rule has it."""

    @property
    def recurs_at(self) -> datetime: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True)
class MovedDate:
    """One date of a series that differs from the rule; ``recurs_at`` is when the rule has it begin."""

    recurs_at: datetime
    starts_at: datetime
    ends_at: datetime
    location: str
    description: str


@dataclass(frozen=True, kw_only=True)
class SeriesInvitation(InvitedEntry):
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
    moved = (moved_event(invitation, each, each.location, each.description) for each in invitation.moved)
    events = [_master(invitation, "CONFIRMED"), *moved]
    return _message("REQUEST", invitation, events)


def cancel_bytes(invitation: SeriesInvitation) -> bytes:
    """METHOD:CANCEL: takes every date out of this person's calendar (calendar.md 21)."""
    return _message("CANCEL", invitation, [_master(invitation, "CANCELLED")])


def _message(method: str, invitation: SeriesInvitation, events: Sequence[Event]) -> bytes:
    starts = [invitation.recurrence.first, *(each.starts_at for each in invitation.moved)]
    ends = [invitation.last or invitation.dtstamp + YEARS_OPEN, *(each.ends_at for each in invitation.moved)]
    return message(method, vtimezone(invitation.zone, min(starts), max(ends)), events)


def _master(invitation: SeriesInvitation, status: str) -> Event:
    return master(invitation, invitation.recurrence, invitation.last, invitation.left_out, status)


def master(entry: Entry, rule: Recurrence, last: datetime | None, left_out: Iterable[datetime], status: str) -> Event:
    """The event that carries the rule."""
    event = event_at(
        entry,
        rule.first,
        rule.first + rule.length,
        status=status,
        location=entry.location,
        text=entry.description,
    )
    # RFC 5545 section 3.3.10: UNTIL in UTC where DTSTART has a TZID.
    end = {"UNTIL": last.astimezone(UTC)} if last else {}
    event.add("rrule", rule.rrule() | end)
    for instant in left_out:
        event.add("exdate", local(instant, entry.zone), parameters={"TZID": entry.zone})
    return event


def moved_event(entry: Entry, date: Moved, location: str, text: str) -> Event:
    """The event that stands in the place of one date of the rule."""
    event = event_at(entry, date.starts_at, date.ends_at, status="CONFIRMED", location=location, text=text)
    add_time(event, "recurrence-id", date.recurs_at, entry.zone)
    return event
