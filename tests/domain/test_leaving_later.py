"""Leaving after a day: calendars follow at once, the account and what is handed over with the day, and once."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Servers, SignIn
from tests.domain.test_leaving import Leaver, leaver
from tests.factories import NEW_YORK, a_board, a_case, a_listed_case, a_meeting, a_person, an_actor, an_instant
from tests.web.pages import all_sent, notices_of
from tumorboard.domain import absences, agenda, board_members, leaving, leaving_later
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.leaving import Deactivate
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Meeting, Notice, Person
from tumorboard.storage.queries import leaving as questions
from tumorboard.storage.transaction import transaction
from tumorboard.tree import TREE
from tumorboard.vocabulary import BoardRole, NoticeKind, Office

__all__ = ["leaver"]


@pytest.fixture
def later(leaver: Leaver) -> Meeting:
    """A published meeting a week after the first one."""
    meeting = a_meeting(leaver.meeting.board, starts_in=timedelta(days=10))
    a_listed_case(meeting, a_case(meeting.board, leaver.coordinator, patient=leaver.patient))
    with transaction():
        agenda.publish(meeting, an_actor(leaver.coordinator), version=meeting.version)
    all_sent(meeting)
    return meeting


def plan(leaver: Leaver, days: int = 5) -> list[Notice]:
    """The nurse leaves with the end of the day that is so many days ahead."""
    last_day = datetime.now(ZoneInfo(NEW_YORK)).date() + timedelta(days=days)
    with transaction():
        return leaving_later.plan(
            leaver.nurse, Deactivate(leaver.other.id, leaver.other.id), last_day, an_actor(leaver.administrator)
        )


def carry_out(leaver: Leaver, days: int = 6) -> None:
    with transaction():
        leaving_later.carry_out(leaver.nurse.id, an_instant() + timedelta(days=days))


def owed_for(meeting: Meeting) -> set[tuple[NoticeKind, object]]:
    return {(each.kind, each.person_id) for each in notices_of(meeting) if each.sent_at is None}


def test_meetings_after_the_day_leave_the_calendar_now_and_those_before_it_stay(leaver: Leaver, later: Meeting) -> None:
    plan(leaver)
    assert owed_for(later) == {(NoticeKind.REMOVED, leaver.nurse.id)}
    assert owed_for(leaver.meeting) == set()
    assert leaver.nurse.deactivated_at is None
    [place] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == leaver.nurse.id))
    assert place.left_at == leaver.nurse.leaves_at
    assert leaver.nurse.leaves_at.astimezone(ZoneInfo(NEW_YORK)).hour == 0  # type: ignore[union-attr]


def test_when_the_day_is_over_the_account_ends_and_the_lead_goes_over_once(leaver: Leaver, later: Meeting) -> None:
    plan(leaver)
    all_sent(later)
    carry_out(leaver, days=4)
    assert leaver.nurse.deactivated_at is None
    for _ in range(2):
        carry_out(leaver)
    db.session.expire_all()
    assert leaver.nurse.deactivated_at is not None
    assert leaver.nurse.leaves_at is None
    rows = db.session.scalars(select(CareTeamMember).order_by(CareTeamMember.joined_at)).all()
    assert [(row.person_id, row.lead, row.key_worker) for row in rows] == [
        (leaver.nurse.id, True, True),
        (leaver.other.id, True, True),
    ]
    assert owed_for(later) == {(NoticeKind.INVITATION, leaver.other.id), (NoticeKind.AGENDA, leaver.other.id)}


def test_two_workers_carry_it_out_once(app: Flask, leaver: Leaver) -> None:
    plan(leaver, days=0)
    leaver.nurse.leaves_at = an_instant() - timedelta(seconds=1)
    db.session.commit()

    def work() -> None:
        with app.app_context(), transaction():
            leaving_later.carry_out(leaver.nurse.id, an_instant())

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.expire_all()
    assert leaver.nurse.deactivated_at is not None
    with_lead = db.session.scalars(select(CareTeamMember).where(CareTeamMember.lead, CareTeamMember.left_at.is_(None)))
    assert [row.person_id for row in with_lead] == [leaver.other.id]
    assert questions.due(an_instant()) == []


def test_the_account_opens_nothing_from_that_instant_on_even_when_no_worker_comes(
    leaver: Leaver, sign_in: SignIn
) -> None:
    plan(leaver)
    browser = sign_in(leaver.nurse)
    assert browser.get("/").status_code == 200
    leaver.nurse.leaves_at = an_instant() - timedelta(seconds=1)
    db.session.commit()
    assert browser.get("/").status_code == 302


def test_until_then_it_is_taken_back_whole(leaver: Leaver, later: Meeting) -> None:
    plan(leaver)
    all_sent(later)
    with transaction():
        leaving_later.keep(leaver.nurse, an_actor(leaver.administrator))
    db.session.expire_all()
    assert leaver.nurse.leaves_at is None
    for place in (BoardMember, CareTeamMember):
        assert [row.left_at for row in db.session.scalars(select(place).filter_by(person_id=leaver.nurse.id))] == [None]
    assert owed_for(later) == {(NoticeKind.INVITATION, leaver.nurse.id), (NoticeKind.AGENDA, leaver.nurse.id)}
    carry_out(leaver)
    assert leaver.nurse.deactivated_at is None
    with pytest.raises(Refused, match="not_now"):
        leaving_later.keep(leaver.nurse, an_actor(leaver.administrator))


def test_a_place_that_ends_that_day_anyway_stays_ended(leaver: Leaver) -> None:
    last_day = datetime.now(ZoneInfo(NEW_YORK)).date() + timedelta(days=5)
    [place] = db.session.scalars(select(BoardMember).where(BoardMember.person_id == leaver.nurse.id))
    with transaction():
        board_members.leave(place, an_actor(leaver.coordinator), last_day=last_day)
    plan(leaver)
    with transaction():
        leaving_later.keep(leaver.nurse, an_actor(leaver.administrator))
    db.session.expire_all()
    assert place.left_at is not None


def test_a_lead_that_nobody_took_over_is_told_to_whoever_watches(leaver: Leaver) -> None:
    officer = a_person(office=Office.PRIVACY_OFFICER)
    plan(leaver)
    with transaction():
        leaving.deactivate(leaver.other, Deactivate(), an_actor(leaver.administrator))
    carry_out(leaver)
    told = db.session.scalars(select(Notice).where(Notice.person_id == officer.id).order_by(Notice.created_at)).all()
    assert "2 places as lead or key worker of a care team nobody has taken over" in told[-1].facts["what"]
    assert {each.kind for each in told} == {NoticeKind.OVERSIGHT}
    assert len(told) == 3


def test_nobody_is_a_deputy_for_days_on_which_they_have_left(leaver: Leaver) -> None:
    plan(leaver, days=5)
    today = datetime.now(ZoneInfo(NEW_YORK)).date()

    def absent_until(days: int) -> None:
        act = AddAbsence(today, today + timedelta(days=days), leaver.nurse.id)
        with transaction():
            absences.add(leaver.other, act, an_actor(leaver.other))

    with pytest.raises(Refused) as caught:
        absent_until(6)
    assert caught.value.field == "deputy"
    absent_until(5)


def test_a_day_that_is_over_and_a_second_plan_are_refused(leaver: Leaver) -> None:
    with pytest.raises(Refused) as caught:
        plan(leaver, days=-1)
    assert caught.value.field == "last_day"
    plan(leaver)
    with pytest.raises(Refused, match="not_now"):
        plan(leaver)


def test_the_last_two_coordinators_cannot_both_plan_to_leave(app: Flask) -> None:
    first, second, administrator = a_person(), a_person(), a_person(office=Office.ADMINISTRATOR)
    a_board((first, BoardRole.COORDINATOR), (second, BoardRole.COORDINATOR))
    day = datetime.now(UTC).date() + timedelta(days=9)

    def leave(person: Person) -> None:
        with transaction():
            leaving_later.plan(person, Deactivate(), day, an_actor(administrator))

    leave(first)
    with pytest.raises(Refused, match="not_now"):
        leave(second)


def test_the_worker_carries_it_out(leaver: Leaver, servers: Servers) -> None:
    plan(leaver, days=0)
    leaver.nurse.leaves_at = an_instant() - timedelta(seconds=1)
    db.session.commit()
    task = "from workers.daily import carry_out_leavings; carry_out_leavings()"
    subprocess.run([sys.executable, "-c", task], cwd=TREE, env={**os.environ, **servers.environment}, check=True)
    db.session.expire_all()
    assert leaver.nurse.deactivated_at is not None
