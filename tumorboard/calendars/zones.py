"""Time zones as calendars write them: VTIMEZONE components, RFC 5545 section 3.6.5.

Built from ``zoneinfo`` by looking at the changes of offset to come. A zone with a yearly rule becomes STANDARD and
DAYLIGHT with open-ended RRULEs; a zone without any change becomes one STANDARD; any other (Casablanca's Ramadan;
Cairo, whose last Thursday of October at 24:00 may fall in November) has each change written out. icalendar's own
``add_missing_timezones()`` writes lists of RDATE instead, which clients read an hour off all summer.
"""

import calendar
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_Observance = TimezoneStandard | TimezoneDaylight

_WEEK = timedelta(weeks=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_CYCLE_YEARS = 28
"""After so many years the Gregorian calendar repeats its weekdays: what held for all of them is a yearly rule."""

_YEARS_WRITTEN_OUT = 2
"""How far beyond the event changes are written out where there is no rule."""


class _Change(NamedTuple):
    """A zone leaves one UTC offset for another."""

    at: datetime
    """Naive: what the clocks show as the change comes, still in the old offset, as an observance's DTSTART is meant."""
    old: timedelta
    new: timedelta
    name: str


class _YearlyRule(NamedTuple):
    """A change comes in this month, on this weekday of the seven days from ``first_day`` on, at this time of day."""

    month: int
    weekday: int
    first_day: int
    at: time

    def in_year(self, year: int) -> datetime:
        day = date(year, self.month, self.first_day)
        return datetime.combine(day + timedelta(days=(self.weekday - day.weekday()) % 7), self.at)

    def rrule(self) -> dict[str, object]:
        """RFC 5545 section 3.3.10; ``2SU`` and ``-1SU`` where a client may expect them, days of the month elsewhere."""
        weekday, last_day = _WEEKDAYS[self.weekday], calendar.monthrange(2027, self.month)[1]
        if self.first_day == last_day - 6:
            return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": f"-1{weekday}"}
        if self.first_day % 7 == 1:
            return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYDAY": f"{self.first_day // 7 + 1}{weekday}"}
        days = list(range(self.first_day, self.first_day + 7))
        return {"FREQ": "YEARLY", "BYMONTH": self.month, "BYMONTHDAY": days, "BYDAY": weekday}


@lru_cache(maxsize=512)
def vtimezone(zone: str, starts_at: datetime, ends_at: datetime) -> Timezone:
    """The VTIMEZONE of an IANA zone that is right from before ``starts_at`` to beyond ``ends_at`` (aware instants).

    The answer is shared between callers: write it, do not change it.
    """
    clock = ZoneInfo(zone)
    local_start = starts_at.astimezone(clock)
    changes = _changes(clock, starts_at, starts_at + timedelta(days=_CYCLE_YEARS * 365.25))
    component = Timezone()
    component.add("tzid", zone)
    for observance in _by_rule(changes, local_start.year - 1) or _written_out(changes, local_start, ends_at):
        component.add_component(observance)
    return component


def _changes(clock: ZoneInfo, start: datetime, end: datetime) -> list[_Change]:
    """All changes of offset after ``start``. A zone keeps each offset for a week at least, or we would not see it."""
    weeks = (start + n * _WEEK for n in range((end - start) // _WEEK + 1))
    return [_change(clock, a, b) for a, b in pairwise(weeks) if _offset(clock, a) != _offset(clock, b)]


def _change(clock: ZoneInfo, before: datetime, after: datetime) -> _Change:
    before = before.replace(microsecond=0)
    old, new = _offset(clock, before), _offset(clock, after)

    def changed(second: int) -> bool:
        return _offset(clock, before + timedelta(seconds=second)) != old

    second = bisect_left(range(int((after - before).total_seconds()) + 1), x=True, key=changed)
    local = (before + timedelta(seconds=second)).astimezone(clock)
    return _Change(local.replace(tzinfo=None) - new + old, old, new, local.tzname() or "")


def _offset(clock: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(clock).utcoffset() or timedelta(0)


def _by_rule(changes: Sequence[_Change], year: int) -> list[_Observance]:
    """STANDARD and DAYLIGHT since ``year``, or nothing when the zone does not go forth and back by a yearly rule."""
    summer = max((change.new for change in changes), default=None)
    observances = []
    for old, new in {(change.old, change.new) for change in changes}:
        same = [change for change in changes if (change.old, change.new) == (old, new)]
        rule = _rule(same)
        if rule is None:
            return []
        since = same[0]._replace(at=rule.in_year(year))
        observances.append(_observance(since, daylight=new == summer, rrule=rule.rrule()))
    return sorted(observances, key=lambda observance: str(observance.name))


def _rule(changes: Sequence[_Change]) -> _YearlyRule | None:
    """The rule that these changes of one kind follow, one in each year of the whole cycle, if they follow one."""
    years = [change.at.year for change in changes]
    days = [change.at.day for change in changes]
    places = {(change.at.month, change.at.weekday(), change.at.time()) for change in changes}
    if len(years) < _CYCLE_YEARS or years != list(range(years[0], years[-1] + 1)):
        return None
    if len(places) != 1 or max(days) - min(days) != 6:
        return None
    month, weekday, at = places.pop()
    return _YearlyRule(month, weekday, min(days), at)


def _written_out(changes: Sequence[_Change], local_start: datetime, ends_at: datetime) -> list[_Observance]:
    """The offset at the start since ever, then each change until two years after the end."""
    offset = local_start.utcoffset() or timedelta(0)
    end = ends_at.astimezone(local_start.tzinfo).replace(tzinfo=None)
    end += timedelta(days=_YEARS_WRITTEN_OUT * 366)
    near = [change for change in changes if change.at <= end]
    winter = min([offset, *(change.new for change in near)])
    since = _Change(datetime(1970, 1, 1), offset, offset, local_start.tzname() or "")  # noqa: DTZ001 - a local time
    return [_observance(change, daylight=change.new != winter) for change in (since, *near)]


def _observance(change: _Change, *, daylight: bool, rrule: dict[str, object] | None = None) -> _Observance:
    observance = TimezoneDaylight() if daylight else TimezoneStandard()
    observance.add("dtstart", change.at)
    observance.add("tzoffsetfrom", change.old)
    observance.add("tzoffsetto", change.new)
    observance.add("tzname", change.name)
    if rrule:
        observance.add("rrule", rrule)
    return observance
