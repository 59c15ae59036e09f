"""Reminders: who has not answered is asked again, by a click or by the board's policy, and never twice at once."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.domain.town import CLOCK, Town, dates, rule
from tests.factories import a_board, a_meeting, a_member, a_person, an_actor
from tumorboard.domain import absences, answers, meetings, reminders, retries
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.answers import GiveAnswer
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Notice, Person
from tumorboard.storage.queries import meetings as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, BoardRole, NoticeKind, NoticeState

pytestmark = pytest.mark.usefixtures("app")
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


class Weekly:
    """A board in series whose first date is next week; everybody was invited and has the mail."""

    def __init__(self) -> None:
        self.town = Town()
        self.nurse = a_person()
        a_member(self.town.board, self.nurse)
        a_member(self.town.board, a_person(), BoardRole.OBSERVER)
        self.meeting = dates(self.town.begin(rule()))[0]
        self.town.post()

    @property
    def people(self) -> set[Person]:
        return {self.town.coordinator, self.town.pathologist, self.nurse}

    def give(self, person: Person, answer: AnswerKind) -> None:
        with transaction():
            answers.give(self.meeting, GiveAnswer(answer, self.meeting.starts_at), an_actor(person, self.town.at))

    def ask_again(self) -> set[Person]:
        with transaction():
            return set_of(reminders.ask_again(self.meeting, self.town.by))

    def remind(self, at: datetime) -> set[Person]:
        """What the tick does at that instant: who is asked."""
        with transaction():
            found = reminders.due(at)
            return set_of(each for meeting_id in found for each in reminders.remind(meeting_id, at))

    def on(self, days: int, hour: time = time(9)) -> datetime:
        """So many days before the meeting, on the board's clocks."""
        day = self.meeting.starts_at.astimezone(CLOCK).date() - timedelta(days=days)
        return datetime.combine(day, hour, CLOCK).astimezone(UTC)


@pytest.fixture
def weekly(app: Flask) -> Weekly:
    return Weekly()


def set_of(owed: Iterable[Notice]) -> set[Person]:
    notices = list(owed)
    db.session.flush()
    return {each.person for each in notices}


def why_not(act: Callable[[], object]) -> str:
    """What is said where it is refused."""
    with pytest.raises(Refused) as refused, transaction():
        act()
    return refused.value.sentence


def reminders_of(meeting: Meeting) -> list[Notice]:
    query = select(Notice).where(Notice.meeting_id == meeting.id, Notice.kind == NoticeKind.ANSWER_ASKED)
    return list(db.session.scalars(query))


def test_who_has_not_answered_is_asked_again_once_and_not_again_within_hours(weekly: Weekly) -> None:
    assert "within the last 12 hours" in why_not(weekly.ask_again)
    weekly.town.later(13 * AN_HOUR)
    weekly.give(weekly.nurse, AnswerKind.NO)
    assert weekly.ask_again() == {weekly.town.coordinator, weekly.town.pathologist}
    assert "within the last 12 hours" in why_not(weekly.ask_again)
    weekly.town.later(13 * AN_HOUR)
    assert weekly.ask_again() == {weekly.town.coordinator, weekly.town.pathologist}
    for person in weekly.people:
        weekly.give(person, AnswerKind.MAYBE)
    assert "Everybody has answered" in why_not(weekly.ask_again)


def test_whoever_answers_meanwhile_gets_no_reminder_that_still_waits(weekly: Weekly) -> None:
    weekly.town.later(13 * AN_HOUR)
    weekly.ask_again()
    weekly.give(weekly.nurse, AnswerKind.YES)
    states = {each.person: each.state for each in reminders_of(weekly.meeting)}
    assert states.pop(weekly.nurse) is NoticeState.CANCELLED
    assert set(states.values()) == {NoticeState.OWED}
    with transaction():
        act = CancelMeeting("Holiday", weekly.meeting.version)
        meetings.cancel(weekly.meeting, act, weekly.town.by)
    assert {each.state for each in reminders_of(weekly.meeting)} == {NoticeState.CANCELLED}


def test_nobody_is_reminded_of_a_meeting_that_nobody_is_invited_to() -> None:
    coordinator = a_person()
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    assert "asked with the agenda" in why_not(lambda: reminders.ask_again(meeting, an_actor(coordinator)))


def test_the_policy_reminds_five_and_two_days_before_at_nine_however_often_it_is_looked_at(weekly: Weekly) -> None:
    minute = timedelta(minutes=1)
    assert weekly.remind(weekly.on(5) - minute) == set()
    assert weekly.remind(weekly.on(5)) == weekly.people
    assert weekly.remind(weekly.on(5)) == set()
    assert weekly.remind(weekly.on(5, time(23))) == set()
    assert weekly.remind(weekly.on(3)) == set()
    weekly.give(weekly.nurse, AnswerKind.NO)
    assert weekly.remind(weekly.on(2, time(15))) == weekly.people - {weekly.nurse}
    assert weekly.remind(weekly.on(1)) == set()


def test_the_day_is_the_boards_and_not_that_of_the_server(weekly: Weekly) -> None:
    board = weekly.meeting.board
    board.time_zone = "Pacific/Apia"
    db.session.commit()
    day = weekly.meeting.starts_at.astimezone(ZoneInfo("Pacific/Apia")).date() - 5 * A_DAY
    nine = datetime.combine(day, time(9), ZoneInfo("Pacific/Apia"))
    assert weekly.remind(nine - AN_HOUR) == set()
    assert weekly.remind(nine) == weekly.people


def test_who_was_asked_that_morning_is_left_in_peace(weekly: Weekly) -> None:
    weekly.town.at = weekly.on(5, time(8))
    weekly.ask_again()
    assert weekly.remind(weekly.on(5)) == set()
    assert weekly.remind(weekly.on(5, time(22))) == set()
    assert weekly.remind(weekly.on(2)) == weekly.people


def test_nobody_absent_is_reminded_and_nothing_of_a_date_that_is_cancelled_or_moved_away(weekly: Weekly) -> None:
    day = weekly.meeting.starts_at.astimezone(CLOCK).date()
    with transaction():
        absences.add(weekly.nurse, AddAbsence(day, day, weekly.town.pathologist.id), an_actor(weekly.nurse))
    assert weekly.remind(weekly.on(5)) == weekly.people - {weekly.nurse}
    before = weekly.on(2)
    with transaction():
        later = {"starts_at": weekly.meeting.starts_at + A_DAY, "ends_at": weekly.meeting.ends_at + A_DAY}
        act = meetings.MoveMeeting(**{**vars(meetings.as_it_is(weekly.meeting)), **later, "why": "theatre"})
        meetings.move(weekly.meeting, act, weekly.town.by, mails_wait=timedelta())
    assert weekly.remind(before) == set()
    with transaction():
        meetings.cancel(weekly.meeting, CancelMeeting("Holiday", weekly.meeting.version), weekly.town.by)
    assert weekly.remind(weekly.on(2)) == set()


def test_two_workers_at_once_remind_once(app: Flask, weekly: Weekly) -> None:
    at, meeting_id = weekly.on(5), weekly.meeting.id

    def tick() -> None:
        with app.app_context(), transaction():
            reminders.remind(meeting_id, at)

    workers = [Thread(target=tick) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(reminders_of(questions.meeting(meeting_id) or weekly.meeting)) == len(weekly.people)


def test_a_reminder_that_failed_is_sent_again_while_there_is_something_to_answer(weekly: Weekly) -> None:
    weekly.remind(weekly.on(5))
    failed = next(each for each in reminders_of(weekly.meeting) if each.person == weekly.nurse)
    failed.state, failed.due_at = NoticeState.FAILED, None
    db.session.commit()
    with transaction():
        (again,) = retries.retry(failed, weekly.town.by)
        db.session.flush()
    assert (again.person, again.kind, again.again_of_id) == (weekly.nurse, NoticeKind.ANSWER_ASKED, failed.id)
    again.state, again.due_at = NoticeState.FAILED, None
    db.session.commit()
    weekly.give(weekly.nurse, AnswerKind.YES)
    assert "nothing to send any more" in why_not(lambda: retries.retry(again, weekly.town.by))
