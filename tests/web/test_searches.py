"""Find: cases, people, boards and meetings in one's own sight, under an address that names nobody."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_hospital, a_meeting, a_patient, a_person
from tests.web.pages import main_part, post, token
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Person, Search
from tumorboard.vocabulary import BoardRole, Office


@pytest.fixture
def coordinator() -> Person:
    return a_person()


@pytest.fixture
def case(coordinator: Person) -> Case:
    """A patient with two family names, one with an accent, before the coordinator's board."""
    patient = a_patient("Quillfeather-Mårsh", hospital=a_hospital())
    return a_case(a_board((coordinator, BoardRole.COORDINATOR)), a_person(), patient=patient)


def found(browser: FlaskClient, text: str) -> str:
    answer = browser.post("/find", data={"csrf_token": token(browser), "text": text})
    assert answer.status_code == 303, answer.text
    return unescape(main_part(browser.get(answer.location)))


def is_found(browser: FlaskClient, text: str, case: Case) -> bool:
    return f"/cases/{case.id}" in found(browser, text)


def test_a_patient_is_found_by_name_mrn_birth_date_and_number(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    assert case.patient
    browser, mrn = sign_in(coordinator), case.patient.identifiers[0].mrn
    spaced = f"mrn {mrn[:2]} {mrn[2:].lower()}"
    right = ["quillf", "marsh", "QUILLFEATHER-MARSH", "quillfeather 14-Mar-1971", mrn, spaced, str(case.number)]
    assert [text for text in right if not is_found(browser, text, case)] == []
    wrong = ["feather", "quillfeather 15-Mar-1971", "quillfeather smith", f"{mrn}0", str(case.number + 1), "%", "' | '"]
    assert [text for text in wrong if is_found(browser, text, case)] == []


def test_nobody_finds_what_they_do_not_see(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    assert case.patient
    member, lead = a_person(), a_person()
    case.patient.restricted = True
    a_care_team_member(case.patient, lead, lead=True)
    strangers = [a_person(), a_person(office=Office.ADMINISTRATOR), a_person(office=Office.PRIVACY_OFFICER), member]
    db.session.commit()
    for text in ("Quillfeather", case.patient.identifiers[0].mrn, str(case.number)):
        assert [each for each in strangers if is_found(sign_in(each), text, case)] == []
        assert is_found(sign_in(lead), text, case)
        assert is_found(sign_in(coordinator), text, case)


def test_what_is_open_by_break_glass_is_not_found(sign_in: SignIn, case: Case) -> None:
    assert case.patient
    mrn = case.patient.identifiers[0]
    browser = sign_in(a_person(hospital=mrn.hospital))
    words = {"mrn": mrn.mrn, "hospital": str(mrn.hospital_id), "birth_date": "14-Mar-1971"}
    post(browser, "/break-glass/new", "/break-glass/new", cause="emergency", reason="On call, by ambulance.", **words)
    assert browser.get(f"/cases/{case.id}").status_code == 200
    assert not is_found(browser, "Quillfeather", case)


def test_a_search_is_its_owners_and_is_kept_sealed(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    browser = sign_in(coordinator)
    address = browser.post("/find", data={"csrf_token": token(browser), "text": "Quillfeather"}).location
    assert "uill" not in address
    assert 'value="Quillfeather"' in browser.get(address).text
    [search] = db.session.query(Search).all()
    assert b"uillfeather" not in search.text
    assert sign_in(a_person()).get(address).status_code == 404


def test_people_boards_and_meetings_are_found(sign_in: SignIn, coordinator: Person, case: Case) -> None:
    assert case.board
    browser, meeting = sign_in(coordinator), a_meeting(case.board)
    page = found(browser, case.board.name)
    assert f"/boards/{case.board.slug}" in page
    assert f"/meetings/{meeting.id}" in page
    somebody = a_person()
    assert f"/people/{somebody.id}" in found(browser, somebody.family_name[:5])
    assert "Nothing is found." in found(browser, "zzzz")


@pytest.mark.parametrize(("text", "sentence"), [("", "Type a name, an MRN"), ("x" * 81, "1 character too many")])
def test_what_cannot_be_looked_for_is_said_and_stays(sign_in: SignIn, text: str, sentence: str) -> None:
    browser = sign_in(a_person())
    answer = browser.post("/find", data={"csrf_token": token(browser), "text": text})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{text}"' in answer.text
