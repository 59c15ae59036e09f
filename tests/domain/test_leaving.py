"""Leaving: what somebody held goes to whom it was handed, and nothing of theirs stays open."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.pages import all_sent, notices_of
from tumorboard.domain import agenda, leaving
from tumorboard.domain.leaving import Deactivate
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Meeting, Notice, Patient, Person, WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, Office


@dataclass
class Leaver:
    """A nurse on a board and a care team that she leads, as key worker too, with a meeting in her calendar."""

    nurse: Person
    other: Person
    coordinator: Person
    administrator: Person
    patient: Patient
    meeting: Meeting

    def leave(self) -> list[Notice]:
        with transaction():
            return leaving.deactivate(
                self.nurse, Deactivate(self.other.id, self.other.id), an_actor(self.administrator)
            )


@pytest.fixture
def leaver(app: Flask) -> Leaver:
    nurse, other = (a_person(discipline=Discipline.NURSING) for _ in range(2))
    coordinator, administrator = a_person(discipline=Discipline.COORDINATION), a_person(office=Office.ADMINISTRATOR)
    board, patient = a_board((coordinator, BoardRole.COORDINATOR), (nurse, BoardRole.CORE)), a_patient()
    a_care_team_member(patient, nurse, lead=True).key_worker = True
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, coordinator, patient=patient))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    all_sent(meeting)
    return Leaver(nurse, other, coordinator, administrator, patient, meeting)


def test_the_lead_and_the_key_worker_are_handed_over_and_history_stays(leaver: Leaver) -> None:
    leaver.leave()
    rows = db.session.scalars(select(CareTeamMember).order_by(CareTeamMember.joined_at, CareTeamMember.id)).all()

    assert [(row.person_id, row.lead, row.key_worker, row.left_at is None) for row in rows] == [
        (leaver.nurse.id, True, True, False),
        (leaver.other.id, True, True, True),
    ]
    [place] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == leaver.nurse.id))
    assert place.left_at is not None


def test_one_cancel_to_the_leaver_and_an_invitation_to_the_successor_alone(leaver: Leaver) -> None:
    leaver.leave()
    new = [(each.kind, each.person_id) for each in notices_of(leaver.meeting) if each.sent_at is None]
    assert sorted(new) == sorted(
        [
            (NoticeKind.REMOVED, leaver.nurse.id),
            (NoticeKind.INVITATION, leaver.other.id),
            (NoticeKind.AGENDA, leaver.other.id),
        ]
    )


def test_the_successor_is_told_of_the_places_once(leaver: Leaver) -> None:
    leaver.leave()
    [notice] = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.HANDED_OVER))
    assert notice.person_id == leaver.other.id
    assert notice.facts["what"] == "You are lead of 1 care team and key worker of 1 care team from now on"


def test_no_session_stays_open_and_coming_back_brings_no_rights(leaver: Leaver, sign_in: SignIn) -> None:
    browser = sign_in(leaver.nurse)
    assert browser.get("/").status_code == 200
    leaver.leave()
    assert browser.get("/").status_code == 302
    db.session.expire_all()
    assert all(each.ended_at for each in db.session.scalars(select(WebSession).filter_by(person_id=leaver.nurse.id)))

    officer = a_person(office=Office.PRIVACY_OFFICER)
    with transaction():
        leaving.reactivate(leaver.nurse, an_actor(leaver.administrator))
    owed = db.session.scalars(select(Notice).where(Notice.sent_at.is_(None), Notice.meeting_id.is_(None)))
    told = {(each.kind, each.person_id) for each in owed}
    assert {(NoticeKind.ACCOUNT_CHANGED, leaver.nurse.id), (NoticeKind.OVERSIGHT, officer.id)} <= told
    page = sign_in(leaver.nurse).get(f"/meetings/{leaver.meeting.id}")
    assert page.status_code == 404


def refusal(person: Person, act: Deactivate, by: Person) -> Refused:
    with pytest.raises(Refused) as caught, transaction():
        leaving.deactivate(person, act, an_actor(by))
    return caught.value


def test_a_lead_without_a_successor_a_last_coordinator_and_oneself_are_refused(leaver: Leaver) -> None:
    nobody, administrator = Deactivate(), leaver.administrator
    assert refusal(leaver.nurse, nobody, administrator).field == "leads_to"
    assert refusal(leaver.nurse, Deactivate(leaver.coordinator.id, leaver.other.id), administrator).field == "leads_to"
    assert "would have no coordinator" in refusal(leaver.coordinator, nobody, administrator).sentence
    assert refusal(administrator, nobody, administrator).code is Code.NOT_ALLOWED
    assert refusal(leaver.nurse, nobody, leaver.coordinator).code is Code.NOT_ALLOWED
    db.session.expire_all()
    assert leaver.nurse.deactivated_at is None
    assert notices_of(leaver.meeting)[-1].sent_at is not None


def test_the_last_privacy_officer_stays_until_there_is_another(app: Flask) -> None:
    last, administrator = a_person(office=Office.PRIVACY_OFFICER), a_person(office=Office.ADMINISTRATOR)
    assert "Nobody else is privacy officer" in refusal(last, Deactivate(), administrator).sentence
    a_person(office=Office.PRIVACY_OFFICER)
    with transaction():
        leaving.deactivate(last, Deactivate(), an_actor(administrator))
    assert last.deactivated_at is not None
