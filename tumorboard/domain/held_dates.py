"""Which dates of a series each person is to hold: the one answer that invitations, feeds and pages follow."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.calendars.held_dates import HeldDates, MovedDate
from tumorboard.calendars.recurrence import Recurrence
from tumorboard.storage.models import Absence, BoardMember, Meeting, Person, Series
from tumorboard.storage.queries import series as questions
from tumorboard.vocabulary import MeetingState

_A_SECOND = timedelta(seconds=1)
_FOREVER = datetime.max.replace(tzinfo=UTC)


def recurrence_of(series: Series) -> Recurrence:
    return Recurrence(
        frequency=series.frequency,
        first_day=series.first_day,
        start=series.start,
        minutes=series.minutes,
        zone=series.zone,
        week=series.week,
        last_day=series.last_day,
    )


@dataclass
class Holder:
    """A person with their periods on the board and their absences."""

    person: Person
    periods: list[tuple[datetime, datetime]] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    reason: str = ""
    """Why mails about the series go to them, as of their latest period."""

    def is_there(self, at: datetime) -> bool:
        return any(since <= at < until for since, until in self.periods)

    def is_away(self, at: datetime) -> bool:
        """Whether they are absent on the day of that instant, on their own calendar."""
        if not self.absences:
            return False
        day = at.astimezone(ZoneInfo(self.person.time_zone)).date()
        return any(each.starts_on <= day <= each.ends_on for each in self.absences)

    def edges(self) -> list[datetime]:
        return [edge for period in self.periods for edge in period if edge != _FOREVER]

    @property
    def without_end(self) -> bool:
        return any(until == _FOREVER for _, until in self.periods)

    def is_there_or_comes(self, at: datetime) -> bool:
        return any(until > at for _, until in self.periods)


class Dates:
    """A series' dates as planned, asked once for all people; then each person's by plain reckoning.

    Whoever holds the same dates gets the same answer: it is made once.
    """

    def __init__(self, series: Series) -> None:
        self.series = series
        self.recurrence = recurrence_of(series)
        self.planned = {each.recurs_at: each for each in questions.dates_of(series.id) if each.recurs_at}
        self._starts: dict[datetime, tuple[datetime, ...]] = {}
        self._answers: dict[tuple[object, ...], HeldDates] = {}

    def held_by(self, holder: Holder, since: datetime) -> HeldDates | None:
        """What the person is to hold of the dates that take place at ``since`` or later; none if there is none.

        A date counts while they are on the board when it takes place, and not absent on its day.
        """
        starts = self._starts_before(self._end(holder, since))
        held = tuple(each for each in starts if self._is_held(each, holder, since))
        if not held:
            return None
        last = None if holder.without_end and self.series.last_day is None else held[-1]
        alike = held, last, len(starts)
        if alike not in self._answers:
            self._answers[alike] = self._answer(held, last, starts)
        return self._answers[alike]

    def _end(self, holder: Holder, since: datetime) -> datetime:
        """Beyond the last date of which more is known than the rule says."""
        end = max([since, *self.planned, *holder.edges()]) + _A_SECOND
        return end if self.series.last_day is None else max(end, _FOREVER - timedelta(days=2))

    def _starts_before(self, end: datetime) -> tuple[datetime, ...]:
        if end not in self._starts:
            self._starts[end] = tuple(self.recurrence.starts(end))
        return self._starts[end]

    def _is_held(self, recurs_at: datetime, holder: Holder, since: datetime) -> bool:
        planned = self.planned.get(recurs_at)
        if planned is not None and planned.state is MeetingState.CANCELLED:
            return False
        at = planned.starts_at if planned else recurs_at
        return at >= since and holder.is_there(at) and not holder.is_away(at)

    def _answer(self, held: tuple[datetime, ...], last: datetime | None, starts: tuple[datetime, ...]) -> HeldDates:
        kept = set(held)
        within = (each for each in starts if held[0] <= each and (last is None or each <= last))
        return HeldDates(
            # Some clients show DTSTART although EXDATE leaves it out, so the first date is one that is held.
            recurrence=self._from(held[0]),
            last=last,
            left_out=tuple(each for each in within if each not in kept),
            moved=tuple(self._moved(self.planned[each]) for each in held if self._is_moved(each)),
            room=self.series.room,
            video_link=self.series.video_link,
        )

    def _is_moved(self, recurs_at: datetime) -> bool:
        planned = self.planned.get(recurs_at)
        return planned is not None and differs(planned, self.series)

    def _from(self, first: datetime) -> Recurrence:
        """The rule from that date on; its end is told by the last date that is held."""
        day = first.astimezone(ZoneInfo(self.series.zone)).date()
        return replace(self.recurrence, first_day=day, last_day=None)

    @staticmethod
    def _moved(planned: Meeting) -> MovedDate:
        return MovedDate(
            recurs_at=planned.recurs_at or planned.starts_at,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
            room=planned.room,
            video_link=planned.video_link,
        )


def differs(date: Meeting, series: Series) -> bool:
    """Whether a date is not when, as long or where the series has it."""
    by_rule = date.recurs_at, series.minutes, series.room, series.video_link
    return (date.starts_at, date.minutes, date.room, date.video_link) != by_rule


def holders(series: Series, people: Collection[UUID] | None = None) -> dict[UUID, Holder]:
    """Who holds dates of the series, or held some: everybody who was, is or will be on its board, or these people."""
    found: dict[UUID, Holder] = {}
    for member in questions.memberships(series.board_id, people):
        holder = found.setdefault(member.person_id, Holder(member.person))
        until = min(
            each or _FOREVER for each in (member.left_at, member.person.deactivated_at, member.person.leaves_at)
        )
        holder.periods.append((member.joined_at, until))
        holder.reason = reason_of(member)
    away = defaultdict(list)
    for absence in questions.absences_of(found):
        away[absence.person_id].append(absence)
    for person_id, holder in found.items():
        holder.absences = away[person_id]
    return found


def reason_of(member: BoardMember) -> str:
    return f"you are {member.board_role.phrase} of the {member.board.full_name}"
