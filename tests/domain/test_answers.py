"""Answers: the last one counts, for the hours that it was given for, of those who are expected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.domain.town import Town, dates, rule
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor, an_instant
from tumorboard.domain import absences, agenda, answer_links, answers, board_members, meetings, series
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.answers import GiveAnswer
from tumorboard.domain.meetings import CancelMeeting, MoveMeeting
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Meeting, Notice, Person
from tumorboard.storage.queries import board_members as member_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, BoardRole, MeetingState

pytestmark = pytest.mark.usefixtures("app")
YES, MAYBE, NO = AnswerKind.YES, AnswerKind.MAYBE, AnswerKind.NO


class Sitting:
    def __init__(self) -> None:
        self.coordinator, self.member, self.stranger = a_person(), a_person(), a_person()
        self.board = a_board((self.coordinator, BoardRole.COORDINATOR), (self.member, BoardRole.CORE))
        self.meeting = a_meeting(self.board)

    def give(self, person: Person, answer: AnswerKind, reason: str = "") -> None:
        with transaction():
            answers.give(self.meeting, GiveAnswer(answer, self.meeting.starts_at, reason), an_actor(person))

    def move(self, **to: object) -> None:
        with transaction():
            act: MoveMeeting = replace(meetings.as_it_is(self.meeting), why="", **to)  # type: ignore[arg-type]
            meetings.move(self.meeting, act, an_actor(self.coordinator), mails_wait=timedelta(seconds=60))

    def told(self, person: Person) -> str | None:
        """The answer that the newest mail about the calendar holds."""
        mails = select(Notice).where(Notice.person_id == person.id, Notice.sequence.is_not(None))
        return db.session.scalars(mails.order_by(Notice.dtstamp.desc())).first().facts["answer"]

    def said(self) -> dict[Person, tuple[AnswerKind, str]]:
        given = answers.given_to(self.meeting).values()
        return {each.person: (each.answer, each.reason) for each in given}


@pytest.fixture
def sitting(app: Flask) -> Sitting:
    return Sitting()


def test_the_last_answer_counts_and_a_reason_belongs_to_a_no(sitting: Sitting) -> None:
    sitting.give(sitting.member, NO, "theatre until 14:00")
    assert sitting.said() == {sitting.member: (NO, "theatre until 14:00")}
    sitting.give(sitting.member, MAYBE, "theatre until 14:00")
    assert sitting.said() == {sitting.member: (MAYBE, "")}


def test_another_hour_resets_answers_another_room_keeps_them_and_moving_back_brings_them_back(sitting: Sitting) -> None:
    sitting.give(sitting.member, YES)
    sitting.move(room="Linden 1")
    assert sitting.said() == {sitting.member: (YES, "")}
    starts_at, ends_at = sitting.meeting.starts_at, sitting.meeting.ends_at
    sitting.move(starts_at=starts_at + timedelta(hours=1), ends_at=ends_at + timedelta(hours=1))
    assert sitting.said() == {}
    sitting.move(starts_at=starts_at, ends_at=ends_at)
    assert sitting.said() == {sitting.member: (YES, "")}
    sitting.move(ends_at=ends_at + timedelta(minutes=30))
    assert sitting.said() == {}


def test_a_calendar_is_told_the_answer_that_stands_and_asks_anew_when_it_does_not(sitting: Sitting) -> None:
    a_listed_case(sitting.meeting, a_case(sitting.board, sitting.coordinator))
    with transaction():
        agenda.publish(sitting.meeting, an_actor(sitting.coordinator), version=sitting.meeting.version)
    sitting.give(sitting.member, YES)
    sitting.move(room="Linden 1")
    assert sitting.told(sitting.member) == YES
    sitting.move(
        starts_at=sitting.meeting.starts_at + timedelta(hours=1), ends_at=sitting.meeting.ends_at + timedelta(hours=1)
    )
    assert sitting.told(sitting.member) is None


def test_a_series_that_moves_resets_the_answers_to_its_dates() -> None:
    town = Town()
    made = town.begin(rule())
    first = dates(made)[0]
    with transaction():
        answers.give(first, GiveAnswer(YES, first.starts_at), an_actor(town.pathologist, town.at))
    assert len(answers.given_to(first)) == 1
    town.change(made, start=series.rule_of(made).start.replace(hour=8))
    assert answers.given_to(dates(made)[0]) == {}


def test_a_date_that_somebody_answered_to_is_cancelled_and_not_forgotten_when_its_rule_goes() -> None:
    town = Town()
    made = town.begin(rule())
    last = dates(made)[20]
    with transaction():
        answers.give(last, GiveAnswer(YES, last.starts_at), an_actor(town.pathologist, town.at))
    town.change(made, last_day=made.first_day + timedelta(days=30))
    assert last.state is MeetingState.CANCELLED


def test_who_saw_an_older_hour_is_told_the_new_one(sitting: Sitting) -> None:
    seen = GiveAnswer(YES, sitting.meeting.starts_at)
    sitting.move(
        starts_at=sitting.meeting.starts_at + timedelta(hours=1), ends_at=sitting.meeting.ends_at + timedelta(hours=1)
    )
    with pytest.raises(Refused) as refused:
        answers.give(sitting.meeting, seen, an_actor(sitting.member))
    assert refused.value.code is Code.CHANGED_MEANWHILE


def test_who_is_not_expected_does_not_answer(sitting: Sitting) -> None:
    assert refusal(sitting.meeting, sitting.stranger) is Code.ABSENT
    deputy = a_person(hospital=sitting.member.hospital)
    on_that_day = sitting.meeting.starts_at.date()
    with transaction():
        day = timedelta(days=1)
        away = AddAbsence(max(on_that_day - day, an_instant().date()), on_that_day + day, deputy.id)
        absences.add(sitting.member, away, an_actor(sitting.member))
    assert refusal(sitting.meeting, sitting.member) is Code.NOT_NOW
    with pytest.raises(Refused):
        asked(sitting.member, sitting.meeting)


def test_a_cancelled_meeting_asks_nothing(sitting: Sitting) -> None:
    sitting.give(sitting.member, YES)
    with transaction():
        meetings.cancel(sitting.meeting, CancelMeeting("snow", sitting.meeting.version), an_actor(sitting.coordinator))
    assert refusal(sitting.meeting, sitting.member) is Code.NOT_NOW
    with pytest.raises(Refused):
        asked(sitting.member, sitting.meeting)


def test_a_link_asks_its_person_about_its_meeting_until_that_is_over(sitting: Sitting) -> None:
    found = asked(sitting.member, sitting.meeting)
    assert (found.person, found.meetings, found.given) == (sitting.member, [sitting.meeting], {})
    act = GiveAnswer(NO, sitting.meeting.starts_at, "clinic")
    with transaction():
        answers.give_by_link(found, sitting.meeting.id, act, an_actor(sitting.member))
    assert sitting.said() == {sitting.member: (NO, "clinic")}
    token = answer_links.token_for(sitting.member.id, sitting.meeting.id)
    with pytest.raises(Refused) as over:
        answers.asked_by(token, sitting.meeting.ends_at)
    assert over.value.code is Code.GONE


def test_a_link_to_a_series_asks_about_the_next_dates_that_are_the_persons() -> None:
    town = Town()
    made = town.begin(rule())
    begins = made.first_day + timedelta(days=21)
    with transaction():
        board_members.add(town.board, town.other, BoardRole.CORE, town.by, first_day=begins)
        meetings.cancel(dates(made)[1], CancelMeeting("holiday", dates(made)[1].version), town.by)
    token = answer_links.token_for(town.pathologist.id, made.id)
    shown = answers.asked_by(token, town.at).meetings
    assert shown == [dates(made)[0], *dates(made)[2:7]]
    later = answers.asked_by(answer_links.token_for(town.other.id, made.id), town.at).meetings
    assert later == [each for each in shown if on_day(each) >= begins]
    elsewhere = dates(made)[20].id
    with pytest.raises(Refused):
        answers.give_by_link(
            answers.asked_by(token, town.at), elsewhere, GiveAnswer(YES, town.at), an_actor(town.pathologist)
        )


def test_who_left_is_asked_nothing_under_an_old_link(sitting: Sitting) -> None:
    (place,) = member_questions.memberships_since(sitting.board.id, sitting.member.id, an_instant())
    with transaction():
        board_members.leave(place, an_actor(sitting.coordinator))
    with pytest.raises(Refused):
        asked(sitting.member, sitting.meeting)


def test_tokens_of_others_and_changed_ones_open_nothing(sitting: Sitting) -> None:
    a_member(sitting.board, sitting.stranger)
    token = answer_links.token_for(sitting.member.id, sitting.meeting.id)
    others = answer_links.token_for(sitting.stranger.id, sitting.meeting.id)
    forged = others[:43] + token[43:]
    swapped = ("A" if token[0] != "A" else "B") + token[1:]
    unknown = answer_links.token_for(new_id(), sitting.meeting.id)
    for wrong in ("", "x", token[:-1], f"{token}A", f"{token}\n", f"!{token}", forged, swapped, "ü" * 64, unknown):
        with pytest.raises(Refused) as refused:
            answers.asked_by(wrong, an_instant())
        assert (refused.value.code, refused.value.sentence) == (Code.GONE, answers.OVER)


def asked(person: Person, meeting: Meeting) -> answers.Asked:
    return answers.asked_by(answer_links.token_for(person.id, meeting.id), an_instant())


def refusal(meeting: Meeting, person: Person) -> Code:
    with pytest.raises(Refused) as refused:
        answers.give(meeting, GiveAnswer(YES, meeting.starts_at), an_actor(person))
    return refused.value.code


def on_day(meeting: Meeting) -> date:
    return meeting.starts_at.date()
