"""Today shows each person what needs them, and nobody more than they may see."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import BERLIN, a_board, a_case, a_listed_case, a_meeting, a_patient, a_person, an_actor
from tests.web.case_pages import a_form, autosave
from tests.web.test_cases import counted
from tumorboard.domain import agenda
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Notice
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseState, Discipline, NoticeState, Office

pytestmark = pytest.mark.usefixtures("app")


def test_a_submitter_finds_drafts_cases_and_meetings(app: Flask, sign_in: SignIn) -> None:
    ada = a_person(time_zone=BERLIN)
    board = a_board((ada, BoardRole.CORE))
    meeting = a_meeting(board)
    a_case(board, ada, patient=a_patient("Emberlane"), state=CaseState.RETURNED)
    browser, draft_id = sign_in(ada), new_id()
    autosave(browser, a_form(board, ada), draft_id)
    page = browser.get("/").text
    assert 'href="/cases/new"' in page
    assert f"/cases/{draft_id}/draft" in page
    assert "Emberlane" in page
    assert "Returned for information" in page
    assert f"/meetings/{meeting.id}" in page
    assert "Core member" in page
    assert " CE" in page
    assert "Waits for you" not in page


def test_a_coordinator_finds_what_waits_and_which_mails_failed(sign_in: SignIn) -> None:
    ruth = a_person(discipline=Discipline.COORDINATION)
    board, quiet = a_board((ruth, BoardRole.COORDINATOR)), a_board((ruth, BoardRole.COORDINATOR))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, a_person()))
    for _ in range(3):
        a_case(board, a_person())
    with transaction():
        agenda.publish(meeting, an_actor(ruth), version=meeting.version)
    notice = db.session.scalars(select(Notice).limit(1)).one()
    notice.state, notice.due_at = NoticeState.FAILED, None
    db.session.commit()
    page = " ".join(sign_in(ruth).get("/").text.split())
    assert "3 cases to triage" in page
    assert "no cases to triage" in page
    assert f"/queue?board={quiet.slug}" in page
    assert f"1 of the {board.full_name}" in page
    assert "1 case listed" in page


@pytest.mark.parametrize("office", list(Office))
def test_an_office_shows_nothing_of_patients(office: Office, sign_in: SignIn) -> None:
    somebody, ada = a_person(office=office), a_person()
    a_case(a_board(), ada, patient=a_patient("Emberlane"))
    page = sign_in(somebody).get("/").text
    assert "Emberlane" not in page
    assert "Submit a case" not in page
    assert "Nothing needs you today." in page


def test_what_is_over_is_not_coming(sign_in: SignIn) -> None:
    ada = a_person()
    board = a_board((ada, BoardRole.CORE))
    over = a_meeting(board, starts_in=timedelta(days=-2))
    page = sign_in(ada).get("/").text
    assert str(over.id) not in page
    assert "No meeting of yours is coming up." in page


def test_today_asks_as_much_for_one_of_each_as_for_many(sign_in: SignIn) -> None:
    ada = a_person()
    board = a_board((ada, BoardRole.CHAIR))
    browser = sign_in(ada)
    a_meeting(board)
    a_case(board, ada)
    autosave(browser, a_form(board, ada), new_id())
    with counted() as for_one:
        browser.get("/")
    for _ in range(5):
        a_meeting(board)
        a_case(board, ada)
        autosave(browser, a_form(board, ada), new_id())
    with counted() as for_many:
        browser.get("/")
    assert len(for_many) == len(for_one)
