"""Publishing an agenda: who is told, once each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import (
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
from tumorboard.domain import agenda, board_members, meetings
from tumorboard.domain.agenda import Arrange
from tumorboard.domain.meetings import CancelMeeting, PlanMeeting
from tumorboard.domain.notices import Facts
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Notice, Person
from tumorboard.storage.queries import board_members as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseState, NoticeKind, NoticeState

pytestmark = pytest.mark.usefixtures("app")


def told(person: Person) -> list[tuple[NoticeKind, NoticeState, int | None]]:
    """What this person is owed or was sent, oldest first."""
    query = select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)
    return [(notice.kind, notice.state, notice.sequence) for notice in db.session.scalars(query)]


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def meeting(coordinator: Person) -> Meeting:
    return a_meeting(a_board((coordinator, BoardRole.COORDINATOR), (a_person(), BoardRole.CORE)))


def waiting(person: Person) -> list[Notice]:
    query = select(Notice).where(Notice.person_id == person.id, Notice.state == NoticeState.OWED).order_by(Notice.id)
    return list(db.session.scalars(query))


def publish(meeting: Meeting, coordinator: Person) -> None:
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)


def sent(person: Person) -> None:
    """As if the workers had sent everything this person is owed."""
    for notice in db.session.scalars(select(Notice).where(Notice.person_id == person.id, Notice.due_at.is_not(None))):
        notice.state, notice.sent_at, notice.due_at = NoticeState.SENT, notice.created_at, None
    db.session.commit()


def test_members_and_care_team_get_one_agenda_and_one_invitation_each(meeting: Meeting, coordinator: Person) -> None:
    patient, nurse, both = a_patient(), a_person(), a_person()
    a_member(meeting.board, both)
    a_care_team_member(patient, nurse)
    a_care_team_member(patient, both)
    a_listed_case(meeting, a_case(meeting.board, coordinator, patient=patient))
    publish(meeting, coordinator)
    owed = {(NoticeKind.INVITATION, NoticeState.OWED, 0), (NoticeKind.AGENDA, NoticeState.OWED, None)}
    for person in (coordinator, nurse, both):
        assert set(told(person)) == owed
        assert len(told(person)) == 2


def test_a_move_tells_everybody_who_was_told_and_moving_back_in_time_tells_nobody(
    meeting: Meeting, coordinator: Person
) -> None:
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    sent(coordinator)
    before = meeting.starts_at
    for hours in (1, 2, 3):
        move(meeting, coordinator, before + timedelta(hours=hours))
    moved = [notice for notice in told(coordinator) if notice[0] is NoticeKind.MOVED]
    assert moved == [
        (NoticeKind.MOVED, NoticeState.CANCELLED, 1),
        (NoticeKind.MOVED, NoticeState.CANCELLED, 1),
        (NoticeKind.MOVED, NoticeState.OWED, 1),
    ]
    move(meeting, coordinator, before)
    assert {state for kind, state, _ in told(coordinator) if kind is NoticeKind.MOVED} == {NoticeState.CANCELLED}


def move(meeting: Meeting, coordinator: Person, to: datetime) -> None:
    change(meeting, coordinator, starts_at=to, ends_at=to + timedelta(minutes=90), why="holiday")


def change(meeting: Meeting, coordinator: Person, **what: Any) -> None:
    with transaction():
        act = replace(meetings.as_it_is(meeting), **what)
        meetings.move(meeting, act, an_actor(coordinator), mails_wait=timedelta(seconds=60))


@pytest.mark.parametrize("what", [{"room": "Birch 1"}, {"video_link": "https://video.larkmoor.example/birch-1"}])
def test_another_place_updates_the_same_calendar_entry(
    meeting: Meeting, coordinator: Person, what: dict[str, str]
) -> None:
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    sent(coordinator)
    change(meeting, coordinator, **what)
    [notice] = waiting(coordinator)
    assert (notice.kind, notice.sequence) == (NoticeKind.MOVED, 1)
    assert notice.facts["starts_at"] == notice.facts["was_starts_at"]
    assert {name: notice.facts[name] for name in what} == what
    assert {notice.facts["was_room"], notice.facts["was_video_link"]} == {
        "Aspen 2",
        "https://video.larkmoor.example/aspen-2",
    }


def test_another_room_and_another_hour_within_a_minute_make_one_mail_that_says_both(
    meeting: Meeting, coordinator: Person
) -> None:
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    sent(coordinator)
    before = meeting.starts_at
    change(meeting, coordinator, room="Birch 1")
    move(meeting, coordinator, before + timedelta(hours=1))
    [notice] = waiting(coordinator)
    facts = Facts.from_json(notice.facts)
    assert (notice.sequence, facts.was_starts_at, facts.was_room, facts.room) == (1, before, "Aspen 2", "Birch 1")
    move(meeting, coordinator, before)
    change(meeting, coordinator, room="Aspen 2")
    assert waiting(coordinator) == []


def test_an_agenda_that_has_not_gone_out_yet_names_the_new_room(meeting: Meeting, coordinator: Person) -> None:
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    change(meeting, coordinator, room="Birch 1")
    assert {notice.facts["room"] for notice in waiting(coordinator)} == {"Birch 1"}


def test_a_move_to_where_the_meeting_is_already_is_refused(meeting: Meeting, coordinator: Person) -> None:
    with pytest.raises(Refused, match="not_now"):
        change(meeting, coordinator, why="Nothing else")


def test_a_meeting_that_has_begun_may_still_change_its_room(coordinator: Person) -> None:
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)), starts_in=timedelta(minutes=-5))
    change(meeting, coordinator, room="Birch 1")
    assert meeting.room == "Birch 1"


def test_an_agenda_that_has_not_changed_is_not_published_again(meeting: Meeting, coordinator: Person) -> None:
    first = a_listed_case(meeting, a_case(meeting.board, coordinator))
    second = a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    with pytest.raises(Refused, match="not_now"):
        publish(meeting, coordinator)
    for order in ((second, first), (first, second)):
        with transaction():
            act = Arrange(tuple((item.id, item.minutes) for item in order), meeting.version)
            agenda.arrange(meeting, act, an_actor(coordinator))
    with pytest.raises(Refused, match="not_now"):
        publish(meeting, coordinator)


def test_cancelling_takes_calendars_back_and_returns_the_cases(meeting: Meeting, coordinator: Person) -> None:
    case = a_case(meeting.board, coordinator)
    a_listed_case(meeting, case)
    publish(meeting, coordinator)
    sent(coordinator)
    with transaction():
        meetings.cancel(meeting, CancelMeeting("room flooded", meeting.version), an_actor(coordinator))
    assert told(coordinator)[-1] == (NoticeKind.CANCELLED, NoticeState.OWED, 1)
    assert case.state is CaseState.ACCEPTED


def test_only_who_joins_or_leaves_hears_of_it(meeting: Meeting, coordinator: Person) -> None:
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    publish(meeting, coordinator)
    sent(coordinator)
    newcomer = a_person()
    with transaction():
        board_members.add(meeting.board, newcomer, BoardRole.CORE, an_actor(coordinator))
    assert {kind for kind, _, _ in told(newcomer)} == {NoticeKind.INVITATION, NoticeKind.AGENDA}
    sent(newcomer)
    with transaction():
        by = an_actor(coordinator)
        (member,) = questions.memberships_since(meeting.board_id, newcomer.id, by.at)
        board_members.leave(member, by)
    assert told(newcomer)[-1] == (NoticeKind.REMOVED, NoticeState.OWED, 1)
    sent(newcomer)
    with transaction():
        board_members.add(meeting.board, newcomer, BoardRole.CORE, an_actor(coordinator))
    assert (NoticeKind.INVITATION, NoticeState.OWED, 2) in told(newcomer)
    assert len(told(coordinator)) == 2


def test_a_case_taken_off_and_put_back_changes_nothing_for_its_guests(meeting: Meeting, coordinator: Person) -> None:
    patient, nurse = a_patient(), a_person()
    a_care_team_member(patient, nurse)
    item = a_listed_case(meeting, a_case(meeting.board, coordinator, patient=patient))
    publish(meeting, coordinator)
    sent(nurse)
    with transaction():
        agenda.take_off_agenda(meeting, item, an_actor(coordinator))
    move(meeting, coordinator, meeting.starts_at + timedelta(hours=1))
    assert told(nurse)[-1] == (NoticeKind.MOVED, NoticeState.OWED, 1)
    with transaction():
        agenda.put_on_agenda(meeting, item.case, an_actor(coordinator), override="It cannot wait.")
    assert NoticeKind.REMOVED not in {kind for kind, _, _ in told(nurse)}


def test_an_agenda_whose_last_case_was_taken_off_is_published_empty_and_its_guests_are_released(
    meeting: Meeting, coordinator: Person
) -> None:
    patient, nurse = a_patient(), a_person()
    a_care_team_member(patient, nurse)
    item = a_listed_case(meeting, a_case(meeting.board, coordinator, patient=patient))
    publish(meeting, coordinator)
    sent(nurse)
    with transaction():
        agenda.take_off_agenda(meeting, item, an_actor(coordinator))
    publish(meeting, coordinator)
    assert told(nurse)[-1] == (NoticeKind.REMOVED, NoticeState.OWED, 1)


def test_members_see_the_agenda_as_published_and_not_as_it_is_being_built(
    meeting: Meeting, coordinator: Person
) -> None:
    member = a_person()
    a_member(meeting.board, member)
    item = a_listed_case(meeting, a_case(meeting.board, coordinator))
    assert agenda.open_agenda(meeting, an_actor(member)) == []
    publish(meeting, coordinator)
    with transaction():
        agenda.take_off_agenda(meeting, item, an_actor(coordinator))
    assert [slot.case for slot in agenda.open_agenda(meeting, an_actor(member))] == [item.case]
    assert agenda.open_agenda(meeting, an_actor(coordinator)) == []


def test_a_submitter_who_is_on_no_care_team_is_invited_for_their_own_case(
    meeting: Meeting, coordinator: Person
) -> None:
    submitter = a_person()
    a_listed_case(meeting, a_case(meeting.board, submitter))
    publish(meeting, coordinator)
    assert {kind for kind, _, _ in told(submitter)} == {NoticeKind.INVITATION, NoticeKind.AGENDA}


def test_a_board_has_one_meeting_at_a_time(meeting: Meeting, coordinator: Person) -> None:
    again = PlanMeeting(meeting.starts_at, meeting.ends_at)
    with pytest.raises(Refused, match="wrong"), transaction():
        meetings.plan_meeting(meeting.board, again, an_actor(coordinator))
