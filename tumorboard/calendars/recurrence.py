"""When a series meets: a rule in a zone's own clock, expanded by dateutil (RFC 5545 section 3.3.10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from tumorboard.vocabulary import Frequency

LAST = -1
"""The week of a month that is its last, whichever that is."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_INTERVALS = {Frequency.WEEKLY: 1, Frequency.TWO_WEEKLY: 2}


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """Every week, every second, or one weekday of each month, at one hour that the zone's clocks show.

    ``first_day`` is an occurrence itself, and so says the weekday. ``week`` is 1 to 4 or ``LAST`` for a monthly rule
    and ``None`` for the others; ``last_day`` is inclusive, ``None`` without an end. ``zone`` is an IANA name. Raises
    ``ValueError`` where ``first_day`` is no occurrence.
    """

    frequency: Frequency
    first_day: date
    start: time
    minutes: int
    zone: str
    week: int | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        if (self.week is None) == (self.frequency is Frequency.MONTHLY):
            raise ValueError("a monthly rule, and no other, names the week of the month")
        if self.week is not None and self.week not in weeks_of_month(self.first_day):
            raise ValueError("a first day that is not in the week of the month which the rule names")

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def first(self) -> datetime:
        """The first occurrence, in UTC."""
        return self._instant(datetime.combine(self.first_day, self.start))

    def starts(self, before: datetime) -> Iterator[datetime]:
        """The occurrences that begin before that instant, soonest first, in UTC.

        An hour that the spring leaves out is read with the offset before the change, and of an hour that the autumn
        repeats it is the first: RFC 5545 section 3.3.5.
        """
        for local in self._rule(before):
            instant = self._instant(local)
            if instant >= before:
                return
            yield instant

    def rrule(self) -> dict[str, object]:
        """The rule as icalendar writes it, without an end."""
        day = _WEEKDAYS[self.first_day.weekday()]
        if self.week is not None:
            return {"FREQ": "MONTHLY", "BYDAY": f"{self.week}{day}"}
        interval = _INTERVALS[self.frequency]
        return {"FREQ": "WEEKLY", **({"INTERVAL": interval} if interval > 1 else {}), "BYDAY": day}

    def _rule(self, before: datetime) -> Iterator[datetime]:
        first = datetime.combine(self.first_day, self.start)
        end = before.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) + timedelta(days=1)
        if self.last_day is not None:
            end = min(end, datetime.combine(self.last_day, time.max))
        if self.week is not None:
            day = weekday(self.first_day.weekday(), self.week)
            return iter(rrule(MONTHLY, dtstart=first, until=end, byweekday=day))
        return iter(rrule(WEEKLY, dtstart=first, until=end, interval=_INTERVALS[self.frequency]))

    def _instant(self, local: datetime) -> datetime:
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def weeks_of_month(day: date) -> tuple[int, ...]:
    """Which weeks of its month a day can stand for: the second Tuesday; the fourth may be the last as well."""
    week, is_last = (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month
    return ((week,) if week < 5 else ()) + ((LAST,) if is_last else ())
