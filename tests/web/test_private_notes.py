"""The coordinators' own note about a case: theirs alone."""

import pytest

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_member, a_patient, a_person
from tests.web.pages import post, token
from tumorboard.storage.models import Board, Case, Person
from tumorboard.vocabulary import BoardRole, Discipline

NOTE = "Ring the ward before listing her."


@pytest.fixture
def ruth() -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def board(ruth: Person) -> Board:
    return a_board((ruth, BoardRole.COORDINATOR))


@pytest.fixture
def case(board: Board) -> Case:
    return a_case(board, a_person(), patient=a_patient())


def write(sign_in: SignIn, person: Person, case: Case, text: str = NOTE, **typed: str) -> int:
    address = f"/cases/{case.id}"
    return post(sign_in(person), address, f"{address}/private-note", text=text, **typed).status_code


def test_the_coordinators_of_the_board_read_it_and_nobody_else_does(
    sign_in: SignIn, ruth: Person, board: Board, case: Case
) -> None:
    assert write(sign_in, ruth, case) == 303
    second, chair, member = a_person(), a_person(), a_person()
    a_member(board, second, BoardRole.COORDINATOR)
    a_member(board, chair, BoardRole.CHAIR)
    a_member(board, member)
    assert NOTE in sign_in(second).get(f"/cases/{case.id}").text
    for person in (chair, member, case.submitter):
        page = sign_in(person).get(f"/cases/{case.id}").text
        assert NOTE not in page
        assert "Private note" not in page


def test_a_second_coordinator_sees_both_notes_before_one_is_overwritten(
    sign_in: SignIn, ruth: Person, case: Case
) -> None:
    write(sign_in, ruth, case)
    browser = sign_in(ruth)
    form = {"csrf_token": token(browser), "text": "Call the son instead.", "version": "0"}
    answer = browser.post(f"/cases/{case.id}/private-note", data=form)
    assert answer.status_code == 409
    assert NOTE in answer.text
    assert "Call the son instead." in answer.text
