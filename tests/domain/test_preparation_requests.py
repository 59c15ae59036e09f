"""Each agenda that goes out asks the disciplines to prepare its cases, once, with one mail each."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

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
    an_instant,
)
from tests.web.pages import all_sent, notices_of
from tumorboard.domain import agenda, cases, meetings, needs, preparation, retries
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.domain.needs import WriteNeeds
from tumorboard.domain.preparation_requests import due_at
from tumorboard.storage.db import db
from tumorboard.storage.models import Absence, AgendaItem, Case, Meeting, Notice, Person
from tumorboard.storage.queries import preparations
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, NoticeState, PreparationState

D = Discipline


@dataclass
class Room:
    """A meeting of a board with one person of each discipline that prepares, besides the coordinator."""

    meeting: Meeting
    coordinator: Person
    people: dict[Discipline, Person]
    items: list[AgendaItem] = field(default_factory=list)
    hour: datetime = field(default_factory=an_instant)

    def list_case(self, case: Case | None = None) -> Case:
        case = case or a_case(self.meeting.board, a_person())
        self.items.append(a_listed_case(self.meeting, case))
        return case

    def publish(self) -> list[Notice]:
        """Each time an hour later; answers the mails that ask to prepare."""
        self.hour += timedelta(hours=1)
        with transaction():
            owed = agenda.publish(self.meeting, self.by, version=self.meeting.version)
        return [notice for notice in owed if notice.kind is NoticeKind.PREPARATION_ASKED]

    @property
    def by(self):
        return an_actor(self.coordinator, self.hour)

    @property
    def mails(self) -> dict[object, tuple[int, NoticeState]]:
        """How many cases the latest mail to each person names, and what became of it."""
        asking = [each for each in notices_of(self.meeting) if each.kind is NoticeKind.PREPARATION_ASKED]
        return {each.person_id: (each.facts["cases"], each.state) for each in asking}

    def asked(self, case: Case) -> dict[Discipline, PreparationState]:
        return {each.discipline: each.state for each in preparations.of_case(case.id, self.meeting.id)}

    def waiting(self, discipline: Discipline) -> int:
        return preparations.waiting_at(self.people[discipline], self.meeting.id, self.hour)


@pytest.fixture
def room(app: Flask) -> Room:
    coordinator = a_person(discipline=D.COORDINATION)
    people = {each: a_person(discipline=each) for each in (D.PATHOLOGY, D.RADIOLOGY)}
    board = a_board((coordinator, BoardRole.COORDINATOR), *((each, BoardRole.CORE) for each in people.values()))
    return Room(a_meeting(board), coordinator, people)


def test_a_published_agenda_asks_those_whom_its_cases_need_with_one_mail_each(room: Room) -> None:
    first, second = room.list_case(), room.list_case()
    owed = room.publish()
    requested = {D.PATHOLOGY: PreparationState.REQUESTED, D.RADIOLOGY: PreparationState.REQUESTED}
    assert room.asked(first) == room.asked(second) == requested
    assert sorted(each.person_id for each in owed) == sorted(each.id for each in room.people.values())
    assert [each.facts["cases"] for each in owed] == [2, 2]


def test_a_discipline_that_the_board_does_not_have_or_that_only_observes_is_not_asked(app: Flask) -> None:
    coordinator = a_person(discipline=D.COORDINATION)
    observer = a_person(discipline=D.RADIOLOGY), BoardRole.OBSERVER
    room = Room(a_meeting(a_board((coordinator, BoardRole.COORDINATOR), observer)), coordinator, {})
    case = room.list_case()
    assert room.publish() == []
    assert room.asked(case) == {}


def test_the_care_teams_nurse_is_asked_while_nothing_is_written_of_needs(room: Room) -> None:
    nurse, patient, other = a_person(discipline=D.NURSING), a_patient(), a_patient()
    a_care_team_member(patient, nurse)
    a_care_team_member(other, nurse)
    case = room.list_case(a_case(room.meeting.board, a_person(), patient=patient))
    known = room.list_case(a_case(room.meeting.board, a_person(), patient=other))
    with transaction():
        needs.write(known, WriteNeeds("To stay at home.", (), None, "", 0), an_actor(nurse))
    room.publish()
    assert D.NURSING in room.asked(case)
    assert D.NURSING not in room.asked(known)
    assert room.mails[nurse.id] == (1, NoticeState.OWED)


def test_the_next_version_asks_only_for_what_is_new_and_leaves_what_is_ready(room: Room) -> None:
    case, pathologist = room.list_case(), room.people[D.PATHOLOGY]
    room.publish()
    [asked, _] = preparations.of_case(case.id, room.meeting.id)
    with transaction():
        preparation.mark_ready(asked, an_actor(pathologist), sentence="Agreed.", version=1)
    room.list_case()
    assert {each.facts["cases"] for each in room.publish()} == {1}
    assert room.asked(case)[D.PATHOLOGY] is PreparationState.READY
    room.items[0].minutes += 1
    assert room.publish() == []


def test_taken_off_it_is_not_asked_any_more_and_put_back_it_is_where_it_was(room: Room) -> None:
    case = room.list_case()
    room.list_case()
    room.publish()
    with transaction():
        agenda.take_off_agenda(room.meeting, room.items[0], room.by)
    assert room.waiting(D.PATHOLOGY) == 1
    assert room.mails[room.people[D.PATHOLOGY].id] == (1, NoticeState.OWED)
    room.list_case(case)
    assert room.waiting(D.PATHOLOGY) == 2
    assert room.publish() == []


def test_the_last_case_withdrawn_takes_the_waiting_mail_with_it(room: Room) -> None:
    case = room.list_case()
    room.publish()
    with transaction():
        cases.withdraw(case, an_actor(case.submitter), why="Moved away.")
    assert {state for _, state in room.mails.values()} == {NoticeState.CANCELLED}
    assert room.waiting(D.RADIOLOGY) == 0


def test_a_cancelled_meeting_asks_for_nothing(room: Room) -> None:
    room.list_case()
    room.publish()
    with transaction():
        meetings.cancel(room.meeting, CancelMeeting("snow", room.meeting.version), room.by)
    assert {state for _, state in room.mails.values()} == {NoticeState.CANCELLED}
    assert room.waiting(D.PATHOLOGY) == 0


def test_the_deputy_of_the_same_discipline_is_asked_in_the_place_of_the_absent(room: Room) -> None:
    deputy, absent = a_person(discipline=D.PATHOLOGY), room.people[D.PATHOLOGY]
    day = (room.meeting.starts_at - timedelta(hours=5)).date()
    days = {"starts_on": day - timedelta(days=1), "ends_on": day + timedelta(days=1)}
    db.session.add(Absence(person=absent, deputy=deputy, added_at=an_instant(), added_by_id=absent.id, **days))
    db.session.commit()
    room.list_case()
    assert {each.person_id for each in room.publish()} == {deputy.id, room.people[D.RADIOLOGY].id}
    assert preparations.waiting_for(deputy, room.hour) == 1


def test_who_joins_later_finds_what_who_left_had_open(room: Room) -> None:
    room.list_case()
    room.publish()
    follower = a_person(discipline=D.PATHOLOGY)
    a_member(room.meeting.board, follower)
    assert preparations.waiting_for(follower, an_instant()) == 1


def test_a_mail_that_failed_is_sent_again_with_what_is_open_now(room: Room) -> None:
    room.list_case()
    room.list_case()
    room.publish()
    all_sent(room.meeting)
    pathologist = room.people[D.PATHOLOGY]
    [failed] = [
        each
        for each in notices_of(room.meeting)
        if each.kind is NoticeKind.PREPARATION_ASKED and each.person_id == pathologist.id
    ]
    failed.state, failed.sent_at = NoticeState.FAILED, None
    with transaction():
        agenda.take_off_agenda(room.meeting, room.items[0], room.by)
        [again] = retries.retry(failed, room.by)
    assert (again.kind, again.facts["cases"]) == (NoticeKind.PREPARATION_ASKED, 1)


@pytest.mark.parametrize(
    ("starts_at", "zone", "requested_at", "due"),
    [
        ("2026-11-25 18:00", "America/New_York", "2026-11-23 12:00", "2026-11-24 22:00"),
        ("2026-11-30 17:00", "America/Chicago", "2026-11-23 12:00", "2026-11-27 23:00"),
        ("2026-11-25 02:30", "Asia/Kolkata", "2026-11-23 12:00", "2026-11-24 11:30"),
        ("2026-11-25 18:00", "America/New_York", "2026-11-25 01:00", "2026-11-25 18:00"),
    ],
    ids=["the day before", "Friday for Monday", "on the board's clocks", "asked for later"],
)
def test_it_is_due_at_17_00_on_the_working_day_before(starts_at: str, zone: str, requested_at: str, due: str) -> None:
    start, requested, expected = (
        datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (starts_at, requested_at, due)
    )
    assert due_at(start, zone, requested) == expected


@pytest.mark.parametrize(
    "wrong",
    ["state = 'ready'", "started_at = now()", "hindrance = 'no_time'", "discipline = 'surgery', state = 'begun'"],
)
def test_the_database_refuses_a_state_without_its_facts(room: Room, wrong: str) -> None:
    room.list_case()
    room.publish()
    with pytest.raises(IntegrityError):
        db.session.execute(text(f"UPDATE preparation SET {wrong}"))
    db.session.rollback()
