"""A text that is too long is told so and comes back whole: no browser is asked to cut it, and the server does not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_patient, a_person
from tests.web.case_pages import a_form, autosave, send, typed_in
from tests.web.pages import token
from tests.web.test_break_glass import a_far_case, opened_by
from tumorboard.storage.db import new_id
from tumorboard.storage.models import Board, Case, Person
from tumorboard.vocabulary import BoardRole, Office

TWELVE_TOO_MANY = "12 characters too many. Shorten this to {longest}; nothing was cut off."


@pytest.fixture
def ruth(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def board(ruth: Person) -> Board:
    return a_board((ruth, BoardRole.COORDINATOR))


@pytest.fixture
def case(board: Board, ruth: Person) -> Case:
    return a_case(board, ruth, patient=a_patient())


@pytest.fixture
def browser(ruth: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ruth)


def test_the_form_of_a_case_comes_back_with_the_whole_question(
    browser: FlaskClient, ruth: Person, board: Board
) -> None:
    question, case_id = f"{'w' * 511}?", new_id()
    form = a_form(board, ruth, question=question, clinical_summary="s" * 20_012)
    autosave(browser, form, case_id)
    assert typed_in(browser.get(f"/cases/{case_id}/draft"))["question"] == question
    answer = send(browser, "submit", form | {"revision": "1"}, case_id)
    assert answer.status_code == 422
    assert typed_in(answer)["question"] == question
    assert len(typed_in(answer)["clinical_summary"]) == 20_012
    for longest in ("500", "20,000"):
        assert TWELVE_TOO_MANY.format(longest=longest) in answer.text


@pytest.mark.parametrize(
    ("page", "box", "longest"),
    [
        ("sections/history", "prior_treatment", 10_000),
        ("sections/imaging", "imaging-0-place", 80),
        ("sections/stage", "stage_edition", 20),
        ("needs", "preferences", 5_000),
        ("private-note", "text", 4_000),
    ],
)
def test_what_is_written_into_a_case_comes_back_whole(
    browser: FlaskClient, case: Case, page: str, box: str, longest: int
) -> None:
    text = "w" * (longest + 12)
    typed = {"csrf_token": token(browser), "version": "0", box: text}
    answer = browser.post(f"/cases/{case.id}/{page}", data=typed)
    assert answer.status_code == 422
    assert typed_in(answer)[box] == text
    assert TWELVE_TOO_MANY.format(longest=f"{longest:,}") in answer.text


def test_a_reviewer_s_note_comes_back_whole(sign_in: SignIn) -> None:
    use, officer = opened_by(a_far_case(), days=0), sign_in(a_person(office=Office.PRIVACY_OFFICER))
    typed = {"csrf_token": token(officer), "outcome": "justified", "note": "w" * 512}
    answer = officer.post(f"/break-glass/{use.id}/review", data=typed)
    assert answer.status_code == 422
    assert typed_in(answer)["note"] == "w" * 512
    assert TWELVE_TOO_MANY.format(longest="500") in answer.text
    assert "To review" in answer.text


def test_what_fits_with_its_line_breaks_is_not_too_long(browser: FlaskClient, case: Case) -> None:
    typed = {"csrf_token": token(browser), "version": "1", "prior_treatment": "\r\n".join(["w" * 99] * 100)}
    assert browser.post(f"/cases/{case.id}/sections/history", data=typed).status_code in (303, 409)


@pytest.mark.parametrize("page", ["/cases/new", "/cases/{}", "/cases/{}/sections/pathology", "/cases/{}/needs", "/me"])
def test_no_browser_is_asked_to_cut_a_text(browser: FlaskClient, case: Case, page: str) -> None:
    answer = browser.get(page.format(case.id))
    assert answer.status_code == 200
    assert "maxlength" not in answer.text
