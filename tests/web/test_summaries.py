"""A case on one page: all that the board needs, recorded, and for nobody who may only read."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
    an_instant,
)
from tests.paper.papers import read, require_tagged
from tests.web.access_world import ON_AGENDA, World, make_world
from tumorboard import words
from tumorboard.domain import agenda, codes
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case, Needs, Person, Result
from tumorboard.storage.queries import agendas
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import (
    AuditAct,
    BoardRole,
    CaseState,
    CodeSystem,
    Discipline,
    Need,
    PerformanceStatus,
    ResultState,
    Section,
    StagePrefix,
    StageSystem,
    Told,
    Urgency,
)


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def case(coordinator: Person) -> Case:
    """A case with something in each of its parts, on an agenda."""
    board = a_board((coordinator, BoardRole.COORDINATOR))
    patient = a_patient("Quillfeather")
    a_care_team_member(patient, a_person(), lead=True)
    nurse = a_care_team_member(patient, a_person(discipline=Discipline.NURSING))
    nurse.key_worker = True
    case = a_case(board, a_person(), patient=patient)
    case.clinical_summary = "Screen-detected mass of the left breast."
    case.prior_treatment = "Lumpectomy in 2019."
    case.state_note = "A note for the screen alone."
    case.icd10, case.morphology = "C50.4", "8500/3"
    case.stage_prefix, case.stage_t, case.stage_n, case.stage_m = StagePrefix.CLINICAL, "2", "1", "0"
    case.stage_group, case.stage_system, case.stage_edition = "IIB", StageSystem.AJCC, "8"
    case.performance_status, case.karnofsky = PerformanceStatus.ECOG_1, 80
    case.results = [
        a_result(1, Section.BIOMARKERS, label="ER", answer="Positive", value="90", unit="%"),
        a_result(2, Section.BIOMARKERS, label="HER2 ISH", state=ResultState.PENDING, expected_on=date(2026, 12, 1)),
        a_result(3, Section.IMAGING, label="MRI", value="Mass of 28 mm", number="R26-1", dated_on=date(2026, 11, 12)),
        a_result(4, Section.PATHOLOGY, label="Biopsy", value="Grade 2", number="S26-2", place="Stonebridge"),
        a_result(5, Section.HISTORY, label="Family history", value="Aunt at 51"),
        a_result(6, Section.FITNESS, label="Allergies", answer="None"),
        a_result(7, Section.LABS, label="Creatinine", value="0.9", unit="mg/dl"),
    ]
    a_listed_case(a_meeting(board), a_case(board, coordinator), minutes=12)
    a_listed_case(a_meeting(board, starts_in=timedelta(days=4)), case)
    db.session.add(some_needs(case, nurse.person))
    with transaction():
        codes.replace_codes(CodeSystem.ICD10, {"C50.4": ["Upper-outer quadrant of breast"]})
    return case


def a_result(position: int, section: Section, **said: object) -> Result:
    return Result(position=position, section=section, **({"state": ResultState.THERE} | said))


def some_needs(case: Case, by: Person) -> Needs:
    return Needs(
        case_id=case.id,
        preferences="Wants to keep the breast.",
        kinds=[next(iter(Need)).value],
        distress=7,
        told=Told.AGREES,
        own_questions="Can I work?",
        written_at=an_instant(),
        written_by=by,
    )


def test_one_page_says_what_the_board_needs(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    answer = sign_in(coordinator).get(f"/cases/{case.id}/summary.pdf")
    paper = read(answer.data)
    require_tagged(paper)
    [page] = paper.pages
    patient, board = case.patient, case.board
    assert patient
    assert board
    age = words.age_words(patient.birth_date, an_instant().date())
    for fact in (
        f"Quillfeather, Anneliese Case {case.number} Born 14-Mar-1971 ({age}) Sex Female",
        f"MRN {patient.identifiers[0].mrn} ({patient.identifiers[0].hospital.short_name})",
        f"{board.full_name} ",
        "Treatment decision · Surgery Surgery first, or chemotherapy first? Screen-detected mass of the left breast.",
        "Stage as stated: cT2 cN1 cM0, group IIB (AJCC 8)",
        "Diagnosis, ICD-10: C50.4 Upper-outer quadrant of breast",
        "Histology, ICD-O-3: 8500/3",
        "Karnofsky 80",
        "Allergies: None",
        "Preferences: Wants to keep the breast.",
        "Told of the discussion: Yes, and agrees",
        "Distress: 7 of 10",
        "Own questions: Can I work?",
        "HER2 ISH: Pending, expected 01-Dec-2026 ER: Positive, 90 %",
        "Creatinine: 0.9 mg/dl",
        "MRI 12-Nov-2026 R26-1 Mass of 28 mm",
        "Biopsy, Stonebridge Not there yet S26-2 Grade 2",
        "Prior treatment: Lumpectomy in 2019.",
        "Timeline 12-Nov-2026: MRI No day stated: Diagnosis: Breast, C50.4",
        "Family history: Aunt at 51",
        "Medical oncology, lead",
        "Nursing, key worker",
        "Completeness: ",
        "Missing: ",
        f"Printed by Sorrel{coordinator.family_name.removeprefix('Sorrel')}, Ada, ",
        "Page 1 of 1",
    ):
        assert fact in page, fact
    assert "for the screen alone" not in page


def test_a_listed_case_says_why_it_could_not_wait_how_urgent_it_is_and_what_was_changed_since(
    sign_in: SignIn, coordinator: Person, case: Case
) -> None:
    browser, address = sign_in(coordinator), f"/cases/{case.id}/summary.pdf"
    [page] = read(browser.get(address).data).pages
    for unsaid in ("Listed nevertheless", "Changed since", "Urgent", "Routine"):
        assert unsaid not in page
    item = agendas.item_of_case(case.id)
    assert item
    item.override, item.overridden_by, case.urgency = "She is operated on tomorrow.", coordinator, Urgency.URGENT
    with transaction():
        agenda.publish(item.meeting, an_actor(coordinator), version=item.meeting.version)
    needs = db.session.get_one(Needs, case.id)
    needs.written_at = an_instant() + timedelta(hours=1)
    db.session.commit()
    [page] = read(browser.get(address).data).pages
    assert "Listed nevertheless: She is operated on tomorrow. (Sorrel" in page
    assert "Changed since the agenda went out: The patient’s voice " in page
    assert "Treatment decision · Surgery Urgent, next meeting" in page


def test_says_when_the_case_is_discussed_in_the_board_s_time(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    coordinator.time_zone = "Europe/Berlin"
    db.session.commit()
    [page] = read(sign_in(coordinator).get(f"/cases/{case.id}/summary.pdf").data).pages
    starts_at = an_instant() + timedelta(days=4)
    assert f"this case at {words.time_words(starts_at, 'America/New_York')[:4]}" in page
    assert page.split(" Case ")[-2].endswith(("CET", "CEST"))


def test_is_a_file_without_a_name_in_it_and_is_kept_nowhere(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    answer = sign_in(coordinator).get(f"/cases/{case.id}/summary.pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="case-{case.number}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/pdf"


def test_that_it_was_printed_is_recorded(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    sign_in(coordinator).get(f"/cases/{case.id}/summary.pdf")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.CASE_PRINTED)).one()
    assert (entry.person_id, entry.patient_ids, entry.subject_ids) == (coordinator.id, [case.patient_id], [case.id])


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(ON_AGENDA)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nurse", 200),
        ("member", 200),
        ("submitter", 200),
        ("deputy", 200),
        ("breaker", 403),
        ("expert", 403),
        ("stranger", 404),
        ("coordinator elsewhere", 404),
        ("administrator", 404),
    ],
)
def test_who_may_only_read_prints_nothing(sign_in: SignIn, world: World, who: str, status: int) -> None:
    browser = sign_in(world.people[who])
    assert browser.get(f"/cases/{world.case.id}/summary.pdf").status_code == status
    page = browser.get(f"/cases/{world.case.id}")
    assert ("Print one page" in page.text) == (status == 200)
    assert page.status_code == 200 or status != 200


def test_a_restricted_patient_is_marked_without_the_reason(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    assert case.patient
    case.patient.restricted = True
    db.session.commit()
    [page] = read(sign_in(coordinator).get(f"/cases/{case.id}/summary.pdf").data).pages
    assert " Restricted " in page


def test_a_draft_is_not_printed(sign_in: SignIn, app: Flask) -> None:
    submitter = a_person()
    draft = a_case(a_board(), submitter, state=CaseState.DRAFT)
    answer = sign_in(submitter).get(f"/cases/{draft.id}/summary.pdf")
    assert (answer.status_code, answer.location) == (302, f"/cases/{draft.id}/draft")
