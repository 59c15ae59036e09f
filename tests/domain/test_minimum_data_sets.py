"""What boards ask: every template holds together, and a new version says what it changes and for how many cases."""

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.factories import a_board, a_case, a_meeting, a_person, all_that_is_asked, an_actor, an_instant
from tumorboard.domain import minimum_data_set_drafts as drafts
from tumorboard.domain.minimum_data_set_changes import Difference, Kind, Line, differences
from tumorboard.domain.minimum_data_set_force import effect_of, put_in_force
from tumorboard.domain.minimum_data_set_rules import key_of, refuse_unfit
from tumorboard.domain.minimum_data_sets import (
    DataSet,
    Item,
    data_set_of,
    in_force,
    keep_in_force,
    template,
    version_of,
)
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, Case, MinimumDataSet, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import (
    AuditAct,
    BoardRole,
    CaseFact,
    CaseState,
    Discipline,
    ItemNeed,
    Section,
    TumorType,
    When,
)

BREAST = TumorType.BREAST
SCAN = Item(
    key="",
    label="Bone scan",
    section=Section.IMAGING,
    need=ItemNeed.MUST,
    fresh_days=60,
    discipline=Discipline.RADIOLOGY,
)


@pytest.mark.parametrize("tumor_type", TumorType)
def test_every_tumor_type_has_a_template_that_can_be_asked(tumor_type: TumorType) -> None:
    data_set = template(tumor_type)
    keys = [item.key for item in data_set.items]
    must = [item.key for item in data_set.items if item.need is ItemNeed.MUST]

    refuse_unfit(data_set)
    assert len(keys) == len(set(keys))
    assert len({item.label.casefold() for item in data_set.items}) == len(keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)
    assert "question" in must
    assert len(must) >= 9
    assert data_set.questions
    for item in data_set.items:
        assert (item.when is When.IF_IT_APPLIES) == bool(item.when_words), item.key
        assert (item.when is When.IF_ANSWER) == bool(item.if_item) == bool(item.if_answers), item.key


@pytest.mark.parametrize("tumor_type", TumorType)
def test_a_data_set_is_the_same_after_it_was_kept(tumor_type: TumorType, app: Flask) -> None:
    board = a_board()
    with transaction():
        kept = keep_in_force(board, tumor_type, an_instant())
    db.session.expire_all()
    assert version_of(kept).data_set == template(tumor_type)
    assert in_force(board.id, tumor_type).number == 1


def test_a_key_comes_from_the_label_and_is_nobody_elses() -> None:
    assert key_of("HER2 (ISH)", set()) == "her2_ish"
    assert key_of("Über-Marker", set()) == "uber_marker"
    assert key_of("HER2 ISH", {"her2_ish", "her2_ish_2"}) == "her2_ish_3"
    assert key_of("骨", set()) == "item"


def test_differences_are_said_item_by_item() -> None:
    before = template(BREAST)
    status = before.item("performance_status")
    assert status
    items = [replace(each, fresh_days=14) if each is status else each for each in before.items if each.key != "ki67"]
    after = replace(before, items=(*items, replace(SCAN, key="bone_scan")), questions=("Surgery",))

    assert differences(before, before) == ()
    assert differences(before, after) == (
        Difference("performance_status", "Performance status", Kind.CHANGED, (Line("Fresh for", "14 d", "30 d"),)),
        Difference(
            "bone_scan",
            "Bone scan",
            Kind.NEW,
            (Line("Needed", "Must", ""), Line("When", "Always", ""), Line("Whose turn", "Radiology", "")),
        ),
        Difference("ki67", "Ki-67", Kind.OUT),
        Difference(
            "",
            "Question types",
            Kind.CHANGED,
            (Line("Question types", "Surgery", ", ".join(before.questions)),),
        ),
    )


def test_another_order_is_a_difference() -> None:
    before = template(BREAST)
    first, second, *others = before.items
    assert [each.label for each in differences(before, replace(before, items=(second, first, *others)))] == [
        "Order of the items"
    ]


def broken(**changed: object) -> DataSet:
    """The template of the breast with one item changed."""
    before = template(BREAST)
    key = changed.pop("key")
    return replace(before, items=tuple(replace(each, **changed) if each.key == key else each for each in before.items))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data_set", "sentence"),
    [
        (broken(key="er", label="ki-67"), "“ki-67” is asked already"),
        (broken(key="her2", answers=("Positive", "Negative")), "waits for “2+”; the answers of “HER2"),
        (broken(key="er", when=When.IF_ANSWER, if_item="nothing", if_answers=("x",)), "that nobody is asked for"),
        (broken(key="her2", when=When.IF_ANSWER, if_item="her2_ish", if_answers=("Amplified",)), "wait for each other"),
        (
            replace(template(BREAST), items=(replace(template(BREAST).items[0], need=ItemNeed.HELPS),)),
            "Nothing would be needed",
        ),
    ],
)
def test_what_could_not_be_asked_is_refused(data_set: DataSet, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_unfit(data_set, "er")
    assert sentence in refused.value.sentence


class Kept:
    """A board with a coordinator, and cases under version 1 of what it asks."""

    def __init__(self) -> None:
        self.coordinator: Person = a_person()
        self.board: Board = a_board((self.coordinator, BoardRole.COORDINATOR))
        self.by = an_actor(self.coordinator)
        with transaction():
            self.first: MinimumDataSet = keep_in_force(self.board, BREAST, an_instant())

    def case(self, state: CaseState = CaseState.ACCEPTED, *, complete: bool = False) -> Case:
        case = a_case(self.board, self.coordinator, state=state)
        case.minimum_data_set = self.first
        if complete:
            all_that_is_asked(case)
        db.session.commit()
        return case

    def draft(self) -> MinimumDataSet:
        return drafts.begin(self.board, BREAST, self.by)


def without_voice(draft: MinimumDataSet, by: object) -> None:
    """Only what the case itself has is asked."""
    for item in version_of(draft).data_set.items:
        if item.fact in (CaseFact.PREFERENCES, CaseFact.NEEDS, CaseFact.TOLD):
            drafts.take_out(draft, item.key, by)  # type: ignore[arg-type]


def test_the_effect_counts_each_open_case_once(app: Flask) -> None:
    kept = Kept()
    meeting = a_meeting(kept.board, starts_in=timedelta(days=10))
    for complete in (True, True, False):
        kept.case(complete=complete)
    kept.case(CaseState.SIGNED)
    kept.case(CaseState.WITHDRAWN)
    with transaction():
        draft = kept.draft()
        without_voice(draft, kept.by)
        effect = effect_of(draft, kept.by)
        assert (effect.become_complete, effect.nothing_new, effect.total) == (2, 1, 3)
        assert effect.on == meeting.starts_at.astimezone(ZoneInfo(kept.board.time_zone)).date()

        drafts.add_item(draft, SCAN, kept.by)
        effect = effect_of(draft, kept.by)
        assert (effect.lack_something_new, effect.become_complete, effect.nothing_new) == (3, 0, 0)
        assert [(item.key, count) for item, count in effect.lacking] == [("bone_scan", 3)]


def test_freshness_is_counted_on_the_day_of_the_next_meeting(app: Flask) -> None:
    kept = Kept()
    kept.case(complete=True)
    with transaction():
        draft = kept.draft()
        without_voice(draft, kept.by)
        status = version_of(draft).data_set.item("performance_status")
        assert status
        drafts.write_item(draft, replace(status, fresh_days=5), kept.by)
        assert effect_of(draft, kept.by).become_complete == 1, "today"
        a_meeting(kept.board, starts_in=timedelta(days=9))
        effect = effect_of(draft, kept.by)
        assert [item.key for item, _ in effect.lacking] == ["performance_status"]


def test_a_case_keeps_the_version_it_was_submitted_under(app: Flask) -> None:
    kept = Kept()
    case, older = kept.case(), kept.case()
    older.minimum_data_set = None
    with transaction():
        draft = kept.draft()
        drafts.add_item(draft, SCAN, kept.by)
        assert put_in_force(draft, kept.by, open_cases_follow=False) == 0
    db.session.expire_all()
    assert in_force(kept.board.id, BREAST).number == 2
    assert in_force(kept.board.id, BREAST).data_set.item("bone_scan")
    assert not data_set_of(case).item("bone_scan")
    assert not data_set_of(older).item("bone_scan"), "from before the board had versions of its own"
    assert audited() == (0, [])


def test_all_open_cases_follow_and_no_other(app: Flask) -> None:
    kept = Kept()
    case, signed = kept.case(complete=True), kept.case(CaseState.SIGNED)
    elsewhere = Kept().case()
    version = case.version
    with transaction():
        draft = kept.draft()
        er = version_of(draft).data_set.item("er")
        assert er
        drafts.write_item(draft, replace(er, section=Section.PATHOLOGY), kept.by)
        assert put_in_force(draft, kept.by, open_cases_follow=True) == 1
    db.session.expire_all()
    assert case.minimum_data_set_id == draft.id
    assert case.version == version, "who has it open is not refused"
    assert {each.section for each in case.results if each.item == "er"} == {Section.PATHOLOGY}
    assert signed.minimum_data_set_id == kept.first.id
    assert elsewhere.minimum_data_set_id != draft.id
    assert audited() == (1, [case.patient_id])


def audited() -> tuple[int, list[object]]:
    """How many cases followed, and whose they are, as the audit says it."""
    entry = db.session.query(AuditEntry).filter_by(act=AuditAct.MINIMUM_DATA_SET_PUT_IN_FORCE).one()
    return entry.details["cases"], list(entry.patient_ids)


def test_a_draft_that_changes_nothing_is_not_put_in_force(app: Flask) -> None:
    kept = Kept()
    with transaction(), pytest.raises(Refused, match="not_now"):
        put_in_force(kept.draft(), kept.by, open_cases_follow=False)


def test_a_key_is_never_given_again(app: Flask) -> None:
    kept = Kept()
    with transaction():
        draft = kept.draft()
        assert drafts.add_item(draft, SCAN, kept.by) == "bone_scan"
        put_in_force(draft, kept.by, open_cases_follow=False)
        draft = kept.draft()
        drafts.take_out(draft, "bone_scan", kept.by)
        put_in_force(draft, kept.by, open_cases_follow=False)
        assert drafts.add_item(kept.draft(), SCAN, kept.by) == "bone_scan_2"


def test_what_is_taken_out_comes_back_to_its_place(app: Flask) -> None:
    kept = Kept()
    with transaction():
        draft = kept.draft()
        for key in ("pr", "ki67"):
            drafts.take_out(draft, key, kept.by)
        assert [item.key for item in drafts.left_out(draft)] == ["pr", "ki67"]
        for key in ("ki67", "pr"):
            drafts.put_back(draft, key, kept.by)
        assert version_of(draft).data_set == template(BREAST)


def test_the_forms_own_fields_keep_what_they_are(app: Flask) -> None:
    kept = Kept()
    with transaction():
        draft = kept.draft()
        stage = version_of(draft).data_set.item("stage")
        assert stage
        drafts.write_item(
            draft, replace(stage, label="Other", section=Section.LABS, fact=None, need=ItemNeed.HELPS), kept.by
        )
        assert version_of(draft).data_set.item("stage") == replace(stage, need=ItemNeed.HELPS)
        with pytest.raises(Refused):
            drafts.take_out(draft, "question", kept.by)
