"""One person's calendar entry for a series: the rule, the dates left out, and the dates that were moved.

Every message carries the whole series: a message with one date alone makes some clients drop the others (calendar.md
18 to 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event

from tumorboard.calendars.entry import Entry, InvitedEntry, add_time, description, event_at, local, message
from tumorboard.calendars.held_dates import HeldDates, MovedDate
from tumorboard.calendars.zones import vtimezone

_YEARS_OPEN = timedelta(days=10 * 366)
"""How long a series without an end is sure of its zone's clocks, where these follow no yearly rule."""


@dataclass(frozen=True, kw_only=True)
class SeriesInvitation(InvitedEntry):
    """What one person is told about a series; written in the series' own zone, so that its hour stands."""

    held: HeldDates


def request_bytes(invitation: SeriesInvitation) -> bytes:
    """METHOD:REQUEST with the whole series: master, exceptions, and one event for each moved date."""
    return _message("REQUEST", invitation, events_of(invitation, invitation.held))


def cancel_bytes(invitation: SeriesInvitation) -> bytes:
    """METHOD:CANCEL: takes every date out of this person's calendar (calendar.md 21)."""
    return _message("CANCEL", invitation, [_master(invitation, invitation.held, "CANCELLED")])


def events_of(entry: Entry, held: HeldDates) -> list[Event]:
    """The event that carries the rule, and one in the place of each moved date."""
    return [_master(entry, held, "CONFIRMED"), *(_moved(entry, date) for date in held.moved)]


def span_of(entry: Entry, held: HeldDates) -> tuple[datetime, datetime]:
    """From the first instant that is written in the series' zone to the last."""
    starts = [held.recurrence.first, *(date.starts_at for date in held.moved)]
    ends = [held.last or entry.dtstamp + _YEARS_OPEN, *(date.ends_at for date in held.moved)]
    return min(starts), max(ends)


def _message(method: str, invitation: SeriesInvitation, events: Sequence[Event]) -> bytes:
    return message(method, vtimezone(invitation.zone, *span_of(invitation, invitation.held)), events)


def _master(entry: Entry, held: HeldDates, status: str) -> Event:
    first, length = held.recurrence.first, held.recurrence.length
    event = event_at(entry, first, first + length, status=status, location=entry.location, text=entry.description)
    # RFC 5545 section 3.3.10: UNTIL in UTC where DTSTART has a TZID.
    end = {"UNTIL": held.last.astimezone(UTC)} if held.last else {}
    event.add("rrule", held.recurrence.rrule() | end)
    for instant in held.left_out:
        event.add("exdate", local(instant, entry.zone), parameters={"TZID": entry.zone})
    return event


def _moved(entry: Entry, date: MovedDate) -> Event:
    text = description(date.video_link, entry.url)
    event = event_at(entry, date.starts_at, date.ends_at, status="CONFIRMED", location=date.room, text=text)
    add_time(event, "recurrence-id", date.recurs_at, entry.zone)
    return event
