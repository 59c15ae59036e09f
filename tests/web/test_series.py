"""A board's series in the browser: its dates, beginning one, changing it, restoring a date."""

import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import BERLIN, a_board, a_member, a_person, an_actor, an_instant
from tests.web.pages import NONSENSE, filled_in, post, token, told
from tumorboard.domain import answers
from tumorboard.domain.answers import GiveAnswer
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Meeting, Notice, Person, Series
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, BoardRole, MeetingState, NoticeKind, NoticeState
from tumorboard.words import date_words

A_WEEK_AHEAD = date_words((an_instant() + timedelta(days=7)).date())
TYPED = {"every": "weekly", "first_day": A_WEEK_AHEAD, "start": "13:00", "end": "14:30", "room": "Aspen 2"}


@pytest.fixture
def coordinator() -> Person:
    return a_person()


@pytest.fixture
def board(app: object, coordinator: Person) -> Board:
    board = a_board((coordinator, BoardRole.COORDINATOR), (a_person(time_zone=BERLIN), BoardRole.CORE))
    db.session.commit()
    return board


@pytest.fixture
def browser(board: Board, coordinator: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(coordinator)


def page_of(board: Board) -> str:
    return f"/boards/{board.slug}/series"


def preview(browser: FlaskClient, board: Board, **typed: str) -> str:
    return browser.get(f"{page_of(board)}/new", query_string=TYPED | typed).text


def begin(browser: FlaskClient, board: Board, **typed: str) -> str:
    page = preview(browser, board, **typed)
    form = filled_in(page, f"{page_of(board)}/new")
    return told(browser, browser.post(f"{page_of(board)}/new", data=TYPED | form))


def the_series() -> Series:
    return db.session.scalars(select(Series).order_by(Series.made_at.desc())).first() or pytest.fail("no series")


def test_the_dates_are_seen_before_anybody_hears_of_them(browser: FlaskClient, board: Board) -> None:
    page = preview(browser, board)
    assert "Begin the series, send 2 mails" in page
    assert "19:00 CET in Central European Time" in page or "in Central European Time" in page
    assert db.session.scalars(select(Series)).all() == []
    assert db.session.scalars(select(Notice)).all() == []


def test_a_series_begins_and_its_dates_stand_in_the_list(browser: FlaskClient, board: Board) -> None:
    assert "The series begins. 2 mails on the way." in begin(browser, board)
    page = browser.get(page_of(board)).text
    assert "no end" in page
    assert page.count("Change…") >= 20
    assert "the clocks go" in browser.get(f"{page_of(board)}?all=1").text


def test_a_date_that_was_ticked_is_left_out(browser: FlaskClient, board: Board) -> None:
    page = preview(browser, board)
    days = re.findall(r'name="skip" value="([^"]+)"', page)
    form = filled_in(page, f"{page_of(board)}/new")
    browser.post(f"{page_of(board)}/new", data=TYPED | form | {"skip": days[1]})
    states = [each.state for each in db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()]
    assert states[:3] == [MeetingState.PLANNED, MeetingState.CANCELLED, MeetingState.PLANNED]


@pytest.mark.parametrize("field", ["first_day", "start", "end", "last_day", "video_link", "every"])
@pytest.mark.parametrize("typed", NONSENSE)
def test_whatever_is_typed_is_answered_with_a_sentence_and_kept(
    browser: FlaskClient, board: Board, field: str, typed: str
) -> None:
    answer = browser.get(f"{page_of(board)}/new", query_string=TYPED | {field: typed})
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 422:
        assert "There is a problem" in answer.text
        assert A_WEEK_AHEAD in answer.text or field == "first_day"


def test_an_end_before_the_start_is_after_midnight_and_too_long(browser: FlaskClient, board: Board) -> None:
    answer = browser.get(f"{page_of(board)}/new", query_string=TYPED | {"end": "12:00"})
    assert answer.status_code == 422
    assert "between 5 minutes and 10 hours" in answer.text


def test_a_first_date_that_is_not_in_the_last_week_is_named(browser: FlaskClient, board: Board) -> None:
    year = an_instant().year + 1
    answer = browser.get(
        f"{page_of(board)}/new", query_string=TYPED | {"every": "monthly_last", "first_day": f"06-Jan-{year}"}
    )
    assert answer.status_code == 422
    assert f"06-Jan-{year} is not in the last week of its month. Choose a later first date." in answer.text


def test_this_and_later_is_shown_before_and_after_and_counted_from_the_act(browser: FlaskClient, board: Board) -> None:
    begin(browser, board)
    series = the_series()
    third = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()[2]
    address = f"{page_of(board)}/{series.id}/change"
    day = date_words(third.starts_at.astimezone(ZoneInfo(board.time_zone)).date())
    typed = TYPED | {"date": str(third.id), "scope": "later", "version": str(series.version), "first_day": day}
    shown = browser.get(address, query_string=typed | {"start": "12:00", "end": "13:30"}).text
    assert "New hour" in shown
    button = re.search(r"Change (\d+) dates, send (\d+) mails", unescape(shown))
    assert button
    assert button[2] == "4"
    sent = browser.post(address, data=filled_in(shown, address))
    assert "Changed. 4 mails on the way." in told(browser, sent)
    assert db.session.query(Series).count() == 2


def changed(browser: FlaskClient, board: Board, **typed: str) -> str:
    """What the page says of such a change of all coming dates."""
    address = f"{page_of(board)}/{the_series().id}/change"
    form = filled_in(browser.get(f"{address}?scope=all").text, address, "get")
    answer = browser.get(address, query_string=TYPED | form | typed)
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ({"start": "12:00", "end": "13:30"}, "New hour"),
        ({"end": "15:00"}, "New length"),
        ({"room": "Birch 1"}, "New room"),
        ({"room": "Birch 1", "video_link": "https://video.example/b"}, "New room and video link"),
        ({"start": "12:00", "end": "13:30", "room": "Birch 1"}, "New hour and room"),
        ({"first_day": date_words((an_instant() + timedelta(days=8)).date())}, "New day"),
    ],
)
def test_each_date_is_shown_before_and_after_by_what_is_new_about_it(
    browser: FlaskClient, board: Board, typed: dict[str, str], label: str
) -> None:
    begin(browser, board)
    rows = changed(browser, board, **typed).partition("The dates before and after")[2].partition("</table>")[0]
    assert re.search(rf"\s{label}\s*<", rows), rows
    assert "13:00 to 14:30 E" in rows, "as it is now"
    assert typed.get("room", "Aspen 2") in rows


def test_what_stands_in_the_way_of_later_dates_is_one_line(browser: FlaskClient, board: Board) -> None:
    """Beyond those that are shown one by one, to the end of the year that is planned."""
    begin(browser, board)
    board.hospital.holidays = "US-NY"
    db.session.commit()
    weekday = (an_instant() + timedelta(days=7)).date()
    to_monday = date_words(weekday + timedelta(days=-weekday.weekday() % 7))
    when = {"first_day": to_monday, "start": "17:00", "end": "18:00"}
    assert re.search(r"\d more fall on holidays: \d\d-\w{3}-\d{4}, ", changed(browser, board, **when))
    assert re.search(
        r"\d more fall on holidays: ",
        unescape(preview(browser, board, **when)),
    )


def test_answers_that_a_change_of_the_hour_takes_back_are_counted(
    browser: FlaskClient, board: Board, coordinator: Person
) -> None:
    begin(browser, board)
    second = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()[1]
    with transaction():
        by = an_actor(coordinator, an_instant() + timedelta(minutes=5))
        answers.give(second, GiveAnswer(AnswerKind.YES, second.starts_at), by)
    assert "Answer no longer counts." in changed(browser, board, start="12:00", end="13:30")
    assert "no longer count" not in changed(browser, board, room="Birch 1")


def test_a_reason_is_asked_for_beside_the_button_and_comes_back_there(browser: FlaskClient, board: Board) -> None:
    begin(browser, board)
    address = f"{page_of(board)}/{the_series().id}/change"
    form = filled_in(changed(browser, board, room="Birch 1"), address)
    answer = browser.post(address, data=form | {"why": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in answer.text
    assert re.search(r"Change \d+ dates, send 2 mails", answer.text)


def test_a_change_that_was_made_meanwhile_is_said_with_the_dates_as_they_are(
    browser: FlaskClient, board: Board
) -> None:
    """The same form sent twice, and a list of dates that somebody has before them from before the change."""
    begin(browser, board)
    series = the_series()
    third = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()[2]
    address = f"{page_of(board)}/{series.id}/change"
    day = date_words(third.starts_at.astimezone(ZoneInfo(board.time_zone)).date())
    typed = TYPED | {"date": str(third.id), "scope": "later", "version": str(series.version), "first_day": day}
    form = typed | {"start": "12:00", "end": "13:30", "csrf_token": token(browser)}
    assert "Changed." in told(browser, browser.post(address, data=form))
    meanwhile = "This is no coming date of that series any more."
    assert meanwhile in told(browser, browser.post(address, data=form))
    assert meanwhile in told(browser, browser.get(address, query_string={"date": str(third.id)}))


def test_a_cancelled_date_is_restored(browser: FlaskClient, board: Board) -> None:
    begin(browser, board)
    second = db.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()[1]
    browser.post(
        f"/meetings/{second.id}/cancel",
        data={"csrf_token": token(browser), "why": "A holiday", "own_words": "", "version": str(second.version)},
    )
    page = f"/meetings/{second.id}/restore"
    assert f'href="{page}"' in browser.get(page_of(board)).text
    assert "Restored." in told(browser, post(browser, page, page))
    db.session.refresh(second)
    assert second.state is MeetingState.PLANNED


def test_what_stands_in_the_way_of_a_date_is_said(
    browser: FlaskClient, board: Board, coordinator: Person, sign_in: SignIn
) -> None:
    begin(browser, board)
    other = a_board((coordinator, BoardRole.COORDINATOR), hospital=board.hospital)
    db.session.commit()
    page = preview(browser, other)
    assert "Aspen 2 is taken" in page
    assert "sits on both" in page


def test_a_date_that_overlaps_another_of_the_board_is_said_and_the_same_hour_refused(
    browser: FlaskClient, board: Board
) -> None:
    begin(browser, board)
    page = preview(browser, board, start="14:00", end="15:00")
    assert "The board meets then already: " in page
    assert "on both" not in page
    again = browser.post(f"{page_of(board)}/new", data=filled_in(page, f"{page_of(board)}/new") | TYPED)
    assert again.status_code == 422
    assert "The board meets then already" in unescape(again.text)
    assert db.session.query(Series).count() == 1


def test_a_holiday_of_the_hospital_is_named(browser: FlaskClient, board: Board) -> None:
    board.hospital.holidays = "US-NY"
    board.time_zone = "America/New_York"
    db.session.commit()
    year = an_instant().year + (1 if an_instant().month == 12 else 0)
    page = preview(browser, board, first_day=f"25-Dec-{year}")
    assert "Christmas Day" in page


def test_members_see_the_dates_and_change_none(board: Board, sign_in: SignIn) -> None:
    member = a_person()
    a_member(board, member)
    db.session.commit()
    browser = sign_in(member)
    assert browser.get(page_of(board)).status_code == 200
    assert "Begin a series" not in browser.get(page_of(board)).text
    assert browser.get(f"{page_of(board)}/new").status_code == 403


def test_each_invited_person_gets_the_series_once(browser: FlaskClient, board: Board) -> None:
    begin(browser, board)
    kinds = [notice.kind for notice in db.session.scalars(select(Notice))]
    assert kinds == [NoticeKind.SERIES_INVITATION] * 2


def test_a_series_mail_that_failed_is_found_from_today_and_sent_again(browser: FlaskClient, board: Board) -> None:
    begin(browser, board)
    notices = db.session.scalars(select(Notice)).all()
    failed = notices[-1]
    failed.state, failed.due_at, failed.server_said = NoticeState.FAILED, None, "550 5.1.1 No such user"
    failed.attempts, failed.last_tried_at = 1, failed.created_at
    db.session.commit()
    page = f"{page_of(board)}/notices"
    assert f'href="{page}"' in browser.get("/").text
    assert f'href="{page}"' in browser.get(page_of(board)).text
    shown = browser.get(page).text
    assert "550 5.1.1 No such user" in shown
    again = browser.post(f"/notices/{failed.id}/again", data={"csrf_token": token(browser)})
    assert "again: 1 mail." in told(browser, again)
    assert again.location == page
    assert f'href="{page}"' not in browser.get("/").text
