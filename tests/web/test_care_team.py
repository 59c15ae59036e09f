"""Who looks after a patient, and whom a case invites."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_listed_case, a_meeting, a_patient, a_person, an_actor
from tests.web.case_pages import send
from tests.web.pages import all_sent, post, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, CareTeamMember, Case, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, NoticeKind, Office


@pytest.fixture
def ada(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def nurse(app: Flask) -> Person:
    return a_person(discipline=Discipline.NURSING)


@pytest.fixture
def case(ada: Person) -> Case:
    """A case on a published agenda whose mails are out, with its submitter on the care team."""
    ruth, patient = a_person(), a_patient()
    board = a_board((ruth, BoardRole.COORDINATOR))
    a_care_team_member(patient, ada, lead=True)
    case, meeting = a_case(board, ada, patient=patient), a_meeting(board)
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(ruth), version=meeting.version)
    all_sent(meeting)
    return case


@pytest.fixture
def browser(ada: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(ada)


def owed() -> list[tuple[Person, NoticeKind]]:
    db.session.expire_all()
    waiting = db.session.scalars(select(Notice).where(Notice.due_at.is_not(None)).order_by(Notice.id))
    return [(notice.person, notice.kind) for notice in waiting]


def join(browser: FlaskClient, case: Case, person: str) -> object:
    return post(browser, f"/cases/{case.id}", f"/cases/{case.id}/care-team", person=person)


def test_somebody_added_is_on_the_page_and_alone_hears_of_the_meeting(
    browser: FlaskClient, case: Case, nurse: Person
) -> None:
    page = told(browser, join(browser, case, str(nurse.id)))  # type: ignore[arg-type]
    assert "Added to the care team." in page
    assert f"{nurse.family_name}, {nurse.given_name} joined the care team" in " ".join(page.split())
    assert sorted(owed(), key=lambda each: each[1]) == [(nurse, NoticeKind.AGENDA), (nurse, NoticeKind.INVITATION)]
    join(browser, case, str(nurse.id))
    assert len(owed()) == 2


def test_somebody_taken_off_loses_the_meeting_and_nobody_else_hears(
    browser: FlaskClient, case: Case, nurse: Person
) -> None:
    join(browser, case, str(nurse.id))
    meeting = db.session.scalars(select(Meeting)).one()
    all_sent(meeting)
    page = told(browser, post(browser, f"/cases/{case.id}", f"/cases/{case.id}/care-team/{nurse.id}/leave"))
    assert f"{nurse.family_name}, {nurse.given_name} left the care team" in " ".join(page.split())
    assert owed() == [(nurse, NoticeKind.REMOVED)]


@pytest.mark.parametrize("person", ["", "garbage", "\x00", "0190b6a0-0000-7000-8000-000000000000"])
def test_nobody_is_added_who_is_not_in_the_list(browser: FlaskClient, case: Case, person: str) -> None:
    answer = join(browser, case, person)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Choose somebody from the list." in answer.text  # type: ignore[attr-defined]
    assert owed() == []


def test_an_administrator_joins_no_care_team(browser: FlaskClient, case: Case) -> None:
    administrator = a_person(office=Office.ADMINISTRATOR)
    assert join(browser, case, str(administrator.id)).status_code == 422  # type: ignore[attr-defined]


def test_who_is_unticked_is_not_invited_and_who_joined_meanwhile_is(
    browser: FlaskClient, case: Case, nurse: Person, ada: Person
) -> None:
    surgeon = a_person(discipline=Discipline.SURGERY)
    for person in (nurse, surgeon):
        join(browser, case, str(person.id))
    all_sent(db.session.scalars(select(Meeting)).one())
    shown = {"shown": str(nurse.id)}  # the page was drawn before the surgeon joined
    assert send(browser, "guests", shown, case.id).status_code == 303
    assert owed() == [(nurse, NoticeKind.REMOVED)]
    assert send(browser, "guests", shown, case.id).status_code == 303
    db.session.expire_all()
    chosen = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.GUESTS_CHOSEN)).all()
    assert len(chosen) == 1
    all_sent(db.session.scalars(select(Meeting)).one())
    assert send(browser, "guests", shown | {"guest": str(nurse.id)}, case.id).status_code == 303
    assert (nurse, NoticeKind.INVITATION) in owed()


def test_who_may_not_see_the_case_changes_nothing(case: Case, nurse: Person, sign_in: SignIn) -> None:
    stranger = sign_in(nurse)
    assert send(stranger, "care-team", {"person": str(nurse.id)}, case.id).status_code == 404
    assert send(stranger, "guests", {}, case.id).status_code == 404
    members = db.session.scalars(select(CareTeamMember).where(CareTeamMember.person_id == nurse.id)).all()
    assert members == []
