"""Who sits on a board: the list, adding, taking off."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor
from tests.web.pages import all_sent, notices_of, post, token, told, waiting
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, Office


@dataclass
class Breast:
    """A board with a coordinator and a surgeon, whose published meeting everybody has heard of."""

    board: Board
    coordinator: Person
    surgeon: Person
    meeting: Meeting
    browser: FlaskClient

    @property
    def members(self) -> str:
        return f"/boards/{self.board.slug}/members"

    def add(self, person: Person) -> str:
        confirm = f"{self.members}/new?person={person.id}&board_role=core"
        return told(self.browser, post(self.browser, confirm, f"{self.members}/new"))

    def remove(self, person: Person) -> str:
        remove = f"{self.members}/{person.id}/remove"
        return told(self.browser, post(self.browser, remove, remove))


@pytest.fixture
def breast(sign_in: SignIn) -> Breast:
    coordinator, surgeon = a_person(), a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (surgeon, BoardRole.CORE))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, coordinator))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    all_sent(meeting)
    return Breast(board, coordinator, surgeon, meeting, sign_in(coordinator))


def present(board: Board) -> set[object]:
    query = select(BoardMember.person_id).where(BoardMember.board_id == board.id, BoardMember.left_at.is_(None))
    return set(db.session.scalars(query))


def test_who_joins_gets_invitation_and_agenda_and_nobody_else_hears_of_it(breast: Breast) -> None:
    nurse = a_person()
    page = breast.add(nurse)

    assert f"{nurse.family_name}, Ada is on the board. 2 mails on the way, to nobody else." in page
    assert present(breast.board) == {breast.coordinator.id, breast.surgeon.id, nurse.id}
    assert waiting(breast.meeting) == Counter({NoticeKind.INVITATION: 1, NoticeKind.AGENDA: 1})
    assert {notice.person_id for notice in notices_of(breast.meeting) if notice.sent_at is None} == {nurse.id}


def test_who_leaves_is_told_and_nobody_else_hears_of_it(breast: Breast) -> None:
    breast.remove(breast.surgeon)

    assert present(breast.board) == {breast.coordinator.id}
    [notice] = [notice for notice in notices_of(breast.meeting) if notice.sent_at is None]
    assert (notice.kind, notice.person_id) == (NoticeKind.REMOVED, breast.surgeon.id)


def test_who_leaves_before_the_mails_went_out_hears_nothing_at_all(breast: Breast) -> None:
    nurse = a_person()
    breast.add(nurse)
    page = breast.remove(nurse)

    assert "No mail goes out." in page
    assert waiting(breast.meeting) == Counter()


def test_the_pages_before_the_buttons_say_who_hears_and_change_nothing(breast: Breast) -> None:
    nurse = a_person()
    adding = breast.browser.get(f"{breast.members}/new?person={nurse.id}&board_role=core").text
    removing = breast.browser.get(f"{breast.members}/{breast.surgeon.id}/remove").text

    assert "Add, send 2 mails" in adding
    assert "Take off, send 1 mail" in removing
    assert "This is you" not in removing
    assert present(breast.board) == {breast.coordinator.id, breast.surgeon.id}
    assert waiting(breast.meeting) == Counter()


def test_adding_twice_adds_once(breast: Breast) -> None:
    nurse = a_person()
    form = {"csrf_token": token(breast.browser), "person": str(nurse.id), "board_role": "core"}
    breast.browser.post(f"{breast.members}/new", data=form)
    again = told(breast.browser, breast.browser.post(f"{breast.members}/new", data=form))

    assert "This person is on the board already." in again
    assert waiting(breast.meeting).total() == 2


def test_a_board_keeps_a_coordinator(breast: Breast) -> None:
    remove = f"{breast.members}/{breast.coordinator.id}/remove"
    assert "A board needs a coordinator." in told(breast.browser, breast.browser.get(remove))
    form = {"csrf_token": token(breast.browser)}
    refused = told(breast.browser, breast.browser.post(remove, data=form))
    assert re.search(
        r'<div class="[^"]*tb-toast-problem" role="alert"[^>]*>.*A board needs a coordinator\.', refused, re.S
    )
    assert breast.coordinator.id in present(breast.board)


@pytest.mark.parametrize(("other_boards", "place"), [(1, "/boards"), (0, "/")])
def test_who_takes_themselves_off_goes_where_they_may(
    breast: Breast, sign_in: SignIn, other_boards: int, place: str
) -> None:
    chair = a_person()
    a_member(breast.board, chair, BoardRole.CHAIR)
    for _ in range(other_boards):
        a_member(a_board(), chair, BoardRole.CORE)
    browser, remove = sign_in(chair), f"{breast.members}/{chair.id}/remove"
    assert "This is you: you will not see this board any more." in browser.get(remove).text
    answer = post(browser, remove, remove)

    assert answer.location == place
    done = told(browser, answer)
    assert f"{chair.family_name}, {chair.given_name} is not on the board any more." in done
    assert 'role="alert"' not in done
    assert chair.id not in present(breast.board)


@pytest.mark.parametrize("query", ["", "person=x&board_role=core", "person=%00&board_role=%00", "board_role=chief"])
def test_a_choice_that_is_not_in_the_list_is_refused_with_a_sentence(breast: Breast, query: str) -> None:
    answer = breast.browser.get(f"{breast.members}/new?{query}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_only_leads_and_administrators_change_members(breast: Breast, sign_in: SignIn) -> None:
    other = a_person()
    a_member(a_board(), other, BoardRole.COORDINATOR)
    for person, status in ((breast.surgeon, 403), (other, 404), (a_person(), 403)):
        browser = sign_in(person)
        form = {"csrf_token": token(browser), "person": str(other.id), "board_role": "core"}
        assert browser.post(f"{breast.members}/new", data=form).status_code == status
        assert browser.post(f"{breast.members}/{breast.surgeon.id}/remove", data=form).status_code == status
    assert present(breast.board) == {breast.coordinator.id, breast.surgeon.id}
    assert db.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all() == []

    administrator = sign_in(a_person(office=Office.ADMINISTRATOR))
    form = {"csrf_token": token(administrator), "person": str(other.id), "board_role": "core"}
    told(administrator, administrator.post(f"{breast.members}/new", data=form))
    assert other.id in present(breast.board)
