"""Answering on a meeting's page, and by the link in a mail without signing in."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import SignIn
from tests.domain.town import Town, dates, rule
from tests.factories import a_board, a_care_team_member, a_case, a_listed_case, a_meeting, a_person, an_actor
from tests.web.pages import NONSENSE, filled_in, main_part, told
from tumorboard.domain import agenda, answers, invitations
from tumorboard.domain.answers import GiveAnswer
from tumorboard.mail import wording
from tumorboard.mail.from_notice import letter_of
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Meeting, Notice, Patient, Person
from tumorboard.storage.queries import agendas
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, AuditAct, BoardRole, Discipline, MeetingState, NoticeKind


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def nurse(app: Flask) -> Person:
    return a_person(discipline=Discipline.NURSING, time_zone="Asia/Kolkata")


@pytest.fixture
def meeting(coordinator: Person, nurse: Person) -> Meeting:
    """Published, with a case on its agenda."""
    board = a_board((coordinator, BoardRole.COORDINATOR), (nurse, BoardRole.CORE))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, coordinator))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    return meeting


def link_of(person: Person, kind: NoticeKind = NoticeKind.AGENDA) -> str:
    """The path of the link in the mail that waits for this person."""
    notice = db.session.scalars(select(Notice).where(Notice.person_id == person.id, Notice.kind == kind)).one()
    letter = letter_of(notice, base_url="http://127.0.0.1:8000", mail_from="boards@larkmoor.example")
    found = re.search(r"yes, no or maybe\nhttp://127\.0\.0\.1:8000(\S+)", wording.text(letter))
    assert found
    return found[1]


def answer(browser: FlaskClient, page: str, action: str, **typed: str) -> str:
    """Sends one of the page's forms and says what the page that follows says."""
    known = filled_in(browser.get(page).text, action)
    return told(browser, browser.post(action, data=known | typed))


def said(meeting: Meeting) -> dict[Person, tuple[str, str]]:
    db.session.expire_all()
    return {each.person: (each.answer.value, each.reason) for each in answers.given_to(meeting).values()}


def test_a_member_answers_on_the_page(sign_in: SignIn, meeting: Meeting, nurse: Person) -> None:
    browser, page = sign_in(nurse), f"/meetings/{meeting.id}"
    assert "Not answered yet" in browser.get(page).text
    assert "You are coming on" in answer(browser, page, f"{page}/answer", answer="yes")
    assert "You are not coming" in answer(browser, page, f"{page}/answer", answer="no", reason="On leave")
    assert said(meeting) == {nurse: ("no", "On leave")}
    answered = select(AuditEntry).where(AuditEntry.act == AuditAct.MEETING_ANSWERED).order_by(AuditEntry.id)
    entries = db.session.scalars(answered).all()
    assert [entry.details for entry in entries] == [{"answer": "yes", "how": "page"}, {"answer": "no", "how": "page"}]


@pytest.mark.parametrize("kind", [NoticeKind.AGENDA, NoticeKind.INVITATION])
def test_a_mail_is_answered_without_signing_in(app: Flask, meeting: Meeting, nurse: Person, kind: NoticeKind) -> None:
    browser, path = app.test_client(), link_of(nurse, kind)
    page = unescape(browser.get(path).text)
    assert meeting.board.full_name in page
    assert "IST" in page
    assert said(meeting) == {}
    assert "You may come" in answer(browser, path, path, answer="maybe")
    assert said(meeting) == {nurse: ("maybe", "")}


def test_a_mail_about_a_series_leads_to_the_next_dates_each_with_its_own_answer(app: Flask) -> None:
    town = Town()
    made = town.begin(rule())
    browser, path = app.test_client(), link_of(town.pathologist, NoticeKind.SERIES_INVITATION)
    first, second = dates(made)[:2]
    page = browser.get(path).text
    assert page.count('value="yes"') == answers.DATES_SHOWN
    about = {"meeting": str(second.id), "starts_at": second.starts_at.isoformat()}
    assert "You are coming on" in answer(browser, path, path, answer="yes", **about)
    assert (said(first), said(second)) == ({}, {town.pathologist: ("yes", "")})


def test_the_page_of_a_link_shows_no_patient_and_nobody_else(app: Flask, meeting: Meeting, nurse: Person) -> None:
    page = app.test_client().get(link_of(nurse)).text
    names = set(db.session.scalars(select(Patient.family_name))) | set(db.session.scalars(select(Person.family_name)))
    assert {name for name in names if name in page} == {nurse.family_name}


def test_looking_changes_nothing_for_a_mail_scanner(app: Flask, meeting: Meeting, nurse: Person) -> None:
    path = link_of(nurse)
    for address in (path, f"{path}?answer=yes"):
        assert app.test_client().get(address).status_code == 200
        assert app.test_client().head(address).status_code == 200
    assert said(meeting) == {}


def test_a_wrong_link_and_an_old_one_get_the_same_page(app: Flask, meeting: Meeting, nurse: Person) -> None:
    browser, path = app.test_client(), link_of(nurse)
    form = filled_in(browser.get(path).text, path)
    meeting.state = MeetingState.CANCELLED
    db.session.commit()
    pages = [browser.get(each) for each in (path, path[:-1], "/answer/nothing")]
    pages.append(browser.post(path, data=form | {"answer": "yes"}))
    assert {page.status_code for page in pages} == {410}
    assert len({main_part(page) for page in pages}) == 1
    assert said(meeting) == {}


@pytest.mark.parametrize("field", ["answer", "starts_at", "meeting", "reason"])
def test_nonsense_is_answered_with_a_sentence(app: Flask, meeting: Meeting, nurse: Person, field: str) -> None:
    browser, path = app.test_client(), link_of(nurse)
    form = filled_in(browser.get(path).text, path) | {"answer": "no"}
    for nonsense in NONSENSE:
        given = browser.post(path, data=form | {field: nonsense})
        assert given.status_code in {303, 410}, nonsense
    assert all(reason == "" or field == "reason" for _, reason in said(meeting).values())


def test_a_link_is_answered_sixty_times_an_hour_at_the_most(app: Flask, meeting: Meeting, nurse: Person) -> None:
    browser, path = app.test_client(), link_of(nurse)
    form = filled_in(browser.get(path).text, path) | {"answer": "yes"}
    codes = [browser.post(path, data=form).status_code for _ in range(61)]
    assert codes == [303] * 60 + [429]


def test_who_leads_reads_answers_and_reasons_members_the_forecast_and_guests_neither(
    sign_in: SignIn, meeting: Meeting, coordinator: Person, nurse: Person
) -> None:
    guest = a_person()
    patient = meeting_patient(meeting)
    a_care_team_member(patient, guest)
    with transaction():
        invitations.settle_care_team(patient.id, {guest.id}, an_actor(coordinator))
        given = GiveAnswer(AnswerKind.NO, meeting.starts_at, "Theatre list")
        answers.give(meeting, given, an_actor(nurse))
    pages = {person: unescape(sign_in(person).get(f"/meetings/{meeting.id}").text) for person in (coordinator, nurse)}
    assert "“Theatre list”" in pages[coordinator]
    assert "add a member" in pages[coordinator]
    for page in pages.values():
        assert "Quorum forecast" in page
        assert "No SU, PA" in page
    theirs = sign_in(guest).get(f"/meetings/{meeting.id}").text
    assert "Do you come?" in theirs
    assert "Quorum forecast" not in theirs
    assert "Theatre list" not in theirs


def test_who_leads_asks_those_again_who_have_not_answered(
    app: Flask, sign_in: SignIn, meeting: Meeting, coordinator: Person, nurse: Person
) -> None:
    page = f"/meetings/{meeting.id}"
    assert "Not answered yet</h2>" not in sign_in(nurse).get(page).text
    browser = sign_in(coordinator)
    text = browser.get(page).text
    assert "so not again now" in text
    assert "Ask again" not in text
    with transaction():
        db.session.execute(update(Notice).values(created_at=Notice.created_at - timedelta(hours=13)))
    assert "Ask again, send 2 mails" in browser.get(page).text
    form = filled_in(browser.get(page).text, f"{page}/ask-again")
    assert "Asked again. 2 mails on the way." in told(browser, browser.post(f"{page}/ask-again", data=form))
    assert "within the last 12 hours" in told(browser, browser.post(f"{page}/ask-again", data=form))
    assert "Reminder to answer" in browser.get(f"{page}/notices").text
    waiting = select(Notice).where(Notice.person_id == nurse.id, Notice.kind == NoticeKind.ANSWER_ASKED)
    reminder = db.session.scalars(waiting).one()
    letter = letter_of(reminder, base_url="http://127.0.0.1:8000", mail_from="boards@larkmoor.example")
    path = letter.link.removeprefix("http://127.0.0.1:8000")
    assert "You are coming on" in answer(app.test_client(), path, path, answer="yes")
    assert said(meeting) == {nurse: ("yes", "")}


def test_boards_show_how_the_quorum_of_their_next_meetings_looks(
    sign_in: SignIn, meeting: Meeting, nurse: Person
) -> None:
    browser = sign_in(nurse)
    for page in ("/boards", f"/boards/{meeting.board.slug}"):
        assert "No SU, PA" in browser.get(page).text


def meeting_patient(meeting: Meeting) -> Patient:
    (item,) = agendas.listed_items(meeting.id)
    assert item.case.patient
    return item.case.patient
