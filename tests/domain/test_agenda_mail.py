"""The hour of the agenda mail: what waits for it, what replaces what waits, and what goes out at once."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor, an_instant
from tumorboard.domain import agenda, board_members, meetings
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.domain.notices import Facts
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, NoticeState

HOUR = time(17)


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def meeting(coordinator: Person) -> Meeting:
    """Of a board whose agenda goes out at 17:00 there, in five days at noon."""
    board = a_board((coordinator, BoardRole.COORDINATOR), (a_person(), BoardRole.CORE))
    board.agenda_mail_at = HOUR
    meeting = a_meeting(board)
    zone = ZoneInfo(board.time_zone)
    day = (an_instant() + timedelta(days=5)).astimezone(zone).date()
    meeting.starts_at = datetime.combine(day, time(12), zone)
    meeting.ends_at = meeting.starts_at + timedelta(hours=1)
    a_listed_case(meeting, a_case(board, a_person()))
    db.session.commit()
    return meeting


def on_the_clock(meeting: Meeting, days_before: int, hour: int) -> datetime:
    zone = ZoneInfo(meeting.board.time_zone)
    day = meeting.starts_at.astimezone(zone).date() - timedelta(days=days_before)
    return datetime.combine(day, time(hour), zone)


def publish(meeting: Meeting, coordinator: Person, at: datetime, *, at_once: bool = False) -> None:
    with transaction():
        agenda.publish(meeting, an_actor(coordinator, at), version=meeting.version, at_once=at_once)


def list_another(meeting: Meeting) -> None:
    with transaction():
        a_listed_case(meeting, a_case(meeting.board, a_person()))


def agendas(meeting: Meeting) -> list[Notice]:
    db.session.expire_all()
    query = select(Notice).where(
        Notice.meeting_id == meeting.id, Notice.kind == NoticeKind.AGENDA, Notice.state == NoticeState.OWED
    )
    return list(db.session.scalars(query))


def due(meeting: Meeting) -> set[datetime | None]:
    return {notice.due_at for notice in agendas(meeting)}


def test_published_before_the_hour_the_agenda_waits_and_invitations_do_not(
    meeting: Meeting, coordinator: Person
) -> None:
    at = on_the_clock(meeting, days_before=3, hour=10)
    publish(meeting, coordinator, at)
    assert due(meeting) == {on_the_clock(meeting, days_before=3, hour=17)}
    invitations = select(Notice.due_at).where(Notice.kind == NoticeKind.INVITATION)
    assert set(db.session.scalars(invitations)) == {at}


@pytest.mark.parametrize(("days_before", "hour"), [(3, 17), (3, 18), (0, 9)])
def test_after_the_hour_or_too_near_the_meeting_it_goes_out_at_once(
    meeting: Meeting, coordinator: Person, days_before: int, hour: int
) -> None:
    at = on_the_clock(meeting, days_before, hour)
    publish(meeting, coordinator, at)
    assert due(meeting) == {at}


def test_it_can_be_sent_at_once(meeting: Meeting, coordinator: Person) -> None:
    at = on_the_clock(meeting, days_before=3, hour=10)
    publish(meeting, coordinator, at, at_once=True)
    assert due(meeting) == {at}


def test_a_later_version_replaces_what_waits_and_after_the_hour_goes_out_at_once(
    meeting: Meeting, coordinator: Person
) -> None:
    publish(meeting, coordinator, on_the_clock(meeting, days_before=3, hour=10))
    list_another(meeting)
    publish(meeting, coordinator, on_the_clock(meeting, days_before=3, hour=11))
    assert due(meeting) == {on_the_clock(meeting, days_before=3, hour=17)}
    facts = [Facts.from_json(notice.facts) for notice in agendas(meeting)]
    assert {(each.agenda_version, each.changes) for each in facts} == {(2, ())}, "nobody has read version 1"
    assert len({notice.person_id for notice in agendas(meeting)}) == len(facts)

    with transaction():
        for notice in agendas(meeting):
            notice.state, notice.due_at, notice.sent_at = NoticeState.SENT, None, an_instant()
    list_another(meeting)
    next_day = on_the_clock(meeting, days_before=2, hour=10)
    publish(meeting, coordinator, next_day)
    assert due(meeting) == {next_day}
    assert any(Facts.from_json(notice.facts).changes for notice in agendas(meeting))


def test_who_joins_meanwhile_waits_with_the_others(meeting: Meeting, coordinator: Person) -> None:
    publish(meeting, coordinator, on_the_clock(meeting, days_before=3, hour=10))
    with transaction():
        by = an_actor(coordinator, on_the_clock(meeting, days_before=3, hour=11))
        board_members.add(meeting.board, newcomer := a_person(), BoardRole.CORE, by)
    assert newcomer.id in {notice.person_id for notice in agendas(meeting)}
    assert due(meeting) == {on_the_clock(meeting, days_before=3, hour=17)}


def test_a_meeting_that_is_cancelled_or_comes_nearer_takes_the_waiting_mails_along(
    meeting: Meeting, coordinator: Person
) -> None:
    publish(meeting, coordinator, on_the_clock(meeting, days_before=3, hour=10))
    at = on_the_clock(meeting, days_before=3, hour=11)
    soon = replace(
        meetings.as_it_is(meeting),
        starts_at=on_the_clock(meeting, days_before=3, hour=18),
        ends_at=on_the_clock(meeting, days_before=3, hour=19),
        why="The room is needed.",
    )
    with transaction():
        meetings.move(meeting, soon, an_actor(coordinator, at), mails_wait=timedelta(minutes=1))
    assert due(meeting) == {at + timedelta(minutes=1)}
    with transaction():
        act = CancelMeeting(why="Nobody can come.", version=meeting.version)
        meetings.cancel(meeting, act, an_actor(coordinator, at))
    assert agendas(meeting) == []
