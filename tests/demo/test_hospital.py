"""The demo's hospital holds what a visitor is promised, made by the domain's own rules."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tests.conftest import empty_database
from tests.factories import an_instant
from tumorboard.demo.hospital.people import ONE_FOR_EACH_ROLE, PASSWORD
from tumorboard.demo.hospital.seed import seed_if_empty
from tumorboard.domain import passwords
from tumorboard.domain.completeness import Completeness, of_case
from tumorboard.domain.contradictions import refuse_contradictions
from tumorboard.domain.minimum_data_sets import SOMETHING_ELSE, data_set_of
from tumorboard.storage.db import Base, db
from tumorboard.storage.models import (
    Absence,
    AgendaItem,
    AuditEntry,
    Board,
    CareTeamMember,
    Case,
    Code,
    Hospital,
    Meeting,
    Notice,
    Patient,
    Person,
    Preparation,
)
from tumorboard.storage.queries import agendas, board_members, meetings
from tumorboard.storage.queries import needs as needs_queries
from tumorboard.vocabulary import (
    CaseState,
    CodeSystem,
    Discipline,
    Hindrance,
    MeetingState,
    NoticeKind,
    NoticeState,
    Office,
    PreparationState,
    ResultState,
    TumorType,
)
from tumorboard.web.forms.draft import posted_draft

Row = TypeVar("Row", bound=Base)

NOW = datetime(2026, 11, 25, 18, 20, tzinfo=UTC)
"""A Wednesday, while the Breast board sits."""

NEXT = {
    "breast": "2026-12-02 13:00",
    "thoracic": "2026-11-26 08:00",
    "gastrointestinal": "2026-12-01 15:30",
    "oncology": "2026-11-30 12:00",
}
"""The first meeting of each board after that, on its own clocks."""


@pytest.fixture(scope="module", autouse=True)
def hospital(migrated_app: Flask, owner_app: Flask) -> Iterator[None]:
    """Seeded once for this module, which changes nothing of it."""
    with migrated_app.app_context():
        assert seed_if_empty(NOW)
        db.session.remove()
        yield
        db.session.remove()
    with owner_app.app_context():
        empty_database()


def every(kind: type[Row]) -> list[Row]:
    return list(db.session.scalars(select(kind)).unique())


def coming(board: Board) -> list[Meeting]:
    return meetings.coming_meetings_of_board(board.id, NOW + timedelta(hours=2))


def test_two_hospitals_and_four_boards_span_time_zones() -> None:
    assert len(every(Hospital)) == 2
    assert {board.name for board in every(Board)} == {"Breast", "Thoracic", "Gastrointestinal", "Oncology"}
    assert {person.time_zone for person in every(Person)} >= {"America/New_York", "America/Chicago"}


def test_thirty_invented_people_have_every_discipline_and_office() -> None:
    people = every(Person)

    assert len(people) >= 30
    assert all(person.demo and person.email.endswith(".example") for person in people)
    assert {person.discipline for person in people} == set(Discipline)
    assert {person.office for person in people} == {None, *Office}


def test_each_role_of_the_sign_in_page_is_somebody() -> None:
    assert {name for _, name in ONE_FOR_EACH_ROLE} <= {person.family_name for person in every(Person)}


def test_everybody_signs_in_with_the_one_password() -> None:
    assert passwords.person_with_password("A.Sorrel@larkmoor.example", PASSWORD, an_instant())
    assert not passwords.person_with_password("a.sorrel@larkmoor.example", PASSWORD.upper(), an_instant())


def test_each_board_has_ten_to_fourteen_members() -> None:
    for board in every(Board):
        assert 10 <= len(board_members.present_members(board.id, NOW)) <= 14


def test_forty_eight_cases_stand_in_every_state() -> None:
    states = Counter(case.state for case in every(Case))

    assert states.total() == 48
    assert set(states) == set(CaseState)
    assert states[CaseState.DRAFT] == 2


def test_cases_are_of_every_tumor_type_of_three_boards_and_of_many_of_the_fourth() -> None:
    chest = {TumorType.LUNG, TumorType.SMALL_CELL_LUNG, TumorType.MESOTHELIOMA, TumorType.THYMUS}
    belly = {TumorType.ESOPHAGUS, TumorType.STOMACH, TumorType.COLON, TumorType.RECTUM, TumorType.LIVER}
    belly |= {TumorType.BILIARY_TRACT, TumorType.PANCREAS, TumorType.NEUROENDOCRINE}
    others = {TumorType.PROSTATE, TumorType.LYMPHOMA, TumorType.LEUKEMIA, TumorType.GLIOMA, TumorType.CHILDHOOD}
    others |= {TumorType.HIGH_RISK, TumorType.MELANOMA, TumorType.OVARY, TumorType.SARCOMA}
    assert {case.tumor_type for case in every(Case)} >= {TumorType.BREAST} | chest | belly | others


def test_two_patients_have_two_cases_and_some_an_mrn_at_both_hospitals_or_none() -> None:
    cases_of = Counter(case.patient_id for case in every(Case) if case.patient_id)
    identifiers = Counter(len(patient.identifiers) for patient in every(Patient))

    assert sorted(cases_of.values())[-3:] == [1, 2, 2]
    assert identifiers[0] >= 1
    assert identifiers[2] >= 3


def test_every_patient_is_looked_after_by_two_to_five_with_one_lead_or_by_the_submitter_alone() -> None:
    team_of: dict[object, list[CareTeamMember]] = {}
    for member in every(CareTeamMember):
        team_of.setdefault(member.patient_id, []).append(member)

    assert all(len(team) <= 5 and sum(member.lead for member in team) == 1 for team in team_of.values())
    assert sum(len(team) >= 2 for team in team_of.values()) >= 20


def test_each_board_meets_weekly_at_its_own_hour_for_a_year() -> None:
    for board in every(Board):
        local = [meeting.starts_at.astimezone(ZoneInfo(board.time_zone)) for meeting in coming(board)]

        assert f"{local[0]:%Y-%m-%d %H:%M}" == NEXT[board.slug]
        assert [f"{each:%H:%M}" for each in local] == [f"{local[0]:%H:%M}"] * len(local)
        assert len(local) == 6 or (len(local) >= 40 and board.slug in {"gastrointestinal", "oncology"})
        assert {later.date() - earlier.date() for earlier, later in pairwise(local)} == {timedelta(days=7)}


def test_three_agendas_wait_to_be_published_and_one_is() -> None:
    for board in every(Board):
        following = coming(board)[0]
        items = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == following.id)).all()

        assert len(items) >= 2
        published = board.slug == "gastrointestinal"
        assert following.state is (MeetingState.PUBLISHED if published else MeetingState.PLANNED)


def test_mail_goes_out_for_the_published_agenda_to_members_and_with_an_invitation_to_a_guest() -> None:
    unsent = [notice for notice in every(Notice) if notice.state is not NoticeState.SENT and notice.due_at]
    owed = [notice for notice in unsent if notice.meeting_id]
    gi = next(board for board in every(Board) if board.slug == "gastrointestinal")
    members = {member.person_id for member in board_members.present_members(gi.id, NOW)}

    assert {notice.meeting_id for notice in owed} == {coming(gi)[0].id}
    assert {notice.person_id for notice in owed} > members
    invited = [notice for notice in owed if notice.kind is NoticeKind.INVITATION]
    assert {notice.person_id for notice in invited} == {notice.person_id for notice in owed} - members
    asked = [notice.person.family_name for notice in owed if notice.kind is NoticeKind.PREPARATION_ASKED]
    assert {"Okafor-Lind", "Duskwell"} <= set(asked)
    assert len(owed) == len(invited) + len({notice.person_id for notice in owed}) + len(asked)


def test_some_of_what_the_published_agenda_asks_is_ready_some_begun_and_some_held_up() -> None:
    ahead = [each for each in every(Preparation) if each.meeting.starts_at > NOW]
    assert {each.state for each in ahead} == set(PreparationState)
    assert {each.hindrance for each in ahead if each.hindrance} == {
        Hindrance.SLIDES_NOT_HERE,
        Hindrance.IMAGES_NOT_HERE,
    }


def test_the_directory_has_somebody_absent_invited_from_outside_and_with_a_certification_that_ends() -> None:
    people = every(Person)
    [absence] = every(Absence)

    assert absence.deputy.discipline is absence.person.discipline
    assert [person.family_name for person in people if person.joined_at is None] == ["Merrivale"]
    assert "Wren" in {person.family_name for person in people if person.external}
    assert [person.family_name for person in people if person.certified_until] == ["Marlowe"]
    [invitation] = [notice for notice in every(Notice) if notice.kind is NoticeKind.JOIN and notice.due_at]
    assert invitation.person.family_name == "Merrivale"


def test_discussed_and_signed_cases_stand_on_a_closed_meeting() -> None:
    for case in every(Case):
        if case.state in {CaseState.DISCUSSED, CaseState.SIGNED}:
            item = db.session.scalars(select(AgendaItem).where(AgendaItem.case_id == case.id)).one()
            assert item.meeting.state is MeetingState.CLOSED
            assert item.meeting.ends_at < NOW


def test_a_deferred_case_can_be_listed_again() -> None:
    deferred = [case.id for case in every(Case) if case.state is CaseState.DEFERRED]
    items = db.session.scalars(select(AgendaItem).where(AgendaItem.case_id.in_(deferred))).all()

    assert len(items) == len(deferred)
    assert all(item.taken_off_at for item in items)


def test_the_audit_tells_it_in_the_order_of_time_and_nothing_is_of_the_future() -> None:
    query = select(AuditEntry.at).order_by(AuditEntry.id)
    told = [at for at in db.session.scalars(query) if at > NOW - timedelta(days=60)]

    assert len(told) > 200
    assert told == sorted(told)
    assert told[-1] <= NOW


def test_studies_were_before_the_submission_and_cite_their_own_year() -> None:
    for case in every(Case):
        for each in (result for result in case.results if not result.item):
            assert case.submitted_at
            assert each.dated_on
            assert each.dated_on < case.submitted_at.date()
            assert f"{each.dated_on:%y}-" in each.number or each.number.startswith("OUT-")


def submitted() -> list[Case]:
    return [case for case in every(Case) if case.state is not CaseState.DRAFT]


def completeness_of(case: Case) -> Completeness:
    """On the day of its meeting, or of its board's next."""
    assert case.board
    item = agendas.item_of_case(case.id)
    starts_at = (item.meeting if item else coming(case.board)[0]).starts_at
    return of_case(case, needs_queries.needs_of(case.id), starts_at.astimezone(ZoneInfo(case.board.time_zone)).date())


def test_cases_answer_only_what_their_data_set_asks_and_in_its_words() -> None:
    for case in submitted():
        data_set = data_set_of(case)
        assert case.question_type in {*data_set.questions, SOMETHING_ELSE}
        assert case.stage_system is None or case.stage_system in data_set.systems
        for result in (each for each in case.results if each.item):
            item = data_set.item(result.item)
            assert item
            assert item.fact is None
            assert (item.section, item.label) == (result.section, result.label)
            assert not result.answer or result.answer in item.answers
            assert result.answer or result.value or result.state is not ResultState.THERE


def test_results_were_there_before_the_submission_and_what_is_pending_comes_after_it() -> None:
    for case in submitted():
        assert case.submitted_at
        day = case.submitted_at.date()
        assert all(result.dated_on <= day for result in case.results if result.dated_on)
        waits = [result for result in case.results if result.state is ResultState.PENDING]
        assert all(result.expected_on and result.expected_on > day for result in waits)


def test_no_case_contradicts_itself_and_every_code_has_words() -> None:
    known = {(code.system, code.code) for code in every(Code)}

    for case in submitted():
        refuse_contradictions(case)
        assert not case.icd10 or (CodeSystem.ICD10, case.icd10) in known, case.icd10
        assert not case.morphology or (CodeSystem.MORPHOLOGY, case.morphology) in known, case.morphology


def test_about_a_third_of_the_cases_is_complete_most_have_few_gaps_and_some_have_many() -> None:
    found = [completeness_of(case) for case in submitted()]
    gaps = [len(each.gaps) for each in found]

    assert len(found) / 4 <= gaps.count(0) <= len(found) / 2
    assert sum(1 <= number <= 4 for number in gaps) >= len(found) / 3
    assert sum(number >= 5 for number in gaps) in range(3, 8)
    assert sum(bool(each.pending) and each.ready for each in found) >= 4
    assert any("older than" in gap.why for each in found for gap in each.missing)
    assert any(result.state is ResultState.NOT_DONE for case in submitted() for result in case.results)


def test_a_returned_case_lacks_no_more_than_what_it_was_returned_for() -> None:
    missing = {
        case.patient.family_name: {gap.item.key for gap in completeness_of(case).gaps}
        for case in submitted()
        if case.patient and case.state is CaseState.RETURNED
    }

    assert missing == {
        "Mistlehurst": {"er", "pr", "her2"},
        "Thornapple": {"brain_mri"},
        "Sweetbriar": {"her2", "mmr", "pdl1", "claudin"},
    }


def test_a_draft_is_typed_into_fields_that_the_form_has() -> None:
    drafts = [case.typed for case in every(Case) if case.state is CaseState.DRAFT]

    for typed in drafts:
        assert typed
        assert posted_draft(MultiDict(typed)).typed == typed


def test_no_patient_is_named_like_anybody_at_work() -> None:
    at_work = {name for person in every(Person) for name in (person.family_name, person.email.partition("@")[0])}
    drafted = {case.typed["family_name"][0] for case in every(Case) if case.typed}
    patients = [patient.family_name for patient in every(Patient)]

    assert at_work.isdisjoint(patients)
    assert at_work.isdisjoint(drafted)
    assert len(set(patients) | drafted) == 46


def test_a_second_seeding_changes_nothing() -> None:
    before = len(every(AuditEntry))

    assert not seed_if_empty(NOW + timedelta(days=1))
    assert len(every(AuditEntry)) == before
