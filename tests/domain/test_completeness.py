"""Completeness against plain expectations, and against a count of its own over thousands of generated cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumorboard.domain.completeness import CaseFacts, Given, applies, completeness, told_given
from tumorboard.domain.minimum_data_sets import DataSet, Item, template
from tumorboard.vocabulary import (
    CaseFact,
    CaseType,
    Discipline,
    ItemNeed,
    ResultState,
    Section,
    StagePrefix,
    Told,
    TumorType,
    When,
)

MEETING = date(2026, 12, 2)
THERE, PENDING, NOT_DONE = ResultState.THERE, ResultState.PENDING, ResultState.NOT_DONE


def an_item(key: str = "er", **particulars: object) -> Item:
    plain = Item(key=key, label=key.upper(), section=Section.BIOMARKERS, discipline=Discipline.PATHOLOGY)
    return replace(plain, **particulars)  # type: ignore[arg-type]


def why(item: Item, given: Given | None) -> str | None:
    """Why the item is a gap; none where it is there."""
    facts = CaseFacts(results={item.key: given} if given else {})
    gaps = completeness(DataSet(questions=(), items=(item,)), facts, MEETING).gaps
    return gaps[0].why if gaps else None


@pytest.mark.parametrize(
    ("fresh_days", "given", "expected"),
    [
        (None, None, "Not there yet"),
        (None, Given(), None),
        (60, Given(dated_on=date(2026, 10, 3)), None),
        (60, Given(dated_on=date(2026, 10, 2)), "Of 02-Oct-2026: older than 60 d on 02-Dec-2026"),
        (60, Given(), "Its date is not there yet"),
        (None, Given(PENDING, expected_on=date(2026, 11, 30)), "Expected 30-Nov-2026"),
        (None, Given(PENDING, expected_on=date(2026, 12, 4)), "Expected 04-Dec-2026, after the meeting"),
        (None, Given(PENDING), "Pending: say when it is expected"),
        (None, Given(NOT_DONE, reason="No tissue left"), None),
        (None, Given(NOT_DONE), "Not done: say why"),
    ],
)
def test_what_is_there_pending_missing_or_stale_on_the_day_of_the_meeting(
    fresh_days: int | None, given: Given | None, expected: str | None
) -> None:
    assert why(an_item(fresh_days=fresh_days), given) == expected


def test_pending_with_a_date_does_not_block_and_pending_without_one_does() -> None:
    data_set = DataSet(questions=(), items=(an_item("er"), an_item("pr")))
    dated = Given(PENDING, expected_on=MEETING)
    honest = completeness(data_set, CaseFacts(results={"er": dated, "pr": Given()}), MEETING)
    assert (honest.there, honest.total, honest.ready) == (1, 2, True)
    assert honest.ticks == ("there", "pending")
    assert not completeness(data_set, CaseFacts(results={"er": Given(PENDING), "pr": Given()}), MEETING).ready


def test_what_was_to_be_there_by_now_is_overdue() -> None:
    data_set = DataSet(questions=(), items=(an_item("er"),))
    [gap] = completeness(data_set, CaseFacts(results={"er": Given(PENDING, expected_on=MEETING)}), MEETING).gaps
    assert gap.why_on(MEETING) == gap.why
    assert gap.why_on(MEETING + timedelta(days=1)) == f"{gap.why}, overdue"


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        (When.METASTATIC, CaseFacts(m="1a"), True),
        (When.METASTATIC, CaseFacts(group="IVB"), True),
        (When.METASTATIC, CaseFacts(m="0", group="III"), False),
        (When.AFTER_SURGERY, CaseFacts(prefix=StagePrefix.PATHOLOGICAL), True),
        (When.AFTER_SURGERY, CaseFacts(prefix=StagePrefix.CLINICAL), False),
        (When.AFTER_NEOADJUVANT, CaseFacts(prefix=StagePrefix.CLINICAL_AFTER_THERAPY), True),
        (When.NOT_NEW, CaseFacts(case_type=CaseType.RECURRENCE), True),
        (When.NOT_NEW, CaseFacts(case_type=CaseType.TREATMENT_DECISION), False),
        (When.CHILD, CaseFacts(birth_date=date(2008, 12, 3)), True),
        (When.CHILD, CaseFacts(birth_date=date(2008, 12, 2)), False),
        (When.FROM_70, CaseFacts(birth_date=date(1956, 12, 2)), True),
        (When.FROM_70, CaseFacts(birth_date=date(1956, 12, 3)), False),
        (When.IF_IT_APPLIES, CaseFacts(), False),
        (When.IF_IT_APPLIES, CaseFacts(results={"er": Given()}), True),
    ],
)
def test_an_item_is_asked_only_of_cases_that_it_concerns(when: When, facts: CaseFacts, *, expected: bool) -> None:
    item = an_item(when=when, when_words="Said by people")
    assert applies(item, DataSet(questions=(), items=(item,)), facts, MEETING) is expected


def test_an_item_that_follows_from_another_is_asked_once_that_has_its_answer() -> None:
    ish = an_item("her2_ish", when=When.IF_ANSWER, if_item="her2", if_answers=("2+",))
    of_metastatic = an_item("her2", when=When.METASTATIC)
    equivocal = {"her2": Given(answer="2+")}
    for her2, facts, expected in (
        (an_item("her2"), CaseFacts(results=equivocal), True),
        (an_item("her2"), CaseFacts(results={"her2": Given(answer="3+")}), False),
        (an_item("her2"), CaseFacts(), False),
        (of_metastatic, CaseFacts(results=equivocal), False),  # nobody asks it, so nothing follows from it
        (of_metastatic, CaseFacts(results=equivocal, m="1"), True),
    ):
        assert applies(ish, DataSet(questions=(), items=(her2, ish)), facts, MEETING) is expected


def test_a_patient_who_declines_the_discussion_is_a_gap_that_says_so() -> None:
    data_set = DataSet(questions=(), items=(an_item("told", fact=CaseFact.TOLD),))
    declined, agreed = told_given(Told.DECLINED, MEETING), told_given(Told.AGREES, MEETING)
    assert declined
    assert agreed
    [gap] = completeness(data_set, CaseFacts(facts={CaseFact.TOLD: declined}), MEETING).gaps
    assert (gap.why, gap.pending) == ("The patient declines the discussion", False)
    assert completeness(data_set, CaseFacts(facts={CaseFact.TOLD: agreed}), MEETING).ready


def test_what_helps_does_not_count() -> None:
    helping = an_item(need=ItemNeed.HELPS)
    assert completeness(DataSet(questions=(), items=(helping,)), CaseFacts(), MEETING).total == 0


def test_gaps_stand_in_the_order_of_who_can_supply_them() -> None:
    items = (an_item("mri", discipline=Discipline.RADIOLOGY), an_item("ecog", discipline=Discipline.MEDICAL_ONCOLOGY))
    gaps = completeness(DataSet(questions=(), items=items), CaseFacts(), MEETING).in_order_for
    assert [gap.item.key for gap in gaps([Discipline.RADIOLOGY])] == ["mri", "ecog"]
    assert [gap.item.key for gap in gaps([Discipline.MEDICAL_ONCOLOGY])] == ["ecog", "mri"]


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
givens = st.builds(
    Given,
    state=st.sampled_from(ResultState),
    dated_on=st.none() | days,
    expected_on=st.none() | days,
    reason=st.sampled_from(["", "No tissue left"]),
)


@st.composite
def generated_cases(draw: st.DrawFn) -> tuple[DataSet, CaseFacts, date]:
    data_set = template(draw(st.sampled_from(TumorType)))
    results = {}
    for item in data_set.items:
        if item.fact is None and draw(st.booleans()):
            answer = draw(st.sampled_from(item.answers)) if item.answers else ""
            results[item.key] = replace(draw(givens), answer=answer)
    facts = CaseFacts(
        case_type=draw(st.none() | st.sampled_from(CaseType)),
        prefix=draw(st.none() | st.sampled_from(StagePrefix)),
        m=draw(st.sampled_from(["", "0", "1", "1a", "X"])),
        group=draw(st.sampled_from(["", "I", "IIIB", "IV", "IVA", "C"])),
        birth_date=draw(st.none() | st.dates(date(1926, 1, 1), date(2026, 1, 1))),
        facts=draw(st.dictionaries(st.sampled_from(CaseFact), givens)),
        results=results,
    )
    return data_set, facts, draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))


@settings(max_examples=2_000)
@given(generated_cases())
def test_completeness_of_2000_cases_is_what_a_plain_count_says(case: tuple[DataSet, CaseFacts, date]) -> None:
    data_set, facts, on = case
    found = completeness(data_set, facts, on)
    there, pending, total = plain_count(data_set, facts, on)
    assert (found.there, len(found.pending), found.total) == (there, pending, total)
    assert len(found.ticks) == total


@settings(max_examples=300)
@given(generated_cases())
def test_from_every_state_a_case_can_be_finished(case: tuple[DataSet, CaseFacts, date]) -> None:
    """Answering each gap that is shown, again and again, ends with a case that is ready."""
    data_set, facts, on = case
    for _ in data_set.items:
        gaps = completeness(data_set, facts, on).missing
        if not gaps:
            break
        facts = with_answers(facts, [gap.item for gap in gaps], on)
    assert completeness(data_set, facts, on).ready


def with_answers(facts: CaseFacts, items: list[Item], on: date) -> CaseFacts:
    said = {item.fact: Given(dated_on=on) for item in items if item.fact}
    answered = {
        item.key: Given(dated_on=on, answer=item.answers[0] if item.answers else "")
        for item in items
        if item.fact is None
    }
    return replace(facts, facts=dict(facts.facts) | said, results=dict(facts.results) | answered)


def plain_count(data_set: DataSet, facts: CaseFacts, on: date) -> tuple[int, int, int]:
    """There, pending and all that counts, said again in other words than the service's."""
    states = [
        state_of(item, facts, on) for item in data_set.items if item.need == "must" and asked(item, data_set, facts, on)
    ]
    return states.count("there"), states.count("pending"), len(states)


def asked(item: Item, data_set: DataSet, facts: CaseFacts, on: date) -> bool:
    if item.when == "if_answer":
        parent = next(each for each in data_set.items if each.key == item.if_item)
        answer = facts.results[parent.key].answer if parent.key in facts.results else None
        return answer in item.if_answers and asked(parent, data_set, facts, on)
    born = facts.birth_date
    birthdays = on.year - born.year - (0 if (on.month, on.day) >= (born.month, born.day) else 1) if born else None
    given = facts.facts.get(item.fact) if item.fact else facts.results.get(item.key)
    return {
        "always": True,
        "metastatic": facts.m[:1] == "1" or facts.group[:2] == "IV",
        "after_surgery": facts.prefix in ("p", "yp"),
        "after_neoadjuvant": facts.prefix in ("yc", "yp"),
        "not_new": facts.case_type in ("recurrence", "re_discussion"),
        "child": birthdays is not None and birthdays <= 17,
        "from_70": birthdays is not None and birthdays > 69,
        "if_it_applies": given is not None,
    }[item.when]


def state_of(item: Item, facts: CaseFacts, on: date) -> str:
    given = facts.facts.get(item.fact) if item.fact else facts.results.get(item.key)
    if given is None:
        return "missing"
    if given.state == "pending":
        return "pending" if given.expected_on else "missing"
    if given.state == "not_done":
        return "there" if given.reason else "missing"
    if item.fresh_days is None:
        return "there"
    old = given.dated_on is None or given.dated_on + timedelta(days=item.fresh_days) < on
    return "missing" if old else "there"
