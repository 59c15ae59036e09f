"""One date, planned or moved: what is said of it before anybody hears, counted and checked for the very date."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import BERLIN, NEW_YORK, a_board, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.pages import all_sent, confirmed, filled_in, preview, told, waiting
from tests.web.test_query_counts import questions
from tumorboard.domain import answers, meetings, series
from tumorboard.domain.answers import GiveAnswer
from tumorboard.domain.meetings import CancelMeeting, PlanMeeting
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, BoardRole, Frequency
from tumorboard.words import date_words

CLOCK = ZoneInfo(NEW_YORK)


@dataclass
class Desk:
    """A board that meets every week at 13:00 in Aspen 2, and its coordinator's browser; nobody has mails waiting."""

    board: Board
    coordinator: Person
    member: Person
    browser: FlaskClient
    first: Meeting

    @property
    def plan(self) -> str:
        return f"/boards/{self.board.slug}/meetings/new"

    @property
    def move(self) -> str:
        return f"/meetings/{self.first.id}/move"

    def said(self, page: str, **typed: str) -> str:
        """What the page says beforehand."""
        answer = preview(self.browser, page, **typed)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    @property
    def mails(self) -> list[Notice]:
        return list(db.session.scalars(select(Notice)))


def day_of(meeting: Meeting, *, days: int = 0) -> str:
    return date_words(meeting.starts_at.astimezone(CLOCK).date() + timedelta(days=days))


@pytest.fixture
def desk(sign_in: SignIn) -> Desk:
    coordinator, member = a_person(), a_person(time_zone=BERLIN)
    board = a_board((coordinator, BoardRole.COORDINATOR), (member, BoardRole.CORE))
    rule = series.Rule(
        frequency=Frequency.WEEKLY,
        first_day=an_instant().astimezone(CLOCK).date() + timedelta(days=7),
        start=time(13),
        minutes=90,
        week=None,
        last_day=None,
        room="Aspen 2",
        video_link=board.video_link,
    )
    with transaction():
        made, _ = series.begin(board, rule, an_actor(coordinator))
    for notice in db.session.scalars(select(Notice)):
        db.session.delete(notice)
    db.session.commit()
    first = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).first()
    assert first
    assert first.series == made
    return Desk(board, coordinator, member, sign_in(coordinator), first)


def test_an_extra_date_is_seen_with_who_hears_and_what_it_meets_before_anybody_is_invited(desk: Desk) -> None:
    said = desk.said(desk.plan, date=day_of(desk.first), start="13:30")
    assert "Plan it, send 2 invitations" in said
    assert "The board meets then already: " in said
    assert f"{day_of(desk.first)}, 13:30 to 15:00 E" in said
    assert "1 member, Central European Time" in said
    assert "19:30 to 21:00 CE" in said or "18:30 to 20:00 CE" in said
    assert desk.mails == []
    assert "2 invitations on the way." in told(
        desk.browser, confirmed(desk.browser, desk.plan, date=day_of(desk.first), start="13:30")
    )


def test_an_extra_date_has_the_boards_room_and_link_unless_another_is_typed(desk: Desk) -> None:
    form = filled_in(desk.browser.get(desk.plan).text, desk.plan, "get")
    assert (form["room"], form["video_link"]) == (desk.board.room, desk.board.video_link)
    when = {"date": day_of(desk.first, days=1), "start": "08:00"}
    told(desk.browser, confirmed(desk.browser, desk.plan, room="Birch 1", video_link="", **when))
    made = db.session.scalars(select(Meeting).where(Meeting.series_id.is_(None))).one()
    assert (made.room, made.video_link) == ("Birch 1", "")


def test_a_slip_in_a_planned_date_comes_back_whole(desk: Desk) -> None:
    typed = {"date": day_of(desk.first), "start": "13:00", "room": "Birch 1", "video_link": "nowhere"}
    answer = preview(desk.browser, desk.plan, **typed)
    assert answer.status_code == 422
    assert all(f'value="{text}"' in answer.text for text in typed.values())
    taken = preview(desk.browser, desk.plan, **(typed | {"video_link": ""}))
    assert (taken.status_code, "The board has a meeting at this time already." in taken.text) == (422, True)


def test_a_move_is_seen_before_and_after_with_whom_it_tells(desk: Desk) -> None:
    said = desk.said(desk.move, date=day_of(desk.first, days=1), start="14:00", room="Birch 1")
    for words in (f"{day_of(desk.first)}, 13:00 to 14:30 E", f"{day_of(desk.first, days=1)}, 14:00 to 15:30 E"):
        assert words in said
    assert "1 member, Central European Time" in said
    assert "Birch 1" in said
    assert "Move, send 2 mails" in said
    assert desk.mails == []
    assert db.session.get_one(Meeting, desk.first.id, populate_existing=True).room == "Aspen 2"


def test_a_change_of_room_alone_is_no_move(desk: Desk) -> None:
    assert "Change, send 2 mails" in desk.said(desk.move, room="Birch 1")


def test_a_move_onto_the_boards_own_meeting_a_taken_room_and_a_holiday_is_told(desk: Desk) -> None:
    second = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()[1]
    said = desk.said(desk.move, date=day_of(second), start="13:30")
    assert "The board meets then already: " in said

    other = a_board((desk.member, BoardRole.COORDINATOR), hospital=desk.board.hospital)
    a_meeting(other, starts_in=second.starts_at + timedelta(days=1) - an_instant())
    said = desk.said(desk.move, date=day_of(second, days=1), start="13:30")
    assert "Aspen 2 is taken" in said
    assert "sits on both" in said

    desk.board.hospital.holidays = "US-NY"
    db.session.commit()
    today = an_instant().astimezone(CLOCK).date()
    year = today.year if today < date(today.year, 12, 25) else today.year + 1
    assert "Christmas Day" in desk.said(desk.move, date=f"25-Dec-{year}", start="08:00")


def test_the_count_is_that_of_the_very_date(desk: Desk) -> None:
    """Who joins between the two dates hears of a move to the later one."""
    starts_at = desk.first.starts_at + timedelta(days=1)
    with transaction():
        plan = PlanMeeting(starts_at, starts_at + timedelta(hours=1))
        extra, _ = meetings.add_meeting(desk.board, plan, an_actor(desk.coordinator))
    all_sent(extra)
    a_member(desk.board, a_person()).joined_at = starts_at + timedelta(days=1)
    db.session.commit()
    page = f"/meetings/{extra.id}/move"
    assert "Move, send 2 mails" in desk.said(page, start="14:00")
    assert "Move, send 3 mails" in desk.said(page, date=day_of(extra, days=2))
    told(desk.browser, confirmed(desk.browser, page, date=day_of(extra, days=2)))
    assert waiting(extra).total() == 3


def test_a_restored_date_is_told_what_stands_in_its_way_by_now(desk: Desk) -> None:
    with transaction():
        by = an_actor(desk.coordinator, an_instant() + timedelta(minutes=5))
        meetings.cancel(desk.first, CancelMeeting("A holiday", desk.first.version), by)
        starts_at = desk.first.starts_at + timedelta(minutes=30)
        meetings.add_meeting(desk.board, PlanMeeting(starts_at, starts_at + timedelta(hours=1)), by)
    said = unescape(desk.browser.get(f"/meetings/{desk.first.id}/restore").text)
    assert "The board meets then already: " in said
    assert "Restore, send 2 mails" in said


def test_answers_that_will_not_count_any_more_are_counted(desk: Desk) -> None:
    with transaction():
        given = GiveAnswer(AnswerKind.YES, desk.first.starts_at)
        answers.give(desk.first, given, an_actor(desk.member, an_instant() + timedelta(minutes=5)))
    assert "Answer no longer counts." in desk.said(desk.move, start="14:00")
    assert "no longer count" not in desk.said(desk.move, room="Birch 1")


def test_a_reason_that_is_refused_comes_back_beside_the_date_that_was_seen(desk: Desk) -> None:
    answer = confirmed(desk.browser, desk.move, start="14:00", why="x" * 201)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Move, send 2 mails" in answer.text
    assert "x" * 201 in answer.text


def test_what_is_said_costs_the_same_questions_for_few_members_and_many(desk: Desk) -> None:
    def cost(page: str, **typed: str) -> int:
        form = filled_in(desk.browser.get(page).text, page, "get") | typed
        with questions() as asked:
            assert desk.browser.get(page, query_string=form).status_code == 200
        return len(asked)

    def costs() -> tuple[int, int]:
        beside = {"date": day_of(desk.first), "start": "14:00"}
        return cost(desk.move, start="14:00"), cost(desk.plan, **beside)

    def grow(members: int) -> None:
        for _ in range(members):
            other = a_board((a_member(desk.board, a_person()).person, BoardRole.CORE), hospital=desk.board.hospital)
            a_meeting(other, starts_in=desk.first.starts_at - an_instant())

    grow(1)
    few = costs()
    grow(8)
    assert costs() == few
