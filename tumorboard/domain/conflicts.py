"""What stands in the way of a date, told before anybody is invited: another meeting of the board, holidays,
rooms, double bookings, absences.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain.public_holidays import holidays_on
from tumorboard.storage.models import Absence, Board, BoardMember, Meeting
from tumorboard.storage.queries import conflicts as questions
from tumorboard.storage.queries import series
from tumorboard.vocabulary import ConflictKind

SHOWN = 3
"""How many people one conflict names; the others are counted."""


@dataclass(frozen=True)
class Span:
    """When and where a meeting is or would be; the room as it is written."""

    starts_at: datetime
    ends_at: datetime
    room: str
    meeting_id: UUID | None = None

    def touches(self, other: Meeting) -> bool:
        """Whether that is another meeting at the same time."""
        return other.id != self.meeting_id and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Conflict:
    kind: ConflictKind
    text: str


def conflicts_of(board: Board, spans: Sequence[Span]) -> list[list[Conflict]]:
    """For each of these times, what stands in its way; the same number of questions however many there are."""
    if not spans:
        return []
    since, until = min(each.starts_at for each in spans), max(each.ends_at for each in spans)
    others = questions.meetings_touching(since, until)
    members = questions.members_since({board.id, *(each.board_id for each in others)}, since)
    away = series.absences_of({member.person_id for member in members if member.board_id == board.id})
    known = _Known(board, others, members, away, _holidays(board, {_day(board, each) for each in spans}))
    return [known.against(span) for span in spans]


def _day(board: Board, span: Span) -> date:
    return span.starts_at.astimezone(ZoneInfo(board.time_zone)).date()


def _holidays(board: Board, days: set[date]) -> dict[date, str]:
    """What each of these days is at the board's hospital, and at a further one where it is another holiday."""
    found = holidays_on(board.hospital, days)
    for hospital in board.further_hospitals:
        for day, name in holidays_on(hospital, days).items():
            if name not in found.get(day, ""):
                found[day] = "; ".join(filter(None, [found.get(day), f"{name}, {hospital.name}"]))
    return found


class _Known:
    """Everything that was asked, for all times at once."""

    def __init__(
        self,
        board: Board,
        others: list[Meeting],
        members: list[BoardMember],
        away: list[Absence],
        holidays: dict[date, str],
    ) -> None:
        self.board, self.others, self.holidays = board, others, holidays
        self.members: dict[UUID, list[BoardMember]] = defaultdict(list)
        for member in members:
            self.members[member.board_id].append(member)
        self.away = away

    def against(self, span: Span) -> list[Conflict]:
        found = []
        day = _day(self.board, span)
        if day in self.holidays:
            found.append(Conflict(ConflictKind.HOLIDAY, self.holidays[day]))
        for other in self.others:
            if span.touches(other):
                found += self._with(other, span)
        absent = [each for each in self.away if self._is_missed(each, span)]
        if absent:
            named = [words.name_words(each.person.family_name, each.person.given_name) for each in absent]
            found.append(Conflict(ConflictKind.ABSENCE, f"{len(named)} absent: {_some(named)}"))
        return found

    def _with(self, other: Meeting, span: Span) -> list[Conflict]:
        if other.board_id == self.board.id:
            hours = words.span_words(other.starts_at, other.ends_at, self.board.time_zone)
            return [Conflict(ConflictKind.OVERLAP, f"The board meets then already: {hours}")]
        when = f"{other.board.full_name} {words.time_words(other.starts_at, self.board.time_zone)}"
        same_house = other.board.hospital_id == self.board.hospital_id
        found = []
        if span.room and same_house and span.room.casefold() == other.room.casefold():
            found.append(Conflict(ConflictKind.ROOM, f"{other.room} is taken: {when}"))
        both = self._there(self.board.id, span.starts_at) & self._there(other.board_id, other.starts_at)
        if both:
            named = sorted(self._names(both))
            sit = "sits" if len(named) == 1 else "sit"
            found.append(Conflict(ConflictKind.PERSON, f"{when}: {_some(named)} {sit} on both"))
        return found

    def _there(self, board_id: UUID, at: datetime) -> set[UUID]:
        return {
            member.person_id
            for member in self.members[board_id]
            if member.joined_at <= at and (member.left_at is None or member.left_at > at)
        }

    def _names(self, people: set[UUID]) -> set[str]:
        return {
            words.name_words(member.person.family_name, member.person.given_name)
            for member in self.members[self.board.id]
            if member.person_id in people
        }

    def _is_missed(self, absence: Absence, span: Span) -> bool:
        day = span.starts_at.astimezone(ZoneInfo(absence.person.time_zone)).date()
        there = absence.person_id in self._there(self.board.id, span.starts_at)
        return there and absence.starts_on <= day <= absence.ends_on


def _some(names: list[str]) -> str:
    shown, more = names[:SHOWN], len(names) - SHOWN
    return "; ".join(shown) + (f" and {more} more" if more > 0 else "")


def span_of(meeting: Meeting) -> Span:
    return Span(meeting.starts_at, meeting.ends_at, meeting.room, meeting.id)


def spans_of(starts: Sequence[datetime], minutes: int, room: str) -> list[Span]:
    return [Span(each, each + timedelta(minutes=minutes), room) for each in starts]
