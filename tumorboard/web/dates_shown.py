"""A board's dates as lists show them: what each is, what stands in its way, and where the clocks change between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain import conflicts, held_dates
from tumorboard.domain.conflicts import Conflict
from tumorboard.storage.models import Board, Meeting
from tumorboard.vocabulary import MeetingState

FIRST = 20
"""How many dates a list shows before it is asked for all."""


@dataclass(frozen=True)
class ShownDate:
    meeting: Meeting
    clocks: str
    """What happens to the clocks between the date before and this one; empty where nothing does."""
    was_at: datetime | None
    """When the rule has it begin, where it was moved."""
    extra: bool
    """Whether it stands beside every series."""


@dataclass(frozen=True)
class DatePreview:
    """One date as it is, or would be, taken down before a rehearsal is undone."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    place: tuple[str, str]
    cancelled: bool
    moved: bool
    conflicts: tuple[Conflict, ...]


def shown(meetings: Iterable[Meeting], board: Board) -> list[ShownDate]:
    found: list[ShownDate] = []
    before: datetime | None = None
    for meeting in meetings:
        moved = meeting.recurs_at is not None and meeting.recurs_at != meeting.starts_at
        clocks = _clocks(before, meeting.starts_at, board.time_zone) if before else ""
        found.append(ShownDate(meeting, clocks, meeting.recurs_at if moved else None, meeting.series_id is None))
        before = meeting.starts_at
    return found


def preview_of(meetings: list[Meeting], board: Board) -> list[DatePreview]:
    """These dates with what stands in their way."""
    found = conflicts.conflicts_of(board, [conflicts.span_of(meeting) for meeting in meetings])
    return [
        DatePreview(
            id=meeting.id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=(meeting.room, meeting.video_link),
            cancelled=meeting.state is MeetingState.CANCELLED,
            moved=meeting.series is not None and held_dates.differs(meeting, meeting.series),
            conflicts=tuple(each),
        )
        for meeting, each in zip(meetings, found, strict=True)
    ]


def _clocks(before: datetime, after: datetime, zone: str) -> str:
    clock = ZoneInfo(zone)
    day = before
    while day < after:
        following = min(day + timedelta(days=1), after)
        change = (following.astimezone(clock).utcoffset() or timedelta()) - (
            day.astimezone(clock).utcoffset() or timedelta()
        )
        if change:
            way = "forward" if change > timedelta() else "back"
            date = words.date_words(following.astimezone(clock).date())
            old, new = (words.time_words(each, zone).rpartition(" ")[2] for each in (before, after))
            return f"{date}: the clocks go {way}. The hour stays, {old} becomes {new}."
        day = following
    return ""
