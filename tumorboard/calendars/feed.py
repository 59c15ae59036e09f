"""A person's whole calendar to subscribe to: no METHOD, nobody's address, nothing clinical (calendar.md 37)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from tumorboard.calendars.entry import PRODUCT, Entry, description, event_at, writable
from tumorboard.calendars.held_dates import HeldDates
from tumorboard.calendars.series import events_of, span_of
from tumorboard.calendars.zones import vtimezone


@dataclass(frozen=True, kw_only=True)
class FeedDate:
    """One date that is held by itself."""

    uid: str
    sequence: int
    dtstamp: datetime
    board: str
    meeting_id: str
    starts_at: datetime
    ends_at: datetime
    room: str
    video_link: str


@dataclass(frozen=True, kw_only=True)
class FeedSeries:
    """The dates that are held of one series."""

    uid: str
    sequence: int
    dtstamp: datetime
    board: str
    held: HeldDates


def feed_bytes(name: str, zone: str, base_url: str, dates: Iterable[FeedDate], series: Iterable[FeedSeries]) -> bytes:
    """One VCALENDAR with one VTIMEZONE for each zone; the same for the same entries, so that its ETag is stable.

    ``zone`` is the person's, in which single dates are written.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    spans: dict[str, list[datetime]] = defaultdict(list)
    events: list[Event] = []
    for date in dates:
        events.append(_date(date, zone, base_url))
        if writable(zone, date.starts_at, date.ends_at):
            spans[zone] += [date.starts_at, date.ends_at]
    for each in series:
        page, zone_there = f"{base_url}/meetings", each.held.recurrence.zone
        entry = _entry(each, zone_there, each.held.room, description(each.held.video_link, page), page)
        events += events_of(entry, each.held)
        spans[zone_there] += span_of(entry, each.held)
    for named, instants in sorted(spans.items()):
        calendar.add_component(vtimezone(named, min(instants), max(instants) + timedelta(days=1)))
    for event in events:
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _date(date: FeedDate, zone: str, base_url: str) -> Event:
    page = f"{base_url}/meetings/{date.meeting_id}"
    entry = _entry(date, zone, date.room, description(date.video_link, page), page)
    return event_at(
        entry, date.starts_at, date.ends_at, status="CONFIRMED", location=entry.location, text=entry.description
    )


def _entry(of: FeedDate | FeedSeries, zone: str, location: str, text: str, page: str) -> Entry:
    return Entry(
        uid=of.uid,
        sequence=of.sequence,
        dtstamp=of.dtstamp,
        zone=zone,
        summary=of.board,
        location=location,
        description=text,
        url=page,
    )
