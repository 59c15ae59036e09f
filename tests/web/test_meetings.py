"""My meetings, one meeting, planning, moving and cancelling it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    BERLIN,
    a_board,
    a_care_team_member,
    a_case,
    a_hospital,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.pages import NONSENSE, all_sent, confirmed, filled_in, notices_of, post, preview, token, told, waiting
from tumorboard.domain import agenda, board_members
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, Board, Case, Meeting, PatientIdentifier, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseState, MeetingState, NoticeKind, NoticeState
from tumorboard.web.forms.meeting import OWN_WORDS
from tumorboard.words import date_words


@dataclass
class Published:
    """A published meeting with a coordinator, a member and a guest, who all have their mails."""

    coordinator: Person
    member: Person
    guest: Person
    meeting: Meeting
    item: AgendaItem
    browser: FlaskClient

    @property
    def page(self) -> str:
        return f"/meetings/{self.meeting.id}"

    def move(self, *, days: int, why: str = "") -> str:
        """Moves the meeting to another day, and says what the next page says."""
        there = (self.meeting.starts_at + timedelta(days=days)).astimezone(ZoneInfo(self.meeting.board.time_zone))
        return self.change(date=date_words(there.date()), start=f"{there:%H:%M}", why=why)

    def change(self, **typed: str) -> str:
        """Types this into the form for when and where, and says what the next page says."""
        return told(self.browser, confirmed(self.browser, f"{self.page}/move", **typed))

    def change_and_undo(self, **typed: str) -> str:
        """Changes when and where, presses Undo on the page that follows, and says what comes then."""
        form = filled_in(self.change(**typed), f"{self.page}/move-back")
        return told(self.browser, self.browser.post(f"{self.page}/move-back", data=form))


@pytest.fixture
def published(sign_in: SignIn) -> Published:
    coordinator, member, guest = a_person(), a_person(time_zone=BERLIN), a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (member, BoardRole.CORE))
    patient = a_patient()
    a_care_team_member(patient, guest)
    meeting = a_meeting(board, starts_in=timedelta(days=3))
    # Forms know minutes, so this meeting starts on one.
    meeting.starts_at = meeting.starts_at.replace(second=0)
    meeting.ends_at = meeting.starts_at + timedelta(minutes=90)
    item = a_listed_case(meeting, a_case(board, member, patient=patient))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    all_sent(meeting)
    return Published(coordinator, member, guest, meeting, item, sign_in(coordinator))


def test_moving_owes_everybody_one_mail_after_the_time_to_undo(published: Published) -> None:
    was = published.meeting.starts_at
    page = published.move(days=1, why="The room is painted")

    assert "Moved. 3 mails to be sent at" in page
    moved = notices_of(published.meeting, NoticeState.OWED)
    assert Counter(notice.kind for notice in moved) == Counter({NoticeKind.MOVED: 3})
    assert {notice.person_id for notice in moved} == {
        published.coordinator.id,
        published.member.id,
        published.guest.id,
    }
    assert {notice.due_at - notice.created_at for notice in moved} == {timedelta(seconds=60)}
    assert {notice.facts["why"] for notice in moved} == {"The room is painted"}
    assert {datetime.fromisoformat(notice.facts["was_starts_at"]) for notice in moved} == {was}
    assert db.session.get_one(Meeting, published.meeting.id).starts_at == was + timedelta(days=1)


def test_three_moves_leave_one_waiting_mail_each(published: Published) -> None:
    for days in (1, 2, 3):
        published.move(days=days)

    assert waiting(published.meeting) == Counter({NoticeKind.MOVED: 3})


def test_a_move_that_is_undone_is_never_heard_of(published: Published) -> None:
    was = published.meeting.starts_at

    page = published.change_and_undo(start="00:00", room="Birch 1", video_link="")

    assert "Undone. No mail goes out." in page
    assert waiting(published.meeting) == Counter()
    meeting = db.session.get_one(Meeting, published.meeting.id)
    assert (meeting.starts_at, meeting.room) == (was, "Aspen 2")
    assert meeting.video_link == "https://video.larkmoor.example/aspen-2"


def test_an_undone_move_leaves_the_reason_that_was_given_before_it(published: Published) -> None:
    published.move(days=1, why="The room is painted")
    all_sent(published.meeting)

    page = published.change_and_undo(room="Birch 1", why="A slip")

    assert "Reason for the last change: The room is painted" in page
    assert db.session.get_one(Meeting, published.meeting.id).state_note == "The room is painted"


def test_an_undo_that_somebody_hears_of_gives_no_reason_of_an_older_move(published: Published) -> None:
    published.move(days=1, why="The room is painted")
    all_sent(published.meeting)
    undo = filled_in(published.change(start="07:07"), f"{published.page}/move-back")
    all_sent(published.meeting)
    told(published.browser, published.browser.post(f"{published.page}/move-back", data=undo))
    assert {notice.facts["why"] for notice in notices_of(published.meeting, NoticeState.OWED)} == {""}


def test_another_room_reaches_everybody_as_an_update_that_can_be_undone(published: Published) -> None:
    page = published.change(room="Birch 1", why="The projector is broken")

    assert "Changed. 3 mails to be sent at" in page
    assert "Birch 1" in page
    assert waiting(published.meeting) == Counter({NoticeKind.MOVED: 3})
    facts = [notice.facts for notice in notices_of(published.meeting, NoticeState.OWED)]
    assert {(each["was_room"], each["room"], each["why"]) for each in facts} == {
        ("Aspen 2", "Birch 1", "The projector is broken")
    }


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("why", "{family} cannot come"),
        ("why", "{FAMILY}'s scan is late"),
        ("why", "MRN {mrn} is missing"),
        ("why", "born {born}"),
        ("room", "Room of {given} {family}"),
        ("room", "{mrn}"),
        ("video_link", "https://video.example/{family}-{given}"),
    ],
)
def test_a_patient_of_the_board_gets_into_no_mail_by_what_somebody_types(
    published: Published, field: str, text: str
) -> None:
    patient = published.item.case.patient
    patient.identifiers.append(PatientIdentifier(hospital=a_hospital(), mrn="0077 1234", mrn_key="00771234"))
    db.session.commit()
    words = {"family": patient.family_name, "FAMILY": patient.family_name.upper(), "given": patient.given_name}
    typed = text.format(**words, mrn="0077-1234", born=f"{patient.birth_date:%d-%b-%Y}")
    page = f"{published.page}/move"
    answer = confirmed(published.browser, page, **{"start": "07:07", field: typed})
    assert (answer.status_code, "Leave the patient out." in answer.text, typed in unescape(answer.text)) == (
        422,
        True,
        True,
    )
    assert notices_of(published.meeting, NoticeState.OWED) == []
    if field == "why":
        page = f"{published.page}/cancel"
        cancelled = post(published.browser, page, page, why=OWN_WORDS, own_words=typed)
        assert (cancelled.status_code, "Leave the patient out." in cancelled.text) == (422, True)


def test_a_room_may_be_called_like_somebody(published: Published) -> None:
    assert "Changed. 3 mails" in published.change(room=f"{published.item.case.patient.family_name} 1")


def test_while_a_move_can_be_undone_nobody_else_is_told_its_hour(published: Published) -> None:
    published.move(days=1)
    (until,) = {notice.due_at for notice in notices_of(published.meeting, NoticeState.OWED)}
    joining = a_person()
    with transaction():
        by = an_actor(published.coordinator)
        board_members.add(published.meeting.board, joining, BoardRole.CORE, by)
        a_listed_case(published.meeting, a_case(published.meeting.board, published.member))
        agenda.publish(published.meeting, by, version=published.meeting.version)
    owed = notices_of(published.meeting, NoticeState.OWED)
    assert {notice.due_at for notice in owed} == {until}
    assert {notice.kind for notice in owed} == {NoticeKind.MOVED, NoticeKind.INVITATION, NoticeKind.AGENDA}


def test_a_cancellation_does_not_wait_for_a_move_that_could_be_undone(published: Published) -> None:
    published.move(days=1)
    post(published.browser, f"{published.page}/cancel", f"{published.page}/cancel", why="A holiday")
    owed = notices_of(published.meeting, NoticeState.OWED)
    assert {notice.kind for notice in owed} == {NoticeKind.CANCELLED}
    assert all(notice.due_at <= notice.created_at for notice in owed)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//video.example", "video.example", "https://", "https://a b", "x" * 501]
)
def test_a_video_link_that_leads_nowhere_is_refused(published: Published, link: str) -> None:
    move = f"{published.page}/move"
    answer = confirmed(published.browser, move, video_link=link)

    assert answer.status_code == 422
    assert "Enter the link as https://video.example.org/aspen-2." in answer.text or "Shorten this" in answer.text
    assert waiting(published.meeting) == Counter()


def test_a_move_to_where_the_meeting_is_already_comes_back_with_a_sentence(published: Published) -> None:
    move = f"{published.page}/move"
    answer = confirmed(published.browser, move)

    assert answer.status_code == 422
    assert "The meeting is then and there already." in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"starts_at": "x", "ends_at": "y"},
        {"starts_at": "2027-01-01", "ends_at": "2027-01-02", "version": "1"},
        {"starts_at": "2027-01-01T12:00Z", "ends_at": "2027-01-01T13:00Z", "version": "1", "room": "a\0b"},
    ],
)
def test_an_undo_that_means_nothing_moves_nothing(published: Published, typed: dict[str, str]) -> None:
    was = published.meeting.starts_at
    form = {"csrf_token": token(published.browser)} | typed
    page = told(published.browser, published.browser.post(f"{published.page}/move-back", data=form))

    assert "This cannot be undone from here." in page
    db.session.expire_all()
    assert db.session.get_one(Meeting, published.meeting.id).starts_at == was


def test_the_pages_before_the_buttons_say_who_hears_and_change_nothing(published: Published) -> None:
    move = preview(published.browser, f"{published.page}/move", start="07:07").text
    cancel = published.browser.get(f"{published.page}/cancel").text

    assert "Move, send 3 mails" in move
    assert "Cancel, send 3 mails" in cancel
    assert "<b>0</b>" not in move + cancel
    assert "No mail goes out for 1 min" in move
    assert waiting(published.meeting) == Counter()
    assert db.session.get_one(Meeting, published.meeting.id).state is MeetingState.PUBLISHED


def test_cancelling_tells_everybody_and_gives_the_cases_back_whole(published: Published) -> None:
    case_id, question = published.item.case_id, published.item.case.question
    cancel = f"{published.page}/cancel"
    page = told(published.browser, post(published.browser, cancel, cancel, why="A holiday"))

    assert "Cancelled. 3 mails on the way." in page
    assert "This meeting is cancelled: A holiday." in page
    assert waiting(published.meeting) == Counter({NoticeKind.CANCELLED: 3})
    assert {notice.facts["why"] for notice in notices_of(published.meeting, NoticeState.OWED)} == {"A holiday"}
    case = db.session.get_one(Case, case_id)
    assert (case.state, case.question) == (CaseState.ACCEPTED, question)
    listed = select(AgendaItem).where(AgendaItem.case_id == case_id, AgendaItem.taken_off_at.is_(None))
    assert db.session.scalars(listed).unique().all() == []


def test_own_words_go_with_the_listed_reason(published: Published) -> None:
    cancel = f"{published.page}/cancel"
    told(
        published.browser,
        post(published.browser, cancel, cancel, why="A holiday", own_words="the house is closed until Monday"),
    )

    whys = {notice.facts["why"] for notice in notices_of(published.meeting, NoticeState.OWED)}
    assert whys == {"A holiday: the house is closed until Monday"}


def test_cancelling_twice_cancels_once(published: Published) -> None:
    cancel = f"{published.page}/cancel"
    form = {"csrf_token": token(published.browser), "version": str(published.meeting.version), "why": "A holiday"}
    published.browser.post(cancel, data=form)
    again = told(published.browser, published.browser.post(cancel, data=form))

    assert "This cannot be done now: it is “Cancelled”." in again
    assert waiting(published.meeting) == Counter({NoticeKind.CANCELLED: 3})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a reason."),
        ({"why": "nonsense"}, "Choose one of the list."),
        ({"why": "own"}, "Say why, in a few words."),
        ({"why": "own", "own_words": "x" * 201}, "1 character too many. Shorten this to 200; nothing was cut off."),
        ({"why": "own", "own_words": "a\x00b"}, "There are characters here that cannot be shown."),
    ],
)
def test_a_cancellation_without_a_reason_comes_back_whole(
    published: Published, typed: dict[str, str], sentence: str
) -> None:
    cancel = f"{published.page}/cancel"
    answer = post(published.browser, cancel, cancel, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert waiting(published.meeting) == Counter()


def test_before_publishing_the_pages_say_that_nobody_hears_of_it(sign_in: SignIn) -> None:
    coordinator = a_person()
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    browser = sign_in(coordinator)
    move = preview(browser, f"/meetings/{meeting.id}/move", start="07:07").text
    for page in (move, browser.get(f"/meetings/{meeting.id}/cancel").text):
        assert "Nobody: the agenda is not published yet" in page
        assert "<b>0</b>" not in page


def test_a_board_that_meets_at_the_same_hour_every_day_can_be_moved(published: Published) -> None:
    a_meeting(published.meeting.board, starts_in=timedelta(days=4)).starts_at = published.meeting.starts_at + timedelta(
        days=1
    )
    db.session.commit()
    assert "Move, send 3 mails" in preview(published.browser, f"{published.page}/move", start="07:07").text


@pytest.mark.parametrize("text", NONSENSE)
def test_whatever_is_typed_into_the_form_is_answered_with_a_sentence(published: Published, text: str) -> None:
    move = f"{published.page}/move"
    answer = confirmed(published.browser, move, date=text, start=text, minutes=text)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert waiting(published.meeting) == Counter()


@pytest.fixture
def board(sign_in: SignIn) -> Iterator[tuple[Board, FlaskClient]]:
    """A board and its coordinator's browser, on 23-Nov-2026."""
    with time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC)):
        coordinator = a_person()
        yield a_board((coordinator, BoardRole.COORDINATOR)), sign_in(coordinator)


def plan(board: tuple[Board, FlaskClient], **typed: str) -> tuple[int, str]:
    """Status and text of the answer to a planned meeting."""
    new = f"/boards/{board[0].slug}/meetings/new"
    answer = confirmed(board[1], new, **({"date": "", "start": "", "minutes": ""} | typed))
    return answer.status_code, unescape(answer.text)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter the date as 23-Nov-2026."),
        ({"date": "soon", "start": "13:00", "minutes": "90"}, "Enter the date as 23-Nov-2026."),
        ({"date": "01-Mar-2027", "start": "25:00", "minutes": "90"}, "Enter the time as 13:00."),
        (
            {"date": "01-Mar-2027", "start": "13:00", "minutes": "many"},
            "Enter the length in whole minutes, like 90: from 5 to 600.",
        ),
        ({"date": "01-Mar-2027", "start": "13:00", "minutes": "100000"}, "from 5 to 600"),
        ({"date": "01-Mar-2027", "start": "13:00", "minutes": "4"}, "between 5 minutes and 10 hours"),
        ({"date": "01-Mar-1850", "start": "13:00", "minutes": "90"}, "Choose a time that is still to come."),
        ({"date": "01-Jan-0001", "start": "00:00", "minutes": "90"}, "Choose a"),
        ({"date": "31-Dec-9999", "start": "23:59", "minutes": "90"}, "Choose a date within the next two years."),
        ({"date": "14-Mar-2027", "start": "02:30", "minutes": "90"}, "02:30 does not exist on 14-Mar-2027"),
        ({"date": "07-Nov-2027", "start": "01:30", "minutes": "90"}, "01:30 comes twice on 07-Nov-2027"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_with_a_sentence(
    board: tuple[Board, FlaskClient], typed: dict[str, str], sentence: str
) -> None:
    status, page = plan(board, **typed)

    assert status == 422
    assert sentence in page
    assert all(f'value="{text}"' in page for text in typed.values())
    assert db.session.scalars(select(Meeting)).all() == []


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ({"date": "02-Dec-2026", "start": "13:00"}, datetime(2026, 12, 2, 18, tzinfo=UTC)),
        ({"date": "02.12.2026", "start": "8:30"}, datetime(2026, 12, 2, 13, 30, tzinfo=UTC)),
        # The hours before and after the one that comes twice that night.
        ({"date": "07-Nov-2027", "start": "00:59"}, datetime(2027, 11, 7, 4, 59, tzinfo=UTC)),
        ({"date": "07-Nov-2027", "start": "02:00"}, datetime(2027, 11, 7, 7, tzinfo=UTC)),
    ],
)
def test_a_planned_meeting_starts_by_the_clocks_of_its_board(
    board: tuple[Board, FlaskClient], typed: dict[str, str], instant: datetime
) -> None:
    status, _ = plan(board, minutes="90", **typed)

    assert status == 303
    [meeting] = db.session.scalars(select(Meeting))
    assert (meeting.starts_at, meeting.minutes, meeting.state) == (instant, 90, MeetingState.PLANNED)
    assert notices_of(meeting) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"date": "14-Mar-2027", "start": "02:30"}, "02:30 does not exist on 14-Mar-2027: the clocks go forward."),
        ({"date": "07-Nov-2027", "start": "01:30"}, "01:30 comes twice on 07-Nov-2027: the clocks go back."),
    ],
)
def test_a_move_into_an_hour_that_the_clocks_skip_or_repeat_is_refused(
    board: tuple[Board, FlaskClient], typed: dict[str, str], sentence: str
) -> None:
    meeting = a_meeting(board[0])
    move = f"/meetings/{meeting.id}/move"

    answer = confirmed(board[1], move, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert meeting.starts_at == db.session.get_one(Meeting, meeting.id, populate_existing=True).starts_at


def test_the_zone_of_a_date_to_be_chosen_has_no_distance_from_utc(board: tuple[Board, FlaskClient]) -> None:
    meeting = a_meeting(board[0])
    for page in (f"/meetings/{meeting.id}/move", f"/boards/{board[0].slug}/meetings/new"):
        form = board[1].get(page).text.partition('<form class="tb-sheet')[2]
        assert "By the clocks of the board: Eastern Time." in form
        assert "UTC" not in re.sub("<[^>]+>", "", form)


def test_past_meetings_are_mine_too_latest_first_and_page_by_page(sign_in: SignIn) -> None:
    person, stranger = a_person(), a_person()
    board = a_board((person, BoardRole.CORE))
    past = [a_meeting(board, starts_in=timedelta(days=-days)) for days in range(1, 28)]
    coming = a_meeting(board)
    browser = sign_in(person)

    first = browser.get("/meetings/past").text
    places = [first.index(f'"/meetings/{meeting.id}"') for meeting in past[:25]]
    assert places == sorted(places)
    assert str(past[25].id) not in first
    assert str(coming.id) not in first
    assert str(past[0].id) not in browser.get("/meetings").text

    second = browser.get(unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])).text
    assert [str(meeting.id) in second for meeting in past[24:]] == [False, True, True]
    assert "First page" in second
    assert str(past[0].id) not in sign_in(stranger).get("/meetings/past").text


def test_my_meetings_are_those_of_my_boards_and_where_i_am_a_guest(published: Published, sign_in: SignIn) -> None:
    for person, role in (
        (published.coordinator, "Coordinator"),
        (published.member, "Core member"),
        (published.guest, "Guest"),
    ):
        page = sign_in(person).get("/meetings").text
        assert published.page in page
        assert f">{role}</td>" in page
    assert published.page not in sign_in(a_person()).get("/meetings").text


def test_a_reader_elsewhere_sees_both_clocks(published: Published, sign_in: SignIn) -> None:
    page = sign_in(published.member).get(published.page).text
    for zone in (published.meeting.board.time_zone, BERLIN):
        assert f"{published.meeting.starts_at.astimezone(ZoneInfo(zone)):%H:%M}" in page


def test_buttons_are_shown_to_those_who_may_press_them_and_a_stranger_sees_nothing(
    published: Published, sign_in: SignIn
) -> None:
    assert "Move…" in published.browser.get(published.page).text
    for person in (published.member, published.guest):
        browser = sign_in(person)
        page = browser.get(published.page).text
        assert "Move…" not in page
        assert "Mails of this meeting" not in page
        for act in ("move", "cancel"):
            assert browser.get(f"{published.page}/{act}").status_code == 403
    assert sign_in(a_person()).get(published.page).status_code == 404
