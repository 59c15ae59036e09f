"""How far coming meetings are: cases ready, time used, agenda out or not, mails. Numbers, never a patient."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.domain.completeness import Completeness, completeness, facts_of
from tumorboard.domain.late_cases import cutoff_for
from tumorboard.domain.minimum_data_sets import data_sets_of
from tumorboard.storage.models import Meeting
from tumorboard.storage.queries import agendas
from tumorboard.storage.queries import readiness as questions
from tumorboard.vocabulary import MeetingState, NoticeState

ON_THE_WAY = (NoticeState.OWED, NoticeState.RETRYING, NoticeState.UNKNOWN)


@dataclass(frozen=True)
class Readiness:
    """One meeting with what stands on its agenda as it is being built."""

    meeting: Meeting
    cases: tuple[Completeness, ...]
    minutes: int
    version: int
    """The agenda that went out last; 0 where none has."""
    mails: Counter[NoticeState]

    @property
    def ticks(self) -> tuple[str, ...]:
        """One word a case: complete, waiting for something with a date, or something is missing."""
        words = [("missing" if case.missing else "pending") if case.gaps else "there" for case in self.cases]
        return tuple(sorted(words, key=("there", "pending", "missing").index))

    @property
    def complete(self) -> int:
        return self.ticks.count("there")

    @property
    def cutoff(self) -> datetime:
        return cutoff_for(self.meeting)

    @property
    def is_over_full(self) -> bool:
        return self.minutes > self.meeting.minutes

    @property
    def failed(self) -> int:
        return self.mails[NoticeState.FAILED]

    @property
    def on_the_way(self) -> int:
        return sum(self.mails[state] for state in ON_THE_WAY)

    def care(self, at: datetime) -> int:
        """How much it needs somebody: failed mails, a cut-off that is over without an agenda, too much for the time."""
        if self.meeting.state is MeetingState.CANCELLED:
            return 0
        return 4 * bool(self.failed) + 2 * (at > self.cutoff and self.version == 0) + self.is_over_full


def care_of_boards(meetings: list[Meeting], at: datetime) -> dict[UUID, int]:
    """How much the neediest of each board's meetings needs somebody; without looking into the cases."""
    ids = [meeting.id for meeting in meetings]
    versions, mails, listed = questions.latest_versions(ids), questions.mails(ids), agendas.listed_counts(ids)
    care: dict[UUID, int] = {}
    for meeting in meetings:
        _, minutes = listed.get(meeting.id, (0, 0))
        row = Readiness(meeting, (), minutes, versions.get(meeting.id, 0), mails.get(meeting.id, Counter()))
        care[meeting.board_id] = max(care.get(meeting.board_id, 0), row.care(at))
    return care


def of_meetings(meetings: list[Meeting]) -> list[Readiness]:
    """The same meetings in the same order, in four questions however many they are."""
    ids = [meeting.id for meeting in meetings]
    found = questions.listed_with_needs(ids)
    asked = data_sets_of(item.case for item, _ in found)
    days = {meeting.id: meeting.starts_at.astimezone(ZoneInfo(meeting.board.time_zone)).date() for meeting in meetings}
    cases: dict[UUID, list[Completeness]] = defaultdict(list)
    minutes: Counter[UUID] = Counter()
    for item, needs in found:
        on = days[item.meeting_id]
        cases[item.meeting_id].append(completeness(asked[item.case_id], facts_of(item.case, needs), on))
        minutes[item.meeting_id] += item.minutes
    versions, mails = questions.latest_versions(ids), questions.mails(ids)
    return [
        Readiness(
            each, tuple(cases[each.id]), minutes[each.id], versions.get(each.id, 0), mails.get(each.id, Counter())
        )
        for each in meetings
    ]
