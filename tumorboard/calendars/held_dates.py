"""Which dates of a series one person holds, and when and where each of them is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tumorboard.calendars.recurrence import Recurrence


@dataclass(frozen=True, kw_only=True)
class MovedDate:
    """One date that is not when or where the rule has it; ``recurs_at`` is when the rule has it begin."""

    recurs_at: datetime
    starts_at: datetime
    ends_at: datetime
    room: str
    video_link: str


@dataclass(frozen=True, kw_only=True)
class HeldDates:
    """The dates by the rule from its first day on, without those left out, some of them moved. Instants in UTC."""

    recurrence: Recurrence
    """Its first day is the first date that this person holds."""
    last: datetime | None
    """The last date by the rule that this person holds; none without an end."""
    left_out: tuple[datetime, ...]
    """Dates by the rule that this person does not hold: cancelled, or in a time when they are not there."""
    moved: tuple[MovedDate, ...]
    room: str
    video_link: str

    def dates(self, before: datetime) -> Iterator[MovedDate]:
        """What this person holds of the dates that by the rule begin before that instant, in the rule's order."""
        left_out, moved = set(self.left_out), {each.recurs_at: each for each in self.moved}
        for instant in self.recurrence.starts(before):
            if self.last is not None and instant > self.last:
                return
            if instant not in left_out:
                yield moved.get(instant) or self._by_rule(instant)

    def coming(self, after: datetime, count: int, within: timedelta = timedelta(days=400)) -> list[MovedDate]:
        """The next dates that are not over at that instant, soonest first, of those within a time from it."""
        found = (each for each in self.dates(after + within) if each.ends_at > after)
        return sorted(found, key=lambda each: each.starts_at)[:count]

    def lasts_beyond(self, instant: datetime) -> bool:
        """Whether a date is still to come then."""
        if self.last is None:
            return True
        end = max(self.last, instant) + timedelta(seconds=1)
        return any(each.ends_at > instant for each in self.dates(end))

    def reaches_back_before(self, instant: datetime) -> bool:
        """Whether a date is over by then."""
        return any(each.ends_at <= instant for each in self.dates(instant))

    def _by_rule(self, instant: datetime) -> MovedDate:
        return MovedDate(
            recurs_at=instant,
            starts_at=instant,
            ends_at=instant + self.recurrence.length,
            room=self.room,
            video_link=self.video_link,
        )
