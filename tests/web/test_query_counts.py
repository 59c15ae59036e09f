"""A page asks the database the same number of questions, however long its list is."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    an_actor,
    an_instant,
)
from tumorboard.domain import agenda
from tumorboard.domain.minimum_data_sets import keep_in_force
from tumorboard.storage.db import db
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseState, TumorType


@contextmanager
def questions() -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "page",
    [
        "/queue",
        "/meetings",
        "/meetings/{}",
        "/meetings/{}/agenda",
        "/meetings/{}/notices",
        "/boards",
        "/boards/{board}",
    ],
)
def test_a_longer_list_costs_no_more_questions(sign_in: SignIn, page: str) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    meeting = a_meeting(board)
    browser = sign_in(coordinator)

    def grow(rows: int) -> None:
        for _ in range(rows):
            patient = a_patient()
            a_care_team_member(patient, a_person())
            a_member(board, a_person())
            a_meeting(board)
            a_case(board, a_person(), state=CaseState.SUBMITTED)
            a_case(board, a_person(), state=CaseState.ACCEPTED)
            a_listed_case(meeting, a_case(board, a_person(), patient=patient), minutes=1)
        with transaction():
            agenda.publish(meeting, an_actor(coordinator), version=meeting.version)

    def cost() -> int:
        with questions() as asked:
            assert browser.get(page.format(meeting.id, board=board.slug)).status_code == 200
        return len(asked)

    grow(1)
    short = cost()
    grow(8)
    assert cost() == short


def test_more_boards_cost_no_more_questions(sign_in: SignIn) -> None:
    person = a_person()
    browser = sign_in(person)

    def grow(boards: int) -> None:
        for _ in range(boards):
            board = a_board((person, BoardRole.COORDINATOR))
            case = a_case(board, a_person(), state=CaseState.ACCEPTED)
            with transaction():
                case.minimum_data_set = keep_in_force(board, TumorType.BREAST, an_instant())
            a_listed_case(a_meeting(board), case)

    def cost() -> int:
        db.session.expunge_all()
        with questions() as asked:
            assert browser.get("/boards").status_code == 200
        return len(asked)

    grow(2)
    few = cost()
    grow(6)
    assert cost() == few


@pytest.mark.parametrize("page", ["/", "/cases/{case}", "/meetings/{meeting}", "/meetings/{meeting}/agenda"])
def test_a_page_does_not_ask_the_same_again_and_again(sign_in: SignIn, page: str) -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR))
    meeting, case = a_meeting(board), a_case(board, a_person())
    db.session.commit()
    browser = sign_in(coordinator)
    with questions() as asked:
        assert browser.get(page.format(case=case.id, meeting=meeting.id)).status_code == 200
    asked = [statement for statement in asked if "set_config" not in statement]  # whose rows: with each transaction
    often = {statement: count for statement, count in Counter(asked).items() if count > 3}
    assert often == {}, "at the door, when the page's subject is opened, and for what the page shows"
