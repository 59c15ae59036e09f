"""How much of its minimum data set a case has, and what is missing: computed from plain facts, the same while somebody
types, on the page of the case and in lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from uuid import UUID

from tumorboard import words
from tumorboard.domain.minimum_data_sets import DataSet, Item, data_set_of, data_sets_of
from tumorboard.storage.models import Case, Needs
from tumorboard.storage.queries.needs import needs_among
from tumorboard.vocabulary import (
    CaseFact,
    CaseType,
    Discipline,
    ItemNeed,
    PerformanceStatus,
    ResultState,
    StagePrefix,
    Told,
    When,
)


@dataclass(frozen=True)
class Given:
    """What a case has for one item."""

    state: ResultState = ResultState.THERE
    answer: str = ""
    dated_on: date | None = None
    expected_on: date | None = None
    reason: str = ""
    against: str = ""
    """An answer that is none of what is asked: why, in words."""


@dataclass(frozen=True)
class CaseFacts:
    """What completeness looks at: ``facts`` from the case's own fields, ``results`` by the key of their item."""

    case_type: CaseType | None = None
    prefix: StagePrefix | None = None
    m: str = ""
    group: str = ""
    birth_date: date | None = None
    facts: Mapping[CaseFact, Given] = field(default_factory=dict)
    results: Mapping[str, Given] = field(default_factory=dict)

    def given(self, item: Item) -> Given | None:
        return self.facts.get(item.fact) if item.fact else self.results.get(item.key)


@dataclass(frozen=True)
class Gap:
    """An item that is not there, and why in words."""

    item: Item
    why: str
    pending: bool = False
    """It is on its way, with a date: an honest answer that blocks nothing."""
    expected_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the day is past on which it was to be there, and nobody has said anything since."""
        return self.expected_on is not None and self.expected_on < today

    def why_on(self, today: date) -> str:
        """Why it is a gap, as it reads on that day."""
        return f"{self.why}, overdue" if self.is_overdue(today) else self.why


@dataclass(frozen=True)
class Completeness:
    """Every item that counts for this case, in the order of its data set; ``gaps`` are those that are not there."""

    items: tuple[Item, ...]
    gaps: tuple[Gap, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def there(self) -> int:
        return self.total - len(self.gaps)

    @property
    def missing(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if not gap.pending)

    @property
    def pending(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.pending)

    @property
    def ready(self) -> bool:
        """Whether the board can discuss the case: everything is there or on its way with a date."""
        return not self.missing

    @property
    def ticks(self) -> tuple[str, ...]:
        """One word an item, for the meter: what is there, then what is pending, then what is missing."""
        return ("there",) * self.there + ("pending",) * len(self.pending) + ("missing",) * len(self.missing)

    def of(self, is_shown: Callable[[Item], bool]) -> Self:
        """The same for a reader who is shown these items alone."""
        return replace(
            self,
            items=tuple(item for item in self.items if is_shown(item)),
            gaps=tuple(gap for gap in self.gaps if is_shown(gap.item)),
        )

    def in_order_for(self, disciplines: list[Discipline]) -> tuple[Gap, ...]:
        """What is missing before what is pending; first what the reader can supply, then discipline by discipline."""

        def place(gap: Gap) -> tuple[bool, bool, str]:
            return gap.pending, gap.item.discipline not in disciplines, gap.item.discipline.label

        return tuple(sorted(self.gaps, key=place))


def of_case(case: Case, needs: Needs | None, on: date) -> Completeness:
    """How complete a case is on that day, the meeting's."""
    return completeness(data_set_of(case), facts_of(case, needs), on)


def of_cases(cases: list[Case], on: date) -> dict[UUID, Completeness]:
    """How complete each of these cases is on that day, in one question for what patients wish."""
    written, asked = needs_among(case.id for case in cases), data_sets_of(cases)
    return {case.id: completeness(asked[case.id], facts_of(case, written.get(case.id)), on) for case in cases}


def facts_of(case: Case, needs: Needs | None) -> CaseFacts:
    """A case as it is kept, with what is written of the patient's needs."""
    return CaseFacts(
        case_type=case.case_type,
        prefix=case.stage_prefix,
        m=case.stage_m,
        group=case.stage_group,
        birth_date=case.patient.birth_date if case.patient else None,
        facts={fact: given for fact, given in _facts(case, needs).items() if given},
        results={
            result.item: Given(
                state=result.state,
                answer=result.answer,
                dated_on=result.dated_on,
                expected_on=result.expected_on,
                reason=result.reason,
            )
            for result in case.results
            if result.item
        },
    )


def _facts(case: Case, needs: Needs | None) -> dict[CaseFact, Given | None]:
    known_status = case.performance_status not in (None, PerformanceStatus.NOT_KNOWN)
    stated_on = case.performance_stated_on
    return {
        CaseFact.QUESTION: Given() if case.question else None,
        CaseFact.DIAGNOSIS: Given() if case.icd10 else None,
        CaseFact.HISTOLOGY: Given() if case.morphology else None,
        CaseFact.STAGE: Given() if case.stage else None,
        CaseFact.PERFORMANCE_STATUS: Given(dated_on=stated_on) if known_status else None,
        CaseFact.PRIOR_TREATMENT: Given() if case.prior_treatment else None,
        **_voice(needs),
    }


def _voice(needs: Needs | None) -> dict[CaseFact, Given | None]:
    if needs is None:
        return {}
    given = Given(dated_on=needs.written_at.date())
    asked = needs.kinds or needs.social_situation or needs.distress is not None
    return {
        CaseFact.PREFERENCES: given if needs.preferences else None,
        CaseFact.NEEDS: given if asked else None,
        CaseFact.TOLD: told_given(needs.told, needs.written_at.date()),
    }


def told_given(told: Told | None, on: date) -> Given | None:
    """What a case has of the patient's consent; who declines has been asked, and is not to be listed unnoticed."""
    if told is Told.DECLINED:
        return Given(against="The patient declines the discussion")
    return Given(dated_on=on) if told is Told.AGREES else None


def completeness(data_set: DataSet, facts: CaseFacts, on: date) -> Completeness:
    """Of the items that must be there and apply to this case, those that are there on that day, the meeting's."""
    counted = tuple(
        item for item in data_set.items if item.need is ItemNeed.MUST and applies(item, data_set, facts, on)
    )
    found = (_gap(item, facts.given(item), on) for item in counted)
    return Completeness(counted, tuple(gap for gap in found if gap))


def applies(item: Item, data_set: DataSet, facts: CaseFacts, on: date) -> bool:
    """Whether the item is asked of this case. What only people can judge applies once somebody has answered it."""
    if item.when is When.IF_ANSWER:
        return _follows(item, data_set, facts, on)
    if item.when is When.IF_IT_APPLIES:
        return facts.given(item) is not None
    return _TESTS[item.when](facts, on)


def is_asked(item: Item, data_set: DataSet, facts: CaseFacts, on: date) -> bool:
    """Whether a form asks for it in sight: it must be there and applies, or somebody has answered it."""
    if facts.given(item) is not None:
        return True
    return item.need is ItemNeed.MUST and applies(item, data_set, facts, on)


def may_be_asked(item: Item, data_set: DataSet, facts: CaseFacts, on: date) -> bool:
    """Whether a form offers it for whoever has it: it helps, or only people can judge whether it applies."""
    by_people = item.when is When.IF_IT_APPLIES
    return not is_asked(item, data_set, facts, on) and (by_people or applies(item, data_set, facts, on))


def _follows(item: Item, data_set: DataSet, facts: CaseFacts, on: date) -> bool:
    """Whether the answer that it waits for was given, by an item that is itself asked of this case."""
    other, given = data_set.item(item.if_item), facts.results.get(item.if_item)
    answered = given is not None and given.answer in item.if_answers
    return other is not None and answered and applies(other, data_set, facts, on)


def is_metastatic(facts: CaseFacts) -> bool:
    return facts.m.startswith("1") or facts.group.upper().startswith("IV")


def _age(facts: CaseFacts, on: date) -> int | None:
    return words.years_old(facts.birth_date, on) if facts.birth_date else None


def _is_child(facts: CaseFacts, on: date) -> bool:
    age = _age(facts, on)
    return age is not None and age < 18


def _is_70(facts: CaseFacts, on: date) -> bool:
    age = _age(facts, on)
    return age is not None and age >= 70


_SURGERY = (StagePrefix.PATHOLOGICAL, StagePrefix.PATHOLOGICAL_AFTER_THERAPY)
_THERAPY = (StagePrefix.CLINICAL_AFTER_THERAPY, StagePrefix.PATHOLOGICAL_AFTER_THERAPY)
_SEEN_BEFORE = (CaseType.RECURRENCE, CaseType.RE_DISCUSSION)
_TESTS: dict[When, Callable[[CaseFacts, date], bool]] = {
    When.ALWAYS: lambda _facts, _on: True,
    When.METASTATIC: lambda facts, _on: is_metastatic(facts),
    When.AFTER_SURGERY: lambda facts, _on: facts.prefix in _SURGERY,
    When.AFTER_NEOADJUVANT: lambda facts, _on: facts.prefix in _THERAPY,
    When.NOT_NEW: lambda facts, _on: facts.case_type in _SEEN_BEFORE,
    When.CHILD: _is_child,
    When.FROM_70: _is_70,
}


def _gap(item: Item, given: Given | None, on: date) -> Gap | None:
    if given is None:
        return Gap(item, "Not there yet")
    if given.against:
        return Gap(item, given.against)
    if given.state is ResultState.PENDING:
        return _wait(item, given.expected_on, on)
    if given.state is ResultState.NOT_DONE:
        return None if given.reason else Gap(item, "Not done: say why")
    return _staleness(item, given.dated_on, on)


def _wait(item: Item, expected_on: date | None, on: date) -> Gap:
    if expected_on is None:
        return Gap(item, "Pending: say when it is expected")
    late = ", after the meeting" if expected_on > on else ""
    return Gap(item, f"Expected {words.date_words(expected_on)}{late}", pending=True, expected_on=expected_on)


def _staleness(item: Item, dated_on: date | None, on: date) -> Gap | None:
    if item.fresh_days is None:
        return None
    if dated_on is None:
        return Gap(item, "Its date is not there yet")
    if (on - dated_on).days <= item.fresh_days:
        return None
    return Gap(item, f"Of {words.date_words(dated_on)}: older than {item.fresh_days} d on {words.date_words(on)}")
