"""A case typed for somebody else: both are named, both see it, and either can go on with it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_person
from tests.web.case_pages import a_form, autosave, send, typed_in
from tests.web.pages import token, told
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, CareTeamMember, Case, Person
from tumorboard.vocabulary import CaseState, Discipline, Office


@pytest.fixture
def ada(board: Board) -> Person:
    return a_person()


@pytest.fixture
def nurse(board: Board) -> Person:
    return a_person(discipline=Discipline.NURSING)


@pytest.fixture
def board(app: object) -> Board:
    return a_board()


@pytest.fixture
def grace(nurse: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(nurse)


def the_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case)).unique().one()


def test_both_are_named_and_both_see_it(
    grace: FlaskClient, board: Board, ada: Person, nurse: Person, sign_in: SignIn
) -> None:
    page = told(grace, send(grace, "submit", a_form(board, nurse, submitter=str(ada.id))))
    named = f"Submitted by {ada.family_name}, {ada.given_name}, typed by {nurse.family_name}, {nurse.given_name}"
    assert named in " ".join(page.split())
    case = the_case()
    assert (case.submitter, case.entered_by) == (ada, nurse)
    assert [(each.person, each.lead) for each in db.session.scalars(select(CareTeamMember))] == [(ada, True)]
    for browser in (grace, sign_in(ada)):
        for page in (browser.get("/cases").text, browser.get("/").text):
            assert f"for {ada.family_name}, {ada.given_name}, typed by {nurse.family_name}" in page
    browser = sign_in(ada)
    form = {"csrf_token": token(browser), "why": "She is treated elsewhere.", "version": str(case.version)}
    assert browser.post(f"/cases/{case.id}/withdraw", data=form).status_code == 303
    assert the_case().state is CaseState.WITHDRAWN


def test_the_draft_carries_it_and_either_goes_on(
    grace: FlaskClient, board: Board, ada: Person, nurse: Person, sign_in: SignIn
) -> None:
    draft_id, form = new_id(), a_form(board, nurse, submitter=str(ada.id))
    assert autosave(grace, form, draft_id).status_code == 200
    browser = sign_in(ada)
    assert f"for {ada.family_name}, {ada.given_name}, typed by {nurse.family_name}" in browser.get("/").text
    shown = typed_in(browser.get(f"/cases/{draft_id}/draft"))
    assert shown["submitter"] == str(ada.id)
    assert shown["question"] == form["question"]

    other = shown | {"submitter": str(a_person().id)}
    refused = autosave(browser, other, draft_id)
    assert refused.status_code == 422
    assert refused.json == {"problem": "Only who typed this case can put another name to it."}
    assert send(browser, "submit", shown, draft_id).status_code == 303
    assert (the_case().submitter, the_case().entered_by, the_case().state) == (ada, nurse, CaseState.SUBMITTED)


def test_both_at_once_lose_nothing_and_each_is_named_to_the_other(
    grace: FlaskClient, board: Board, ada: Person, nurse: Person, sign_in: SignIn
) -> None:
    draft_id = new_id()
    autosave(grace, a_form(board, nurse, submitter=str(ada.id)), draft_id)
    doctor, address = sign_in(ada), f"/cases/{draft_id}/draft"
    of_ada, of_grace = typed_in(doctor.get(address)), typed_in(grace.get(address))
    assert autosave(grace, of_grace | {"family_name": "Quill", "question": "Surgery now?"}, draft_id).status_code == 200
    refused = autosave(doctor, of_ada | {"given_name": "Anne", "question": "Surgery later?"}, draft_id)
    assert refused.status_code == 409
    assert f"{nurse.family_name}, {nurse.given_name} saved this" in " ".join(refused.get_json()["versions"].split())
    chosen = {"given_name": "Anne", "shown": "2", "keep-question": "saved", "settle": "yes"}
    assert autosave(doctor, of_ada | {"question": "Surgery later?"} | chosen, draft_id).status_code == 200
    held = typed_in(grace.get(address))
    assert (held["family_name"], held["given_name"], held["question"]) == ("Quill", "Anne", "Surgery now?")
    assert (the_case().submitter, the_case().entered_by) == (ada, nurse)


def test_who_typed_it_can_take_the_name_back(grace: FlaskClient, board: Board, ada: Person, nurse: Person) -> None:
    draft_id = new_id()
    for submitter in (ada, nurse):
        assert autosave(grace, a_form(board, nurse, submitter=str(submitter.id)), draft_id).status_code == 200
    # the first answer raised the revision; the same tab goes on
    assert (the_case().submitter, the_case().entered_by) == (nurse, None)


@pytest.mark.parametrize("who", ["an administrator", "somebody who left", "garbage"])
def test_a_case_is_in_nobodys_name_who_cannot_submit(grace: FlaskClient, board: Board, nurse: Person, who: str) -> None:
    gone = a_person(office=Office.ADMINISTRATOR if who == "an administrator" else None)
    if who == "somebody who left":
        gone.deactivated_at = gone.created_at
        db.session.commit()
    named = who if who == "garbage" else str(gone.id)
    answer = send(grace, "submit", a_form(board, nurse, submitter=named))
    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text


def test_a_nurse_submits_as_anybody_does_and_leads_the_care_team(
    grace: FlaskClient, board: Board, nurse: Person
) -> None:
    told(grace, send(grace, "submit", a_form(board, nurse)))
    assert [(each.person, each.lead) for each in db.session.scalars(select(CareTeamMember))] == [(nurse, True)]
