"""How a board's last meetings went, in numbers that are there anyway; nothing of a patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tumorboard.domain.late_cases import freeze_for
from tumorboard.storage.models import Board, Meeting
from tumorboard.storage.queries import agendas, answers, meetings, quorum
from tumorboard.vocabulary import AnswerKind, MeetingState

MEETINGS = 12


@dataclass(frozen=True)
class Lookback:
    """Of the last meetings that took place with an agenda; deadlines are those of the policy in force now."""

    meetings: int
    in_time: int
    """Whose agenda was published before the freeze."""
    cases: int
    minutes: int
    """Of all their cases together, as they were planned."""
    late: int
    """Cases that were listed late."""
    coming: int
    asked: int
    """How many answers said yes, of how many members."""

    @property
    def minutes_a_case(self) -> float:
        return self.minutes / self.cases if self.cases else 0.0

    @property
    def said_yes(self) -> int:
        """In percent."""
        return round(100 * self.coming / self.asked) if self.asked else 0


def look_back(board: Board, at: datetime) -> Lookback | None:
    """The same questions however many meetings there were; none where there was none."""
    past = [each for each in meetings.past_meetings_of_board(board.id, at, None) if _took_place(each)]
    published = agendas.first_published(each.id for each in past)
    held = [each for each in past if each.id in published][:MEETINGS]
    if not held:
        return None
    ids = [each.id for each in held]
    listed = agendas.listed_counts(ids).values()
    coming, asked = _answers_to(held)
    return Lookback(
        meetings=len(held),
        in_time=sum(published[each.id] <= freeze_for(each) for each in held),
        cases=sum(count for count, _ in listed),
        minutes=sum(minutes for _, minutes in listed),
        late=agendas.late_count(ids),
        coming=coming,
        asked=asked,
    )


def _took_place(meeting: Meeting) -> bool:
    return meeting.state is not MeetingState.CANCELLED


def _answers_to(held: Sequence[Meeting]) -> tuple[int, int]:
    ids = [each.id for each in held]
    members, given = quorum.members_at(ids), answers.answers_to(ids)
    coming = sum(
        person.id in given[each] and given[each][person.id].answer is AnswerKind.YES
        for each in ids
        for person in members[each]
    )
    return coming, sum(len(members[each]) for each in ids)
