"""A patient's next case begins with the one before; an open case is shown to who may see it, and to nobody else."""

from datetime import UTC, date, datetime
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_hospital, a_patient, a_person
from tests.web.case_pages import a_form, begin, send, typed_in
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, Hospital, Patient, Person, Result
from tumorboard.vocabulary import CaseState, PerformanceStatus, ResultState, Section


@pytest.fixture
def hospital() -> Hospital:
    return a_hospital()


@pytest.fixture
def ada(hospital: Hospital) -> Person:
    return a_person(hospital=hospital)


@pytest.fixture
def board() -> Board:
    return a_board()


@pytest.fixture
def patient(hospital: Hospital) -> Patient:
    patient = a_patient("Quillfeather", hospital=hospital, mrn="00421783")
    patient.given_name = "Anneliese"
    db.session.commit()
    return patient


@pytest.fixture
def before(board: Board, ada: Person, patient: Patient) -> Case:
    """The patient's earlier case, discussed, with a mammogram and what she could do then."""
    case = a_case(board, ada, patient=patient, state=CaseState.DISCUSSED)
    case.stage_t, case.icd10, case.performance_status = "2", "C50.4", PerformanceStatus.ECOG_1
    mammogram = Result(
        position=1,
        section=Section.IMAGING,
        item="mammogram_us",
        label="Mammogram",
        state=ResultState.THERE,
        value="31 mm",
        dated_on=date(2026, 3, 2),
    )
    case.results = [mammogram]
    case.clinical_summary, case.prior_treatment, case.morphology = "Seen on screening.", "Lumpectomy.", "8500/3"
    case.submitted_at = datetime(2026, 8, 12, 16, 0, tzinfo=UTC)
    db.session.commit()
    return case


def known_of(answer: TestResponse) -> str:
    """What the page says above the form that is known already."""
    return unescape(answer.text).partition('id="known"')[2].partition("</section>")[0]


def submitted(patient: Patient) -> list[Case]:
    db.session.expire_all()
    query = select(Case).where(Case.patient_id == patient.id).order_by(Case.number)
    return list(db.session.scalars(query).unique())


def test_the_next_case_begins_with_what_is_known_and_asks_the_rest_anew(
    sign_in: SignIn, ada: Person, before: Case
) -> None:
    browser = sign_in(ada)
    page = browser.get(begin(browser, before))
    typed = typed_in(page)
    assert (typed["family_name"], typed["stage_t"], typed["icd10"]) == ("Quillfeather", "2", "C50.4")
    assert (typed["item_mammogram_us-value"], typed["item_mammogram_us-dated_on"]) == ("31 mm", "02-Mar-2026")
    assert "From the presentation of 12-Aug-2026, " in page.text
    assert (typed["question"], typed.get("performance_status")) == ("", None)


def test_it_is_submitted_as_one_episode_and_each_page_leads_to_the_other(
    sign_in: SignIn, ada: Person, before: Case, patient: Patient
) -> None:
    browser = sign_in(ada)
    address = begin(browser, before)
    typed = typed_in(browser.get(address))
    again = {"case_type": "re_discussion", "question_type": "Surgery", "question": "Is mastectomy needed now?"}
    assert send(browser, "submit", typed | again, UUID(address.split("/")[2])).status_code == 303
    first, second = submitted(patient)
    assert second.follows_id == first.id
    assert f"Case {first.number}, " in browser.get(f"/cases/{second.id}").text
    assert f"Case {second.number}, " in browser.get(f"/cases/{first.id}").text


@pytest.mark.parametrize(
    ("box", "changed"),
    [
        ("item_mammogram_us-value", "12 mm"),
        ("item_mammogram_us-dated_on", "03-Mar-2026"),
        ("clinical_summary", "Seen on screening. Now painful."),
        ("icd10", "C50.5"),
        ("morphology", ""),
        ("stage_n", "1"),
        ("prior_treatment", "Lumpectomy, and radiation since."),
    ],
)
def test_each_part_that_is_carried_over_is_marked_with_its_age_until_it_is_changed(
    sign_in: SignIn, ada: Person, before: Case, box: str, changed: str
) -> None:
    browser = sign_in(ada)
    address = begin(browser, before)
    page = browser.get(address)
    assert page.text.count("From the presentation of 12-Aug-2026, ") == 6
    browser.post(address, data=typed_in(page) | {box: changed})
    assert browser.get(address).text.count("From the presentation of 12-Aug-2026, ") == 5


def test_a_case_that_begins_with_nothing_has_no_such_mark(sign_in: SignIn, ada: Person, before: Case) -> None:
    assert "From the presentation" not in sign_in(ada).get("/cases/new").text


def test_what_is_known_of_the_patient_stands_as_a_summary_at_the_top_until_it_is_changed(
    sign_in: SignIn, ada: Person, before: Case
) -> None:
    browser = sign_in(ada)
    address = begin(browser, before)
    page = browser.get(address)
    known = known_of(page)
    for fact in (
        f"case {before.number}</a>, presented 12-Aug-2026, ",
        "C50.4",
        "T2",
        "Mammogram: 31 mm",
        "02-Mar-2026",
        "Lumpectomy.",
    ):
        assert fact in known, fact
    browser.post(address, data=typed_in(page) | {"prior_treatment": "Lumpectomy, and radiation since."})
    assert "Lumpectomy" not in known_of(browser.get(address))
    browser.post(address, data=typed_in(browser.get(address)) | {"family_name": "Fernhollow"})
    assert known_of(browser.get(address)) == ""


def test_a_patient_who_is_found_brings_what_was_presented_before_and_nothing_typed_is_lost(
    sign_in: SignIn, ada: Person, board: Board, before: Case
) -> None:
    browser, draft_id = sign_in(ada), new_id()
    typed = {
        "family_name": "",
        "given_name": "",
        "sex": "",
        "prior_treatment": "None since.",
        "item_er-answer": "Positive",
    }
    found = send(browser, "patient", a_form(board, ada) | typed, draft_id)
    assert f"Fill in what case {before.number} says" in found.text
    filled = send(browser, "known", typed_in(found) | {"from": str(before.id)}, draft_id)
    held = typed_in(browser.get(f"/cases/{draft_id}/draft"))
    assert (held["family_name"], held["sex"], held["follows"]) == ("Quillfeather", before.patient.sex, str(before.id))
    assert (held["stage_t"], held["item_mammogram_us-value"]) == ("2", "31 mm")
    assert (held["prior_treatment"], held["item_er-answer"]) == ("None since.", "Positive")
    assert held["question"] == "Surgery first, or chemotherapy first?"
    known = known_of(filled)
    assert "C50.4" in known
    assert "None since." not in known


def test_only_who_may_begin_with_a_case_learns_or_takes_what_it_says(
    sign_in: SignIn, hospital: Hospital, board: Board, before: Case
) -> None:
    stranger, draft_id = a_person(hospital=hospital), new_id()
    browser = sign_in(stranger)
    found = send(browser, "patient", a_form(board, stranger), draft_id)
    assert "On record" in found.text or "as on record" in found.text
    assert "Fill in what case" not in found.text
    for unknown in (str(before.id), str(new_id()), "", "x"):
        assert send(browser, "known", typed_in(found) | {"from": unknown}, draft_id).status_code == 404
    assert "C50.4" not in browser.get(f"/cases/{draft_id}/draft").text


def test_an_open_case_of_the_patient_is_told_to_who_may_see_it(
    sign_in: SignIn, ada: Person, board: Board, patient: Patient
) -> None:
    known = a_case(board, ada, patient=patient, state=CaseState.ACCEPTED)
    browser = sign_in(ada)
    form = a_form(board, ada)
    answer = send(browser, "submit", form)
    assert answer.status_code == 422
    assert f"This patient has an open case on this board already: case {known.number}." in answer.text
    assert typed_in(answer)["question"] == form["question"]
    assert len(submitted(patient)) == 1
    reason = {"separate_why": "A second primary on the other side"}
    assert send(browser, "submit", form | reason).status_code == 303
    assert [case.separate_why for case in submitted(patient)] == ["", "A second primary on the other side"]


def test_or_the_two_are_linked_as_one_episode(sign_in: SignIn, ada: Person, board: Board, patient: Patient) -> None:
    known = a_case(board, ada, patient=patient, state=CaseState.ACCEPTED)
    assert send(sign_in(ada), "submit", a_form(board, ada, follows=str(known.id))).status_code == 303
    assert submitted(patient)[1].follows_id == known.id


def test_who_may_not_see_the_open_case_hears_nothing_of_it(
    sign_in: SignIn, hospital: Hospital, board: Board, patient: Patient, ada: Person
) -> None:
    known = a_case(board, ada, patient=patient, state=CaseState.ACCEPTED)
    stranger = a_person(hospital=hospital)
    form = a_form(a_board(), stranger, follows=str(known.id))
    assert send(sign_in(stranger), "submit", form).status_code == 303
    theirs = submitted(patient)[1]
    assert (theirs.submitter_id, theirs.follows_id, theirs.separate_why) == (stranger.id, None, "")


def test_a_case_of_another_patient_is_no_episode(sign_in: SignIn, ada: Person, board: Board, patient: Patient) -> None:
    other = a_case(board, ada, patient=a_patient())
    assert send(sign_in(ada), "submit", a_form(board, ada, follows=str(other.id))).status_code == 303
    assert submitted(patient)[0].follows_id is None
