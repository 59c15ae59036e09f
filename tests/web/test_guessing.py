"""Ids swapped in a form, an old form sent again, counts and lists: nothing of what somebody may not see comes out."""

from uuid import uuid4

import pytest

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_patient, a_person, an_instant
from tests.web.pages import filled_in, token
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, Case, Person
from tumorboard.vocabulary import BoardRole, CaseState


def a_coordinated_case(state: CaseState = CaseState.SUBMITTED) -> tuple[Person, Case]:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    return coordinator, a_case(board, a_person(), patient=a_patient("Markerwood"), state=state)


@pytest.mark.parametrize(("act", "name"), [("add", "case"), ("take-off", "item")])
def test_an_id_of_another_board_in_the_form_of_ones_own_meeting_finds_nothing(
    sign_in: SignIn, act: str, name: str
) -> None:
    coordinator, own = a_coordinated_case()
    _, foreign = a_coordinated_case(CaseState.ACCEPTED)
    meeting = a_meeting(own.board)  # type: ignore[arg-type]
    listed = a_listed_case(a_meeting(foreign.board), foreign) if act == "take-off" else foreign  # type: ignore[arg-type]
    browser = sign_in(coordinator)
    before, action, csrf_token = foreign.state, f"/meetings/{meeting.id}/agenda/{act}", token(browser)
    answers = [browser.post(action, data={name: str(each), "csrf_token": csrf_token}) for each in (listed.id, uuid4())]
    assert answers[0].status_code == answers[1].status_code
    db.session.refresh(foreign)
    assert foreign.state is before


def test_a_form_that_was_open_when_somebody_left_the_board_does_nothing(sign_in: SignIn) -> None:
    coordinator, case = a_coordinated_case()
    browser, action = sign_in(coordinator), f"/cases/{case.id}/accept"
    form = filled_in(browser.get(f"/cases/{case.id}").text, action)
    member = db.session.query(BoardMember).filter_by(person_id=coordinator.id).one()
    member.left_at = an_instant()
    db.session.commit()
    assert browser.post(action, data=form).status_code in (403, 404)
    db.session.refresh(case)
    assert case.state is CaseState.SUBMITTED


@pytest.mark.parametrize("page", ["/", "/cases", "/queue", "/meetings", "/meetings/past", "/boards", "/break-glass"])
def test_no_list_and_no_count_knows_of_another_boards_cases(sign_in: SignIn, page: str) -> None:
    a_coordinated_case()
    elsewhere = a_person()
    a_board((elsewhere, BoardRole.COORDINATOR))
    shown = sign_in(elsewhere).get(page).text
    assert "Markerwood" not in shown
    assert 'class="tb-count' not in shown
