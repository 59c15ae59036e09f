"""Finding a patient while a case is typed: by MRN and birth date, at one's own hospital, identifiers alone."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_hospital, a_patient, a_person
from tests.web.case_pages import a_form, send, typed_in
from tests.web.pages import token
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import AuditEntry, Board, Patient, Person
from tumorboard.vocabulary import AuditAct, Office


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person(hospital=a_hospital("Larkmoor"))


@pytest.fixture
def board(ada: Person) -> Board:
    return a_board(hospital=ada.hospital)


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


@pytest.fixture
def known(ada: Person) -> Patient:
    return a_patient("Quillfeather", hospital=ada.hospital, mrn="00421783", birth_date=date(1971, 3, 14))


def find(browser: FlaskClient, form: dict[str, str], **more: str) -> TestResponse:
    return send(browser, "patient", form | more)


def nameless(board: Board, person: Person, **changes: str) -> dict[str, str]:
    form = a_form(board, person, **changes)
    return form | {"family_name": "", "given_name": "", "sex": ""}


def sought() -> list[AuditEntry]:
    db.session.expire_all()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.PATIENT_SOUGHT)))


def test_who_is_on_record_is_shown_by_identifiers_alone(
    browser: FlaskClient, ada: Person, board: Board, known: Patient
) -> None:
    a_case(board, a_person(), patient=known, question="A question of somebody else?")
    answer = find(browser, nameless(board, ada, clinical_summary="Typed before."))
    assert answer.status_code == 200
    for identifier in ("Quillfeather, Anneliese", "14-Mar-1971", "Female", "00421783"):
        assert identifier in answer.text
    assert "A question of somebody else?" not in answer.text
    held = typed_in(answer)
    assert (held["family_name"], held["clinical_summary"]) == ("", "Typed before.")
    assert [(entry.person_id, entry.patient_ids) for entry in sought()] == [(ada.id, [known.id])]


def test_a_search_into_the_page_that_is_there_draws_the_patient_alone(
    browser: FlaskClient, ada: Person, board: Board, known: Patient
) -> None:
    own = a_case(board, ada, patient=known)
    a_case(board, a_person(), patient=known)
    case_id = new_id()

    def drawn(**typed: str) -> str:
        form = nameless(board, ada, **typed) | {"csrf_token": token(browser)}
        answer = browser.post(f"/cases/{case_id}/patient", data=form, headers={"Accept": "application/json"})
        assert answer.json is not None
        assert answer.json["url"] == f"/cases/{case_id}/draft"
        return str(answer.json["patient"])

    assert "Enter the MRN to find the patient by." in drawn(mrn="")
    found = drawn()
    assert "Quillfeather, Anneliese" in found
    assert found.count("Goes on from case") == 1  # of the cases that she may see
    assert f"Goes on from case {own.number}" in found
    assert 'value="Quillfeather"' in drawn(take="yes")


def test_taking_the_patient_fills_in_the_name_and_the_case_is_theirs(
    browser: FlaskClient, ada: Person, board: Board, known: Patient
) -> None:
    case_id = new_id()
    taken = send(browser, "patient", nameless(board, ada, family_name="Quilfether", no_mrn="y", take="yes"), case_id)
    kept = browser.get(f"/cases/{case_id}/draft")
    for held in map(typed_in, (taken, kept)):
        assert (held["family_name"], held["given_name"], held["sex"]) == ("Quillfeather", "Anneliese", "female")
        assert "no_mrn" not in held
    assert send(browser, "submit", typed_in(taken), case_id).status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(Patient)).unique().all() == [known]


@pytest.mark.parametrize("change", [{"birth_date": "15-Mar-1971"}, {"mrn": "00421784"}])
def test_mrn_and_birth_date_must_both_be_right_to_learn_anything(
    browser: FlaskClient, ada: Person, board: Board, known: Patient, change: dict[str, str]
) -> None:
    answer = find(browser, nameless(board, ada, **change), take="yes")
    assert answer.status_code == 200
    assert "No patient with this MRN and date of birth is on record at Larkmoor Hospital." in answer.text
    assert known.family_name not in answer.text
    assert [entry.details for entry in sought()] == [{"found": 0}]


def test_patients_of_another_hospital_are_not_looked_up(browser: FlaskClient, ada: Person, board: Board) -> None:
    east = a_hospital("Eastmere")
    a_patient("Emberlane", hospital=east, mrn="00421783")
    assert "Emberlane" not in find(browser, nameless(board, ada)).text
    answer = find(browser, nameless(board, ada, mrn_hospital=str(east.id)))
    assert answer.status_code == 422
    assert "Patients are looked up at Larkmoor Hospital alone." in answer.text
    assert "Emberlane" not in answer.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mrn": ""}, "Enter the MRN to find the patient by."),
        ({"mrn": "--"}, "An MRN has letters or digits."),
        ({"mrn": "a\x00"}, "There are characters here that cannot be shown."),
        ({"birth_date": ""}, "Enter the date of birth as 14-Mar-1971."),
        ({"birth_date": "14-Mar-1850"}, "This date of birth is before 1890."),
    ],
)
def test_what_is_needed_to_find_somebody_is_said_and_the_rest_stays(
    browser: FlaskClient, ada: Person, board: Board, change: dict[str, str], sentence: str
) -> None:
    answer = find(browser, a_form(board, ada) | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Choose the sex" not in answer.text
    assert typed_in(answer)["question"] == "Surgery first, or chemotherapy first?"
    assert sought() == []


def test_nobody_with_an_office_looks_patients_up(board: Board, ada: Person, known: Patient, sign_in: SignIn) -> None:
    administrator = a_person(hospital=ada.hospital, office=Office.ADMINISTRATOR)
    answer = find(sign_in(administrator), a_form(board, ada))
    assert answer.status_code == 403
    assert known.given_name not in answer.text


@pytest.mark.parametrize("mrn", ["00421783", ""])
def test_what_was_typed_before_a_search_is_kept_as_the_draft_whoever_is_found(
    browser: FlaskClient, ada: Person, board: Board, mrn: str
) -> None:
    case_id = new_id()
    answer = send(browser, "patient", a_form(board, ada, mrn=mrn), case_id)
    kept = typed_in(browser.get(f"/cases/{case_id}/draft"))
    assert kept["question"] == "Surgery first, or chemotherapy first?"
    assert (kept["mrn"], kept["revision"]) == (mrn, typed_in(answer)["revision"])


def test_a_search_within_somebody_elses_draft_is_answered_as_nothing(
    browser: FlaskClient, ada: Person, board: Board, known: Patient, sign_in: SignIn
) -> None:
    case_id, stranger = new_id(), a_person(hospital=ada.hospital)
    send(browser, "draft", a_form(board, ada), case_id)
    answer = send(sign_in(stranger), "patient", nameless(board, stranger), case_id)
    assert answer.status_code == 404
    assert known.family_name not in answer.text
