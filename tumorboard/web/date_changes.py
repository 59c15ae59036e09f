"""What a change of a series does to each of its dates, before and after, and what stands in the way of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain.conflicts import Conflict
from tumorboard.domain.policy_words import listed
from tumorboard.vocabulary import ConflictKind
from tumorboard.web.dates_shown import DatePreview

NAMED = 6
"""How many days a sentence names; the others are counted."""


@dataclass(frozen=True)
class DateChange:
    was: DatePreview | None
    """None of a new date."""
    date: DatePreview
    """As it will be; as it was where it is no date any more."""
    what: str
    stays: bool = False
    gone: bool = False

    @property
    def starts_at(self) -> datetime:
        return self.date.starts_at

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What stands in the way of what is new about it."""
        return () if self.stays or self.gone or self.date.cancelled else self.date.conflicts


def changes(before: list[DatePreview], after: list[DatePreview], zone: str) -> list[DateChange]:
    """What happens to the dates of either side, soonest first, from the last that stays before the first change on."""
    was, kept = {each.id: each for each in before}, {each.id for each in after}
    found = [_change(was.get(each.id), each, zone) for each in after]
    found += [DateChange(each, each, "Not a date any more", gone=True) for each in before if each.id not in kept]
    found.sort(key=lambda each: each.starts_at)
    first = next((place for place, each in enumerate(found) if not each.stays), 0)
    return found[max(first - 1, 0) :]


def found_later(dates: Iterable[DateChange | DatePreview], zone: str) -> str:
    """What stands in the way of dates that are not shown one by one: a sentence for each kind, with the days."""
    days: dict[ConflictKind, list[str]] = {kind: [] for kind in ConflictKind}
    for date in dates:
        for kind in {conflict.kind for conflict in date.conflicts}:
            days[kind].append(words.date_words(date.starts_at.astimezone(ZoneInfo(zone)).date()))
    return " ".join(f"{_later(kind, len(on))}: {words.some_words(on, NAMED)}." for kind, on in days.items() if on)


def _later(kind: ConflictKind, count: int) -> str:
    return {
        ConflictKind.OVERLAP: f"On {count} more the board meets then already",
        ConflictKind.HOLIDAY: f"{count} more {'falls on a holiday' if count == 1 else 'fall on holidays'}",
        ConflictKind.ROOM: f"On {count} more the room is taken",
        ConflictKind.PERSON: f"On {count} more somebody sits on another board that meets then",
        ConflictKind.ABSENCE: f"On {count} more somebody is absent",
    }[kind]


def _change(was: DatePreview | None, now: DatePreview, zone: str) -> DateChange:
    if was is None:
        return DateChange(None, now, "New date")
    if now.cancelled:
        what = "Stays cancelled" if was.cancelled else "Cancelled; its cases go back to the queue"
        return DateChange(was, now, what, stays=was.cancelled)
    new = list(_new_about(was, now, ZoneInfo(zone)))
    if new:
        return DateChange(was, now, f"New {listed(new)}")
    return DateChange(was, now, "Was moved; stays so" if now.moved else "Stays", stays=True)


def _new_about(was: DatePreview, now: DatePreview, clock: ZoneInfo) -> Iterator[str]:
    before, after = was.starts_at.astimezone(clock), now.starts_at.astimezone(clock)
    if before.date() != after.date():
        yield "day"
    if before.time() != after.time():
        yield "hour"
    if was.ends_at - was.starts_at != now.ends_at - now.starts_at:
        yield "length"
    for place, name in enumerate(("room", "video link")):
        if was.place[place] != now.place[place]:
            yield name
