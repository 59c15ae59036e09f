"""What came of a slot poll: for each hour who could come, and the quorum that the meeting would have."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from tumorboard.storage.models import Person, SlotAsked, SlotPoll, SlotProposal
from tumorboard.vocabulary import Discipline, Suits

COMES = (Suits.YES, Suits.IF_NEED_BE)


@dataclass(frozen=True)
class HourResult:
    """One hour: how many said what, and which required disciplines would be missing or have not answered."""

    proposal: SlotProposal
    yes: int
    if_need_be: int
    missing: tuple[Discipline, ...]
    unknown: tuple[Discipline, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The higher the better: first the quorum, then how many could come, then how gladly."""
        return -len(self.missing), -len(self.unknown), self.yes + self.if_need_be, self.yes


def results_of(poll: SlotPoll) -> list[HourResult]:
    """Every hour of the poll, soonest first."""
    return [_result(poll, proposal) for proposal in poll.proposals]


def best_of(results: list[HourResult]) -> HourResult | None:
    """The hour to take, the sooner of two that are alike; none while nobody could come to any."""
    possible = [each for each in results if each.yes + each.if_need_be]
    return max(possible, key=lambda each: each.rank, default=None)


def said_by(asked: SlotAsked) -> dict[UUID, Suits]:
    """What this person said, by proposal; an hour not answered is not in it."""
    return {answer.proposal_id: answer.suits for answer in asked.answers}


def disciplines_of(person: Person) -> set[Discipline]:
    """All that this person can stand for."""
    return {person.discipline, *map(Discipline, person.other_disciplines)}


def required(poll: SlotPoll) -> list[Discipline]:
    """The quorum of the board, in the glossary's order."""
    return [discipline for discipline in Discipline if discipline.value in poll.board.required_disciplines]


def _result(poll: SlotPoll, proposal: SlotProposal) -> HourResult:
    said = {asked: said_by(asked).get(proposal.id) for asked in poll.asked}
    there = {each for asked, suits in said.items() if suits in COMES for each in disciplines_of(asked.person)}
    waiting = {each for asked, suits in said.items() if suits is None for each in disciplines_of(asked.person)}
    counts = Counter(said.values())
    lacking = [each for each in required(poll) if each not in there]
    return HourResult(
        proposal,
        yes=counts[Suits.YES],
        if_need_be=counts[Suits.IF_NEED_BE],
        missing=tuple(each for each in lacking if each not in waiting),
        unknown=tuple(each for each in lacking if each in waiting),
    )
