"""Slot polls in the browser: asking, answering from a mailed link, the grid, taking an hour and closing without one."""

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import BERLIN, a_board, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.pages import NONSENSE, all_sent, filled_in, post, token, told
from tumorboard.domain import board_members, links
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, CalendarEntry, Meeting, Notice, Person, SlotAsked, SlotPoll
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, MeetingState, NoticeKind, NoticeState, Suits
from tumorboard.words import date_words

DAY = (an_instant() + timedelta(days=14)).date()
NEXT_DAY, DAY_BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)
TYPED = {
    "hours-0-day": date_words(DAY),
    "hours-0-start": "09:00",
    "hours-1-day": date_words(NEXT_DAY),
    "hours-1-start": "12:30",
    "minutes": "30",
    "until_day": date_words(DAY_BEFORE),
    "until_time": "17:00",
}


@pytest.fixture
def coordinator() -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def surgeon() -> Person:
    return a_person(discipline=Discipline.SURGERY, time_zone=BERLIN)


@pytest.fixture
def board(app: object, coordinator: Person, surgeon: Person) -> Board:
    """Its quorum is medical oncology, surgery and pathology."""
    board = a_board((coordinator, BoardRole.COORDINATOR), (surgeon, BoardRole.CORE))
    a_member(board, a_person(discipline=Discipline.MEDICAL_ONCOLOGY))
    a_member(board, a_person(discipline=Discipline.PATHOLOGY))
    return board


@pytest.fixture
def browser(board: Board, coordinator: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(coordinator)


@pytest.fixture
def phone(app: object) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()  # type: ignore[attr-defined,no-any-return]


def page_of(board: Board) -> str:
    return f"/boards/{board.slug}/slot-polls"


def everybody_on(board: Board) -> list[str]:
    return [str(member.person_id) for member in board_members.questions.present_members(board.id, an_instant())]


def see_hours(browser: FlaskClient, board: Board, **typed: object) -> TestResponse:
    return browser.get(f"{page_of(board)}/new", query_string={**TYPED, "people": everybody_on(board), **typed})


def ask(browser: FlaskClient, board: Board, **typed: object) -> SlotPoll:
    form = filled_in(see_hours(browser, board, **typed).text, f"{page_of(board)}/new")
    people = typed.get("people", everybody_on(board))
    told(browser, browser.post(f"{page_of(board)}/new", data={**form, "people": people}))
    return db.session.scalars(select(SlotPoll)).one()


def place_of(poll: SlotPoll, person: Person) -> SlotAsked:
    db.session.expire_all()
    return next(each for each in poll.asked if each.person_id == person.id)


def link_of(poll: SlotPoll, person: Person) -> str:
    return f"/poll/{links.token_of(place_of(poll, person).id)}"


def answer(phone: FlaskClient, poll: SlotPoll, person: Person, *suits: Suits | None) -> TestResponse:
    link = link_of(poll, person)
    said = {f"hour_{each.id.hex}": word for each, word in zip(poll.proposals, suits, strict=True) if word}
    return phone.post(link, data=filled_in(phone.get(link).text, link) | said)


def said(poll: SlotPoll, person: Person) -> dict[datetime, Suits]:
    hours = {each.id: each.starts_at for each in poll.proposals}
    return {hours[each.proposal_id]: each.suits for each in place_of(poll, person).answers}


def mails(kind: NoticeKind, *states: NoticeState) -> list[Notice]:
    db.session.expire_all()
    found = db.session.scalars(select(Notice).where(Notice.kind == kind)).all()
    return [each for each in found if not states or each.state in states]


def pages_of(poll: SlotPoll, browser: FlaskClient) -> tuple[str, str]:
    page = f"/boards/{poll.board.slug}/slot-polls/{poll.id}"
    return page, unescape(browser.get(page).text)


def test_the_hours_are_seen_before_anybody_hears_of_them(browser: FlaskClient, board: Board) -> None:
    page = see_hours(browser, board).text
    assert "Ask, send 4 mails" in page
    assert "15:00 CE" in page
    assert db.session.scalars(select(SlotPoll)).all() == []
    assert db.session.scalars(select(Notice)).all() == []


def test_what_stands_in_the_way_of_an_hour_is_said(browser: FlaskClient, board: Board, surgeon: Person) -> None:
    other = a_board((surgeon, BoardRole.CHAIR), hospital=board.hospital)
    meeting = a_meeting(other)
    at = {"hours-0-day": date_words(meeting.starts_at.date()), "hours-0-start": f"{meeting.starts_at:%H:%M}"}
    board.time_zone = "UTC"
    db.session.commit()
    until = {"until_day": date_words((an_instant() + timedelta(days=1)).date()), "until_time": "23:59"}
    page = see_hours(browser, board, **at, **until).text
    assert "sits on both" in page
    assert "Aspen 2 is taken" in page


def test_everybody_asked_gets_one_mail_with_a_link_and_nothing_more(
    browser: FlaskClient, board: Board, surgeon: Person
) -> None:
    ask(browser, board, people=[str(surgeon.id)])
    (notice,) = mails(NoticeKind.SLOT_POLL)
    assert notice.person_id == surgeon.id
    assert notice.facts["what"] == f"{board.full_name}, an extra meeting of 30 minutes: 2 hours to choose from"


def test_one_tap_an_hour_answers_and_can_be_changed(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    first, second = (each.starts_at for each in poll.proposals)
    assert answer(phone, poll, surgeon, Suits.YES, None).status_code == 303
    assert said(poll, surgeon) == {first: Suits.YES}
    answer(phone, poll, surgeon, Suits.NO, Suits.IF_NEED_BE)
    assert said(poll, surgeon) == {first: Suits.NO, second: Suits.IF_NEED_BE}
    assert place_of(poll, surgeon).answered_at is not None


def test_the_hours_stand_in_the_readers_zone_with_the_boards_beside(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person, coordinator: Person
) -> None:
    poll = ask(browser, board)
    page = phone.get(link_of(poll, surgeon)).text
    assert "15:00 to 15:30 CE" in page
    assert "Board time:" in page
    assert "09:00 to 09:30 E" in page
    assert "Board time:" not in phone.get(link_of(poll, coordinator)).text


def test_opening_a_link_answers_nothing(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    link = link_of(poll, surgeon)
    hour = f"hour_{poll.proposals[0].id.hex}"
    for _ in range(3):
        assert phone.get(link, query_string={hour: "yes"}).status_code == 200
        assert phone.head(link).status_code == 200
    assert said(poll, surgeon) == {}
    assert place_of(poll, surgeon).answered_at is None


def test_sending_nothing_or_nonsense_is_answered_with_a_sentence(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    nothing = answer(phone, poll, surgeon, None, None)
    assert nothing.status_code == 422
    assert "at least one hour" in nothing.text
    link, hour = link_of(poll, surgeon), f"hour_{poll.proposals[0].id.hex}"
    for typed in NONSENSE:
        wrong = phone.post(link, data=filled_in(phone.get(link).text, link) | {hour: typed})
        assert wrong.status_code == 422
    assert said(poll, surgeon) == {}


def test_who_comes_after_the_end_of_a_poll_reads_what_came_of_it(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    link, form = link_of(poll, surgeon), filled_in(phone.get(link_of(poll, surgeon)).text, link_of(poll, surgeon))
    page = f"{page_of(board)}/{poll.id}/close"
    told(browser, post(browser, page, page))
    for over in (phone.get(link), phone.post(link, data=form)):
        assert over.status_code == 410
        assert "None of the hours was taken." in over.text


def test_a_wrong_link_and_one_of_which_every_hour_is_past_are_answered_alike(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    poll.asked_at, poll.open_until = poll.asked_at - timedelta(days=20), an_instant() - timedelta(days=10)
    for proposal in poll.proposals:
        proposal.starts_at -= timedelta(days=30)
    db.session.commit()
    past, invented = phone.get(link_of(poll, surgeon)), phone.get(f"/poll/{uuid4().hex}")
    assert past.status_code == invented.status_code == 404
    hide = re.compile(r"<strong>[0-9a-f]{32}</strong>")
    assert hide.sub("", past.text) == hide.sub("", invented.text)
    assert board.name not in past.text


def test_a_link_ends_with_its_time_and_with_the_account(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person, coordinator: Person
) -> None:
    poll = ask(browser, board)
    surgeon.deactivated_at = an_instant()
    db.session.commit()
    assert phone.get(link_of(poll, surgeon)).status_code == 404
    assert phone.get(link_of(poll, coordinator)).status_code == 200
    poll.asked_at, poll.open_until = poll.asked_at - timedelta(days=2), an_instant() - timedelta(minutes=1)
    db.session.commit()
    late = phone.get(link_of(poll, coordinator))
    assert late.status_code == 410
    assert "no hour is taken yet" in late.text


def test_no_token_is_kept_or_logged(browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person) -> None:
    poll = ask(browser, board)
    link = link_of(poll, surgeon)
    token = link.rpartition("/")[2]
    with capture_logs() as logged:
        phone.get(link)
    assert token not in str(logged)
    assert token.encode() not in place_of(poll, surgeon).token_hash
    assert all(token not in str(each.facts) for each in mails(NoticeKind.SLOT_POLL))


def test_the_grid_says_the_quorum_of_each_hour_and_the_best(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person, coordinator: Person
) -> None:
    poll = ask(browser, board)
    answer(phone, poll, surgeon, Suits.NO, Suits.IF_NEED_BE)
    others = [each.person for each in poll.asked if each.person_id not in (surgeon.id, coordinator.id)]
    for person in others:
        answer(phone, poll, person, Suits.YES, Suits.YES)
    _, page = pages_of(poll, browser)
    assert "3 of 4 have answered" in page
    assert "SU missing" in page
    assert "Met" in page
    assert page.count("the best so far") == 1
    assert page.index("12:30 E") < page.index("the best so far")


def test_the_hour_taken_is_a_meeting_that_its_members_are_invited_to_at_once(
    browser: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board, people=[str(surgeon.id)])
    page = f"{page_of(board)}/{poll.id}/take/{poll.proposals[1].id}"
    link = link_of(poll, surgeon)
    assert "Take it, send 4 invitations" in browser.get(page).text
    assert "4 mails on the way" in told(browser, post(browser, page, page))
    assert "The hour taken is" in browser.application.test_client().get(link).text
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.starts_at, meeting.state) == (poll.proposals[1].starts_at, MeetingState.PLANNED)
    assert {each.meeting_id for each in db.session.scalars(select(CalendarEntry))} == {meeting.id}
    assert len(mails(NoticeKind.INVITATION)) == 4
    assert len(mails(NoticeKind.SLOT_POLL, NoticeState.CANCELLED)) == 1


def test_calendars_follow_the_hour_taken_before_its_agenda_is_published(
    browser: FlaskClient, board: Board, surgeon: Person, coordinator: Person
) -> None:
    poll = ask(browser, board)
    page = f"{page_of(board)}/{poll.id}/take/{poll.proposals[0].id}"
    told(browser, post(browser, page, page))
    meeting = db.session.scalars(select(Meeting)).one()
    all_sent(meeting)
    leaving = db.session.merge(board_members.questions.present_member(board.id, surgeon.id, an_instant()))
    with transaction():
        board_members.leave(leaving, an_actor(coordinator))
    assert [each.person_id for each in mails(NoticeKind.REMOVED)] == [surgeon.id]
    all_sent(meeting)
    cancel = f"/meetings/{meeting.id}/cancel"
    answered = browser.post(cancel, data=filled_in(browser.get(cancel).text, cancel) | {"why": "Too few cases"})
    assert "3 mails on the way" in told(browser, answered)
    assert len(mails(NoticeKind.CANCELLED)) == 3


def test_who_has_not_answered_or_whose_mail_failed_is_asked_again(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    answer(phone, poll, surgeon, Suits.YES, Suits.NO)
    page, text = pages_of(poll, browser)
    assert "so not again now" in text
    failed = next(each for each in mails(NoticeKind.SLOT_POLL) if each.person_id != surgeon.id)
    failed.state, failed.due_at, failed.server_said = NoticeState.FAILED, None, "550 5.1.1 No such user"
    db.session.commit()
    _, text = pages_of(poll, browser)
    assert "550 5.1.1 No such user" in text
    assert "Ask again, send 1 mail" in text
    with transaction():
        db.session.execute(update(Notice).values(created_at=Notice.created_at - timedelta(hours=13)))
    assert "Asked again. 3 mails on the way." in told(browser, post(browser, page, f"{page}/ask-again"))
    again = [each for each in mails(NoticeKind.SLOT_POLL) if "a reminder" in each.facts["what"]]
    assert surgeon.id not in {each.person_id for each in again}
    form = {"csrf_token": token(browser)}
    assert "within the last 12 hours" in told(browser, browser.post(f"{page}/ask-again", data=form))


def test_one_more_hour_is_told_to_everybody_and_keeps_what_was_said(
    browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person
) -> None:
    poll = ask(browser, board)
    answer(phone, poll, surgeon, Suits.YES, Suits.NO)
    page, _ = pages_of(poll, browser)
    third = {"day": date_words(NEXT_DAY + timedelta(days=1)), "start": "10:00"}
    assert "Added. 4 mails on the way." in told(browser, post(browser, page, f"{page}/hours", **third))
    assert len(place_of(poll, surgeon).poll.proposals) == 3
    assert list(said(poll, surgeon).values()) == [Suits.YES, Suits.NO]
    assert answer(phone, poll, surgeon, None, None, Suits.IF_NEED_BE).status_code == 303
    for typed, sentence in (
        (third, "This hour is proposed already."),
        ({"day": date_words(an_instant().date()), "start": "10:00"}, "choose an hour after that"),
        ({"day": "soon", "start": "10:00"}, "Enter the date as"),
        ({"day": date_words(DAY), "start": ""}, "Enter the time as 17:00."),
    ):
        refused = post(browser, page, f"{page}/hours", **typed)
        assert refused.status_code == 422
        assert sentence in unescape(refused.text)
        assert f'value="{typed["day"]}"' in refused.text
    poll.open_until = an_instant()
    db.session.commit()
    form = {"csrf_token": token(browser), **third}
    assert "Answers to this poll are over" in browser.post(f"{page}/hours", data=form).text


def test_closing_without_an_hour_tells_who_was_asked(browser: FlaskClient, board: Board) -> None:
    poll = ask(browser, board)
    page = f"{page_of(board)}/{poll.id}/close"
    assert "Close, send 4 mails" in browser.get(page).text
    assert "Closed without an hour. 4 mails on the way." in told(browser, post(browser, page, page))
    assert len(mails(NoticeKind.SLOT_POLL_OVER)) == 4
    assert len(mails(NoticeKind.SLOT_POLL, NoticeState.CANCELLED)) == 4
    assert db.session.scalars(select(Meeting)).all() == []


def test_a_poll_ends_once(browser: FlaskClient, board: Board) -> None:
    poll = ask(browser, board)
    close, take = f"{page_of(board)}/{poll.id}/close", f"{page_of(board)}/{poll.id}/take/{poll.proposals[0].id}"
    forms = {page: filled_in(browser.get(page).text, page) for page in (close, take)}
    told(browser, browser.post(close, data=forms[close]))
    for page, form in forms.items():
        assert "closed already" in told(browser, browser.post(page, data=form))
    assert "closed already" in told_after_a_look(browser, take)
    assert db.session.scalars(select(Meeting)).all() == []


def told_after_a_look(browser: FlaskClient, page: str) -> str:
    answered = browser.get(page)
    assert answered.status_code == 303
    return browser.get(answered.location).text


def test_an_hour_that_the_board_meets_in_by_now_is_not_taken(browser: FlaskClient, board: Board) -> None:
    poll = ask(browser, board)
    meeting = a_meeting(board)
    meeting.starts_at = poll.proposals[0].starts_at
    meeting.ends_at = meeting.starts_at + timedelta(hours=1)
    db.session.commit()
    assert "has a meeting at this time" in told_after_a_look(
        browser, f"{page_of(board)}/{poll.id}/take/{poll.proposals[0].id}"
    )


def test_an_open_poll_stands_on_the_series_page_and_on_today(
    browser: FlaskClient, board: Board, surgeon: Person, sign_in: SignIn
) -> None:
    assert f"{page_of(board)}/new" in browser.get(f"/boards/{board.slug}/series").text
    poll = ask(browser, board)
    page = f"{page_of(board)}/{poll.id}"
    for where in (f"/boards/{board.slug}/series", "/"):
        assert page in browser.get(where).text
        assert "0 of 4 have answered" in browser.get(where).text
        assert page not in sign_in(surgeon).get(where).text
    told(browser, post(browser, f"{page}/close", f"{page}/close"))
    assert page not in browser.get("/").text


@pytest.mark.parametrize("field", ["hours-0-day", "hours-0-start", "minutes", "until_day", "until_time"])
@pytest.mark.parametrize("typed", NONSENSE)
def test_whatever_is_typed_is_answered_with_a_sentence_and_kept(
    browser: FlaskClient, board: Board, field: str, typed: str
) -> None:
    answered = see_hours(browser, board, **{field: typed})
    assert answered.status_code in (400, 422)
    if answered.status_code == 422:
        assert "There is a problem" in answered.text
        assert date_words(NEXT_DAY) in answered.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"people": []}, "at least one member"),
        ({"people": [str(uuid4()), "x"]}, "at least one member"),
        ({"hours-0-day": "", "hours-0-start": "", "hours-1-day": "", "hours-1-start": ""}, "at least one hour"),
        ({"hours-1-day": date_words(DAY), "hours-1-start": "09:00"}, "proposed twice"),
        ({"hours-0-day": "01-Jan-2020"}, "01-Jan-2020 09:00 EST: Choose a time that is still to come."),
        ({"minutes": "4"}, "between 5 minutes and 10 hours"),
        ({"until_day": date_words(NEXT_DAY)}, "not after the first hour"),
        ({"until_day": "01-Jan-2020"}, "still to come"),
    ],
)
def test_a_poll_that_makes_no_sense_is_refused_with_a_reason(
    browser: FlaskClient, board: Board, typed: dict[str, object], sentence: str
) -> None:
    answered = see_hours(browser, board, **typed)
    assert answered.status_code == 422
    assert sentence in unescape(answered.text)
    data = {"people": everybody_on(board), **TYPED, **typed}
    form = filled_in(see_hours(browser, board).text, f"{page_of(board)}/new")
    assert browser.post(f"{page_of(board)}/new", data=data | {"csrf_token": form["csrf_token"]}).status_code == 422
    assert db.session.scalars(select(Notice)).all() == []


def test_each_act_is_in_the_audit(browser: FlaskClient, phone: FlaskClient, board: Board, surgeon: Person) -> None:
    poll = ask(browser, board)
    answer(phone, poll, surgeon, Suits.YES, Suits.NO)
    page = f"{page_of(board)}/{poll.id}/take/{poll.proposals[0].id}"
    told(browser, post(browser, page, page))
    acts = {each.act for each in db.session.scalars(select(AuditEntry)) if poll.id in each.subject_ids}
    assert acts == {AuditAct.SLOT_POLL_ASKED, AuditAct.SLOT_POLL_ANSWERED, AuditAct.SLOT_POLL_CLOSED}
