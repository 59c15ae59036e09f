"""Putting the draft of a minimum data set in force: what that does to the board's open cases, and doing it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.completeness import Completeness, completeness, facts_of
from tumorboard.domain.minimum_data_set_rules import refuse_unfit
from tumorboard.domain.minimum_data_sets import DataSet, Item, in_force, keep_in_force, version_of
from tumorboard.domain.permissions import demand
from tumorboard.domain.sections import OPEN_STATES
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, MinimumDataSet
from tumorboard.storage.queries import meetings
from tumorboard.storage.queries import minimum_data_sets as questions
from tumorboard.vocabulary import AuditAct, Permission

Followed = Sequence[tuple[UUID, UUID | None]]
"""Of each case that follows its id and its patient's."""


@dataclass(frozen=True)
class Effect:
    """What becomes of the open cases if they follow: numbers, of which each case is in one of the first four."""

    on: date
    stay_complete: int
    become_complete: int
    lack_something_new: int
    nothing_new: int
    """Not complete before, and asked for nothing more."""
    lacking: tuple[tuple[Item, int], ...]
    """For each item how many of the cases lack it that did not lack it before, most first."""

    @property
    def total(self) -> int:
        return self.stay_complete + self.become_complete + self.lack_something_new + self.nothing_new


def effect_of(draft: MinimumDataSet, by: Actor) -> Effect:
    """Counted on the day of the board's next meeting, or today while none is planned."""
    on = _meeting_day(draft.board, by)
    after, now = version_of(draft).data_set, in_force(draft.board_id, draft.tumor_type).data_set
    own: dict[UUID, DataSet] = {}
    pairs: list[tuple[Completeness, Completeness]] = []
    for case, needs in questions.cases_with_needs(draft.board_id, draft.tumor_type, OPEN_STATES):
        kept, facts = case.minimum_data_set, facts_of(case, needs)
        if kept and kept.id not in own:
            own[kept.id] = version_of(kept).data_set
        before = own[kept.id] if kept else now
        pairs.append((completeness(before, facts, on), completeness(after, facts, on)))
    return _counted(on, pairs)


def put_in_force(draft: MinimumDataSet, by: Actor, *, open_cases_follow: bool) -> int:
    """Asks it of every case submitted from now on, and of the open ones where they follow; how many do."""
    demand(by, Permission.EDIT_MINIMUM_DATA_SET, draft.board)
    before = keep_in_force(draft.board, draft.tumor_type, by.at)
    if before.content == draft.content:
        raise Refused(Code.NOT_NOW, f"This draft changes nothing of version {before.version}.")
    refuse_unfit(version_of(draft).data_set)
    draft.in_force_since, draft.made_by = by.at, by.person  # who put it in force answers for it
    questions.keep_under(before)
    followed = _let_follow(draft) if open_cases_follow else ()
    _record(draft, followed, by)
    return len(followed)


def _let_follow(draft: MinimumDataSet) -> Followed:
    followed = questions.let_cases_follow(draft, OPEN_STATES)
    asked = version_of(draft).data_set.asked_as_results
    for section in {item.section for item in asked}:
        questions.move_results(draft, [item.key for item in asked if item.section is section], section)
    return followed


def _record(draft: MinimumDataSet, followed: Followed, by: Actor) -> None:
    audit.record(
        by,
        AuditAct.MINIMUM_DATA_SET_PUT_IN_FORCE,
        patients=[patient_id for _, patient_id in followed],
        subjects=[draft.board_id, draft.id, *(case_id for case_id, _ in followed)],
        details={"tumor_type": draft.tumor_type.value, "version": draft.version, "cases": len(followed)},
    )


def _counted(on: date, pairs: Iterable[tuple[Completeness, Completeness]]) -> Effect:
    became: Counter[tuple[bool, bool]] = Counter()
    items: dict[str, Item] = {}
    lacking: Counter[str] = Counter()
    for before, after in pairs:
        lacked = {gap.item.key for gap in before.missing}
        new = [gap.item for gap in after.missing if gap.item.key not in lacked]
        items |= {item.key: item for item in new}
        lacking.update(item.key for item in new)
        became[after.ready, bool(new) or (after.ready and not before.ready)] += 1
    return Effect(
        on=on,
        stay_complete=became[True, False],
        become_complete=became[True, True],
        lack_something_new=became[False, True],
        nothing_new=became[False, False],
        lacking=tuple((items[key], times) for key, times in lacking.most_common()),
    )


def _meeting_day(board: Board, by: Actor) -> date:
    coming = meetings.next_meetings([board.id], by.at).get(board.id)
    return (coming.starts_at if coming else by.at).astimezone(ZoneInfo(board.time_zone)).date()
