"""Who sits on a board: the list, adding, replacing, leaving, another role, each with its dates."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import SignIn
from tests.factories import NEW_YORK, a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor
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

    def address(self, person: Person) -> str:
        query = select(BoardMember.id).where(BoardMember.board_id == self.board.id, BoardMember.person_id == person.id)
        return f"{self.members}/{db.session.scalars(query.order_by(BoardMember.joined_at.desc())).first()}"

    def leave(self, person: Person, **asked: str) -> str:
        """By way of the page that says who hears of it."""
        address = f"{self.address(person)}/leave"
        confirm = f"{address}?{urlencode({'leaves': 'now', 'board_role': 'core'} | asked)}"
        return told(self.browser, post(self.browser, confirm, address))

    def days(self, person: Person) -> list[tuple[BoardRole, datetime, datetime | None]]:
        db.session.expire_all()
        query = select(BoardMember).where(BoardMember.board_id == self.board.id, BoardMember.person_id == person.id)
        return [
            (row.board_role, row.joined_at, row.left_at)
            for row in db.session.scalars(query.order_by(BoardMember.joined_at))
        ]


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
    breast.leave(breast.surgeon)

    assert present(breast.board) == {breast.coordinator.id}
    [notice] = [notice for notice in notices_of(breast.meeting) if notice.sent_at is None]
    assert (notice.kind, notice.person_id) == (NoticeKind.REMOVED, breast.surgeon.id)


def test_who_leaves_before_the_mails_went_out_hears_nothing_at_all(breast: Breast) -> None:
    nurse = a_person()
    breast.add(nurse)
    page = breast.leave(nurse)

    assert "No mail goes out." in page
    assert waiting(breast.meeting) == Counter()


def test_the_pages_before_the_buttons_say_who_hears_and_change_nothing(breast: Breast) -> None:
    nurse = a_person()
    adding = breast.browser.get(f"{breast.members}/new?person={nurse.id}&board_role=core").text
    removing = breast.browser.get(f"{breast.address(breast.surgeon)}/leave?leaves=now&board_role=core").text

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
    address = breast.address(breast.coordinator)
    asked = breast.browser.get(f"{address}/leave?leaves=now&board_role=coordinator")
    assert asked.status_code == 422
    assert "A board needs a coordinator." in asked.text
    form = {"csrf_token": token(breast.browser), "leaves": "now", "board_role": "core"}
    for act in ("leave", "role"):
        refused = told(breast.browser, breast.browser.post(f"{address}/{act}", data=form))
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
    browser, leave = sign_in(chair), f"{breast.address(chair)}/leave"
    confirm = f"{leave}?leaves=now&board_role=chair"
    assert "This is you: you will not see this board any more." in browser.get(confirm).text
    answer = post(browser, confirm, leave)

    assert answer.location == place
    done = told(browser, answer)
    assert f"{chair.family_name}, {chair.given_name} is not on the board any more." in done
    assert "tb-toast-problem" not in done
    assert chair.id not in present(breast.board)


def test_the_bare_address_of_adding_leads_to_the_list(breast: Breast) -> None:
    answer = breast.browser.get(f"{breast.members}/new")
    assert (answer.status_code, answer.location) == (303, breast.members)


@pytest.mark.parametrize(
    "query", ["person=", "person=x&board_role=core", "person=%00&board_role=%00", "board_role=chief"]
)
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
        assert browser.post(f"{breast.address(breast.surgeon)}/leave", data=form).status_code == status
        assert browser.post(f"{breast.address(breast.surgeon)}/role", data=form).status_code == status
    assert present(breast.board) == {breast.coordinator.id, breast.surgeon.id}
    assert db.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all() == []

    administrator = sign_in(a_person(office=Office.ADMINISTRATOR))
    form = {"csrf_token": token(administrator), "person": str(other.id), "board_role": "core"}
    told(administrator, administrator.post(f"{breast.members}/new", data=form))
    assert other.id in present(breast.board)


def day_in(days: int) -> str:
    """So many days from today, where the board meets."""
    return f"{datetime.now(ZoneInfo(NEW_YORK)) + timedelta(days=days):%d-%b-%Y}"


def midnight_in(days: int) -> datetime:
    local = datetime.now(ZoneInfo(NEW_YORK)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (local + timedelta(days=days)).astimezone(UTC)


def test_who_leaves_after_a_day_loses_only_the_meetings_after_it(breast: Breast) -> None:
    breast.leave(breast.surgeon, leaves="later", last_day=day_in(5))
    assert breast.days(breast.surgeon)[0][2] == midnight_in(6)
    assert waiting(breast.meeting) == Counter()
    assert "Joins later" not in breast.browser.get(breast.members).text

    breast.leave(breast.surgeon, leaves="later", last_day=day_in(1))
    assert waiting(breast.meeting) == Counter({NoticeKind.REMOVED: 1})
    assert breast.surgeon.id not in present(breast.board)
    assert breast.surgeon.family_name in breast.browser.get(breast.members).text


def test_who_joins_on_a_later_day_is_invited_to_the_meetings_from_then_on(breast: Breast) -> None:
    soon, late = a_person(), a_person()
    for person, days in ((soon, 1), (late, 6)):
        confirm = f"{breast.members}/new?person={person.id}&board_role=core&first_day={day_in(days)}"
        told(breast.browser, post(breast.browser, confirm, f"{breast.members}/new"))
    assert {notice.person_id for notice in notices_of(breast.meeting) if notice.sent_at is None} == {soon.id}
    assert breast.days(late) == [(BoardRole.CORE, midnight_in(6), None)]
    assert breast.browser.get(breast.members).text.count("Joins later") == 2
    breast.leave(late)
    assert late.family_name not in breast.browser.get(f"{breast.members}?on=ever").text.partition("<aside")[0]


def test_a_member_is_replaced_in_one_act(breast: Breast) -> None:
    successor = a_person()
    page = breast.leave(breast.surgeon, leaves="later", last_day=day_in(1), successor=str(successor.id))

    assert f"leaves the board after {day_in(1)}. {successor.family_name}, Ada comes in their place. 3 mails" in page
    assert breast.days(breast.surgeon)[0][2] == breast.days(successor)[0][1] == midnight_in(2)
    told_of_it = {(notice.person_id, notice.kind) for notice in notices_of(breast.meeting) if notice.sent_at is None}
    assert told_of_it == {
        (breast.surgeon.id, NoticeKind.REMOVED),
        (successor.id, NoticeKind.INVITATION),
        (successor.id, NoticeKind.AGENDA),
    }


def test_another_role_is_a_period_of_its_own_and_tells_nobody(breast: Breast) -> None:
    [member] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == breast.surgeon.id))
    member.joined_at -= timedelta(days=90)
    db.session.commit()
    form = {"csrf_token": token(breast.browser), "board_role": "chair"}
    page = told(breast.browser, breast.browser.post(f"{breast.address(breast.surgeon)}/role", data=form))

    assert "is the chair from now on. No mail goes out." in page
    before, now = breast.days(breast.surgeon)
    assert (before[0], now[0]) == (BoardRole.CORE, BoardRole.CHAIR)
    assert before[2] == now[1]
    assert now[2] is None
    assert waiting(breast.meeting) == Counter()
    ever = breast.browser.get(f"{breast.members}?on=ever&name={breast.surgeon.family_name.upper()}").text
    assert (ever.count("Core member</td>"), ever.count("Chair</td>")) == (1, 1)


def test_nobody_makes_themselves_chair(breast: Breast) -> None:
    own = breast.address(breast.coordinator)
    form = {"csrf_token": token(breast.browser), "board_role": "chair"}
    page = told(breast.browser, breast.browser.post(f"{own}/role", data=form))
    assert "Nobody makes themselves chair." in page
    assert [role for role, _, left_at in breast.days(breast.coordinator) if left_at is None] == [BoardRole.COORDINATOR]


def test_the_list_answers_who_was_there_on_a_day(breast: Breast) -> None:
    [member] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == breast.surgeon.id))
    member.joined_at -= timedelta(days=90)
    member.left_at = midnight_in(-30)
    db.session.commit()

    def shown(query: str) -> bool:
        return breast.surgeon.family_name in breast.browser.get(f"{breast.members}?{query}").text.partition("<aside")[0]

    assert shown(f"on=day&day={day_in(-31)}")
    assert not shown(f"on=day&day={day_in(-30)}")
    assert not shown("")
    assert shown("on=ever")
    assert not shown("on=ever&discipline=nursing")
    page = unescape(breast.browser.get(f"{breast.members}?on=day&day=31-Feb-2026").text)
    assert "There is no 31-Feb-2026. Check the day." in page


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ("", "Enter the last day as 23-Nov-2026."),
        ("02-Jan-2020", "This day is over. Choose today or a later day."),
        ("31-Dec-9999", "Choose a day within the next ten years."),
    ],
)
def test_a_last_day_that_cannot_be_is_refused_beside_its_box(breast: Breast, last_day: str, sentence: str) -> None:
    asked = urlencode({"leaves": "later", "board_role": "core", "last_day": last_day})
    answer = breast.browser.get(f"{breast.address(breast.surgeon)}/leave?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_database_refuses_two_periods_of_one_person_at_once(breast: Breast) -> None:
    [now] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == breast.surgeon.id))
    now.left_at = now.joined_at + timedelta(days=9)
    db.session.commit()
    next_day = now.left_at - timedelta(days=1)
    db.session.add(
        BoardMember(board=breast.board, person=breast.surgeon, board_role=BoardRole.CORE, joined_at=next_day)
    )
    with pytest.raises(IntegrityError, match="overlap"):
        db.session.commit()
    db.session.rollback()
    confirm = f"{breast.members}/new?person={breast.surgeon.id}&board_role=core&first_day={day_in(5)}"
    assert "Choose one of the list." in breast.browser.get(confirm).text
