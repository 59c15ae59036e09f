"""One's own cases, and one case whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.conftest import SignIn
from tests.factories import (
    BERLIN,
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.case_pages import a_form, send, typed_in
from tests.web.pages import main_part, post, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import AgendaItem, AuditEntry, Board, Case, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Discipline, NoticeKind, Office


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def ruth(app: Flask) -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def board(ruth: Person) -> Board:
    return a_board((ruth, BoardRole.COORDINATOR))


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile, by a request that finds nothing loaded before."""
    db.session.expunge_all()
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("office", Office)
def test_an_office_is_told_that_it_sees_no_cases_and_is_sent_to_no_coordinator(sign_in: SignIn, office: Office) -> None:
    answer = sign_in(a_person(office=office)).get("/cases")
    assert answer.status_code == 403
    assert "neither sees a case" in answer.text
    assert "coordinator" not in main_part(answer)


def test_cases_submitted_and_cases_of_ones_patients_are_listed_and_no_others(
    browser: FlaskClient, ada: Person, board: Board
) -> None:
    mine, theirs, other = a_patient("Emberlane"), a_patient("Dewberry"), a_patient("Larkspur")
    a_case(board, ada, patient=mine)
    a_case(board, a_person(), patient=theirs, state=CaseState.ACCEPTED)
    a_case(board, a_person(), patient=other)
    a_care_team_member(theirs, ada)
    page = browser.get("/cases").text
    assert "Emberlane" in page
    assert "Dewberry" in page
    assert "Larkspur" not in page
    accepted = browser.get("/cases?state=accepted").text
    assert "Dewberry" in accepted
    assert "Emberlane" not in accepted
    assert "No case of yours is “Signed”." in browser.get("/cases?state=signed").text
    seen = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.CASES_LISTED)).all()
    assert {mine.id, theirs.id} in [set(each.patient_ids) for each in seen]


def test_an_empty_list_says_what_would_be_here(browser: FlaskClient) -> None:
    page = browser.get("/cases").text
    assert "You have no cases yet." in page
    assert 'href="/cases/new"' in page


def test_the_list_goes_on_by_key_and_shows_each_case_once(browser: FlaskClient, ada: Person, board: Board) -> None:
    patient = a_patient()
    cases = [a_case(board, ada, patient=patient) for _ in range(27)]
    first = browser.get("/cases")
    address = first.text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    second = browser.get(address)
    shown = [[case for case in cases if f"/cases/{case.id}" in page.text] for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (25, 2)
    assert not {case.id for case in shown[0]} & {case.id for case in shown[1]}
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize(
    "query", ["state=nonsense", "state=draft", "after=x", "after=%00", "after=2026_1", "state=%ff"]
)
def test_a_garbled_address_leads_to_the_list(browser: FlaskClient, query: str) -> None:
    assert browser.get(f"/cases?{query}").status_code == 200


def test_the_list_asks_as_much_for_one_case_as_for_twenty(browser: FlaskClient, ada: Person, board: Board) -> None:
    a_case(board, ada)
    with counted() as for_one:
        browser.get("/cases")
    for _ in range(19):
        a_case(board, ada)
    with counted() as for_twenty:
        browser.get("/cases")
    assert len(for_twenty) == len(for_one)


def test_a_case_page_asks_the_same_however_much_is_on_it(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id, patient = new_id(), a_patient()
    small = a_case(board, ada, patient=patient)
    a_care_team_member(patient, ada)
    rows = {f"imaging-{row}-value": "Study" for row in range(20)}
    send(browser, "submit", a_form(board, ada) | rows, case_id)
    large = db.session.get_one(Case, case_id)
    assert large.patient
    for _ in range(8):
        a_care_team_member(large.patient, a_person())
    small_id = small.id
    with counted() as for_small:
        browser.get(f"/cases/{small_id}")
    with counted() as for_large:
        browser.get(f"/cases/{case_id}")
    # A case from before there were minimum data sets asks once more for what its board asks now.
    assert len(for_large) <= len(for_small)


def test_a_case_is_shown_whole_and_the_look_is_recorded(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    form = a_form(board, ada, clinical_summary="Screen-detected mass.", stage_t="2", prior_treatment="None so far")
    form |= {"imaging-0-value": "Mammogram", "imaging-0-number": "26-118204", "urgency": "urgent"}
    page = told(browser, send(browser, "submit", form | {"performance_status": "1"}, case_id))
    for text in ("Quillfeather, Anneliese", "14-Mar-1971", "0042 1783", "Surgery first, or chemotherapy first?"):
        assert text in page
    for text in ("Screen-detected mass.", "T2", "ECOG 1 Light work", "None so far", "Mammogram", "26-118204"):
        assert text in page
    assert "Urgent, next meeting" in page
    assert f"Submitted by {ada.family_name}, {ada.given_name}" in page
    looks = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.CASE_OPENED)).all()
    assert [(look.person_id, look.subject_ids) for look in looks] == [(ada.id, [case_id])]


def test_who_may_not_see_a_case_learns_nothing_of_it(ada: Person, board: Board, sign_in: SignIn) -> None:
    case = a_case(board, ada)
    stranger = sign_in(a_person())
    for answer in (stranger.get(f"/cases/{case.id}"), stranger.get(f"/cases/{new_id()}")):
        assert answer.status_code == 404
        assert "There is nothing at this address that you can see." in answer.text


@pytest.fixture
def listed(ada: Person, board: Board) -> AgendaItem:
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, a_person()), minutes=12)
    return a_listed_case(meeting, a_case(board, ada), minutes=10)


def test_a_listed_case_says_when_it_starts_in_the_readers_zone(
    listed: AgendaItem, ada: Person, ruth: Person, sign_in: SignIn
) -> None:
    ada.time_zone = BERLIN
    db.session.commit()
    page = " ".join(sign_in(ada).get(f"/cases/{listed.case_id}").text.split())
    starts_at = listed.meeting.starts_at + timedelta(minutes=12)
    assert f"{starts_at:%M} CE" in page
    assert "The board meets at" in page
    meeting = f'href="/meetings/{listed.meeting_id}"'
    assert meeting not in page
    assert meeting in sign_in(ruth).get(f"/cases/{listed.case_id}").text


def test_a_coordinator_accepts_from_the_cases_page_and_its_submitter_cannot(
    browser: FlaskClient, ada: Person, ruth: Person, board: Board, sign_in: SignIn
) -> None:
    case = a_case(board, ada)
    assert f"/cases/{case.id}/accept" not in browser.get(f"/cases/{case.id}").text
    post(sign_in(ruth), f"/cases/{case.id}", f"/cases/{case.id}/accept")
    page = browser.get(f"/cases/{case.id}").text
    assert f"Accepted by {ruth.family_name}" in page


def withdraw(browser: FlaskClient, case_id: UUID, why: str) -> Any:
    return post(browser, f"/cases/{case_id}", f"/cases/{case_id}/withdraw", why=why)


def test_a_case_is_withdrawn_with_a_reason_that_stays_with_it(browser: FlaskClient, ada: Person, board: Board) -> None:
    case = a_case(board, ada)
    refused = withdraw(browser, case.id, "  ")
    assert refused.status_code == 422
    assert "Say why, in a few words." in refused.text
    page = told(browser, withdraw(browser, case.id, "She chose another hospital <b>"))
    assert "Withdrawn" in page
    assert "She chose another hospital <b>" in page
    assert f"Withdrawn by {ada.family_name}" in page
    assert "Withdraw…" not in page
    assert withdraw_page_is_whole_without_scripts(browser, a_case(board, ada).id)


def withdraw_page_is_whole_without_scripts(browser: FlaskClient, case_id: UUID) -> bool:
    answer = post(browser, f"/cases/{case_id}/withdraw", f"/cases/{case_id}/withdraw", why="Entered twice")
    return "Entered twice" in told(browser, answer)


def test_two_people_do_not_overrule_each_other_unseen(
    browser: FlaskClient, ada: Person, ruth: Person, board: Board, sign_in: SignIn
) -> None:
    case = a_case(board, ada)
    stale = str(case.version)
    post(sign_in(ruth), f"/cases/{case.id}", f"/cases/{case.id}/accept")
    answer = send(browser, "withdraw", {"why": "Entered twice", "version": stale}, case.id)
    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text
    held = typed_in(answer)
    assert held["why"] == "Entered twice"
    assert "Entered twice" in told(browser, send(browser, "withdraw", held, case.id))


def test_withdrawing_a_published_case_takes_its_care_team_off_the_meeting_and_nobody_else(
    browser: FlaskClient, listed: AgendaItem, ruth: Person, board: Board, ada: Person
) -> None:
    nurse, meeting = a_person(discipline=Discipline.NURSING), db.session.get_one(Meeting, listed.meeting_id)
    assert listed.case.patient
    a_care_team_member(listed.case.patient, nurse)
    a_member(board, a_person())
    with transaction():
        agenda.publish(meeting, an_actor(ruth), version=meeting.version)
    for notice in db.session.scalars(select(Notice)):
        notice.state, notice.sent_at, notice.due_at = "sent", notice.created_at, None  # type: ignore[assignment]
    db.session.commit()
    withdraw(browser, listed.case_id, "Entered twice")
    db.session.expire_all()
    owed = db.session.scalars(select(Notice).where(Notice.due_at.is_not(None))).all()
    concerned = {nurse.id, listed.case.submitter_id}
    assert {(notice.person_id, notice.kind) for notice in owed} == {(each, NoticeKind.REMOVED) for each in concerned}


def test_no_address_and_no_flash_names_a_patient(browser: FlaskClient, ada: Person, board: Board) -> None:
    case_id = new_id()
    answer = send(browser, "submit", a_form(board, ada), case_id)
    cookie = browser.get_cookie("tb")
    assert answer.location == f"/cases/{case_id}"
    assert cookie is not None
    assert "Quillfeather" not in cookie.decoded_value
