"""What everybody must hold, reckoned by hand: dates on a zone's clocks, each put in, taken out or moved by name.

Nothing of the service is asked here: neither its rule, nor its holdings, nor what it has sent.
"""

import calendar
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Slot = tuple[str, int]
"""A board and the number of one of its dates, which stays its name wherever it is moved."""


def weekly(first: date, at: time, zone: str, until: date, *, days: int = 7) -> list[datetime]:
    found, day = [], first
    while day <= until:
        found.append(datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC))
        day += timedelta(days=days)
    return found


def monthly(first: date, at: time, zone: str, until: date, *, week: int) -> list[datetime]:
    """The ``week``-th such weekday of each month, -1 the last."""
    found, year, month = [], first.year, first.month
    while date(year, month, 1) <= until:
        days = [row[first.weekday()] for row in calendar.monthcalendar(year, month) if row[first.weekday()]]
        day = date(year, month, days[week if week < 0 else week - 1])
        if first <= day <= until:
            found.append(datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


class Truth:
    """Everybody's calendar, as a dictionary of dates."""

    def __init__(self) -> None:
        self._held: dict[str, dict[Slot, datetime]] = defaultdict(dict)

    def put(self, person: str, slots: dict[Slot, datetime]) -> None:
        self._held[person].update(slots)

    def drop_from(self, person: str, board: str, instant: datetime) -> None:
        """The board's dates from then on, those of them that have been too where a CANCEL takes their entry."""
        for slot, start in list(self._held[person].items()):
            if slot[0] == board and start >= instant:
                del self._held[person][slot]

    def take_out(self, person: str, slot: Slot) -> None:
        self._held[person].pop(slot, None)

    def starts(self, person: str) -> list[str]:
        return sorted(f"{start:%Y-%m-%dT%H:%M:%SZ}" for start in self._held[person].values())

    def people(self) -> list[str]:
        return sorted(self._held)
