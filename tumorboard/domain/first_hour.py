"""A new board's guided first hour: what is done is read from the data, so that it can be left and resumed anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tumorboard.storage.queries.first_hour import Facts, facts_of
from tumorboard.vocabulary import GuideStep


@dataclass(frozen=True)
class Progress:
    done: frozenset[GuideStep]

    @property
    def is_over(self) -> bool:
        """A board that has published an agenda needs no guide."""
        return GuideStep.AGENDA in self.done

    @property
    def next_step(self) -> GuideStep:
        return next((step for step in GuideStep if step not in self.done), GuideStep.AGENDA)


def progress_of(board_ids: Iterable[UUID]) -> dict[UUID, Progress]:
    """How far each of these boards is."""
    return {board_id: Progress(frozenset(_done(facts))) for board_id, facts in facts_of(board_ids).items()}


def _done(facts: Facts) -> Iterable[GuideStep]:
    has = {
        GuideStep.BOARD: True,
        GuideStep.MEMBERS: facts.members,
        GuideStep.SERIES: facts.meetings,
        GuideStep.CASES: facts.cases,
        GuideStep.AGENDA: facts.agenda,
    }
    return (step for step, there in has.items() if there)
