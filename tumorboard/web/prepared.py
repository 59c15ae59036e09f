"""Preparations as people see them: on their list, on the page of a case and on the agenda."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tumorboard.domain import hospitals, preparation, preparation_requests
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Preparation, Result
from tumorboard.vocabulary import PREPARES, PreparationState, ResultState, Section


@dataclass(frozen=True)
class Material:
    """A study or specimen to review: its number, what it is, where it lies and where a viewer shows it."""

    number: str
    what: str
    place: str
    link: str


@dataclass(frozen=True)
class Prepared:
    """One preparation as somebody sees it, and what they may do about it."""

    it: Preparation
    due: datetime
    is_overdue: bool
    amended: tuple[Section, ...]
    """What others have written of the case since somebody began or was ready."""
    theirs: bool
    """Whether it is asked of this person."""
    may_undo: bool

    @property
    def is_new(self) -> bool:
        """Whether a later version of the agenda asked for it, and nobody has looked at it since."""
        return self.it.agenda_version > 1 and self.it.state is PreparationState.REQUESTED and self.it.hindrance is None

    @property
    def words(self) -> str:
        """What follows the discipline's name: ``ready``, ``overdue``, ``cannot: slides not here (Eastmere)``."""
        is_late = self.is_overdue and self.it.hindrance is None
        return "overdue" if is_late else preparation.how_it_stands(self.it)

    @property
    def material(self) -> list[Material]:
        """What has a number, each number once."""
        links, here = hospitals.launch_links(self.it.case), self.it.case.submitter.hospital.short_name
        numbered: dict[str, list[Result]] = {}
        for each in self._results():
            if each.number:
                numbered.setdefault(each.number, []).append(each)
        return [
            Material(
                number=number,
                what=", ".join(dict.fromkeys(each.label or each.section.label for each in found)),
                place=found[0].place or here,
                link=links.get(found[0].id, ""),
            )
            for number, found in numbered.items()
        ]

    @property
    def others(self) -> str:
        """What else there is to look at: ``ER, PR, HER2 (pending)``."""
        return ", ".join(
            f"{each.label} (pending)" if each.state is ResultState.PENDING else each.label
            for each in self._results()
            if each.label and not each.number and each.state is not ResultState.NOT_DONE
        )

    def _results(self) -> Iterator[Result]:
        return (each for each in self.it.case.results if each.section in PREPARES[self.it.discipline])


def prepared(asked: Iterable[Preparation], by: Actor, *, may_prepare: bool = True) -> list[Prepared]:
    """As this person sees them; ``may_prepare`` says whether what is asked of their discipline is theirs to do."""
    listed = list(asked)
    amended = preparation.amended_since(listed)
    discipline = by.person.discipline if may_prepare else None
    return [_prepared(each, by, amended.get(each.id, ()), theirs=each.discipline is discipline) for each in listed]


def by_case(asked: Iterable[Prepared]) -> dict[UUID, list[Prepared]]:
    """Those of each case, in the order of disciplines."""
    found: dict[UUID, list[Prepared]] = {}
    for each in asked:
        found.setdefault(each.it.case_id, []).append(each)
    return found


def _prepared(it: Preparation, by: Actor, amended: tuple[Section, ...], *, theirs: bool) -> Prepared:
    return Prepared(
        it=it,
        due=preparation_requests.due_of(it),
        is_overdue=preparation_requests.is_overdue(it, by.at),
        amended=amended,
        theirs=theirs,
        may_undo=theirs and preparation.may_undo(it, by),
    )
