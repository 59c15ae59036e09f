"""What other clocks of a board do to its coming dates: those of a series keep their hour, single ones their instant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.storage.models import Meeting
from tumorboard.storage.queries.meetings import OPEN
from tumorboard.web.hears import Line

NAMED = 3
"""How many dates a line names; the others are counted."""


def starts_of(coming: Iterable[Meeting]) -> dict[UUID, datetime]:
    """When each begins, taken down before the change is rehearsed."""
    return {meeting.id: meeting.starts_at for meeting in coming}


def lines(coming: Iterable[Meeting], was: Mapping[UUID, datetime], old: str, new: str) -> list[Line]:
    """A line for each way in which dates move, then one for those that stay; asked inside a rehearsal."""
    if old == new:
        return []
    moved: dict[tuple[str, timedelta], list[tuple[datetime, datetime]]] = defaultdict(list)
    kept = []
    for meeting in coming:
        before = was.get(meeting.id)
        if before is None or meeting.state not in OPEN:
            continue
        if before != meeting.starts_at:
            hour = f"{before.astimezone(ZoneInfo(old)):%H:%M}"
            moved[hour, meeting.starts_at - before].append((before, meeting.starts_at))
        elif words.time_words(before, old) != words.time_words(before, new):
            kept.append(before)
    most_first = sorted(moved.items(), key=lambda item: -len(item[1]))
    return [_moved(by, dates, old, new) for (_, by), dates in most_first] + _kept(kept, old, new)


def _moved(by: timedelta, dates: list[tuple[datetime, datetime]], old: str, new: str) -> Line:
    way = "later" if by > timedelta() else "earlier"
    before, after = (words.time_words(each, zone) for each, zone in zip(dates[0], (old, new), strict=True))
    title = f"{before} becomes {after}, {words.duration_words(abs(by))} {way}."
    return Line("clock", len(dates), title, f"{_days([was for was, _ in dates], old)}.")


def _kept(dates: list[datetime], old: str, new: str) -> list[Line]:
    if not dates:
        return []
    said = [f"{words.moment_words(each, old)} becomes {words.moment_words(each, new)}" for each in dates]
    title = "Date keeps its instant." if len(dates) == 1 else "Dates keep their instant."
    return [Line("lock", len(dates), title, f"{words.some_words(said, NAMED)}.")]


def _days(dates: list[datetime], zone: str) -> str:
    return words.some_words([words.date_words(each.astimezone(ZoneInfo(zone)).date()) for each in dates], NAMED)
