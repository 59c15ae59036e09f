"""Absences: what happens to calendars and mails when somebody is away and somebody stands in."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.pages import all_sent, notices_of, waiting
from tumorboard.domain import absences, agenda
from tumorboard.domain.absences import AddAbsence
from tumorboard.errors import Code, Refused
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.letter import Letter
from tumorboard.mail.wording import subject, text
from tumorboard.storage.db import db
from tumorboard.storage.models import Absence, Meeting, Notice, Person
from tumorboard.storage.queries import absences as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, NoticeState
from tumorboard.words import date_words


@dataclass
class Away:
    """A published meeting in three days that a pathologist of the board has heard of, and another pathologist."""

    coordinator: Person
    pathologist: Person
    deputy: Person
    meeting: Meeting

    def days(self, first: int, last: int) -> AddAbsence:
        """Counted from the meeting's day on the pathologist's calendar."""
        day = self.meeting.starts_at.astimezone(UTC).date()
        return AddAbsence(day + timedelta(days=first), day + timedelta(days=last), self.deputy.id)

    def add(self, first: int, last: int, by: Person | None = None) -> list[Notice]:
        with transaction():
            return absences.add(self.pathologist, self.days(first, last), an_actor(by or self.pathologist))

    def the_absence(self) -> Absence:
        [absence] = questions.absences_of(self.pathologist.id)
        return absence


@pytest.fixture
def away(app: Flask) -> Away:
    coordinator = a_person(discipline=Discipline.COORDINATION)
    pathologist, deputy = (a_person(discipline=Discipline.PATHOLOGY, time_zone="UTC") for _ in range(2))
    board = a_board((coordinator, BoardRole.COORDINATOR), (pathologist, BoardRole.CORE))
    meeting = a_meeting(board)
    a_listed_case(meeting, a_case(board, coordinator))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    all_sent(meeting)
    return Away(coordinator, pathologist, deputy, meeting)


def new(meeting: Meeting) -> dict[tuple[NoticeKind, object], str]:
    return {(each.kind, each.person_id): each.reason for each in notices_of(meeting) if each.sent_at is None}


def test_the_deputy_is_invited_in_the_place_of_the_absent_and_nobody_else_hears_of_it(away: Away) -> None:
    away.add(-1, 1)
    name, deputy = (f"{each.family_name}, {each.given_name}" for each in (away.pathologist, away.deputy))

    stands_in = f"you stand in for {name}, who is absent"
    assert new(away.meeting) == {
        (NoticeKind.REMOVED, away.pathologist.id): f"you are absent then, and {deputy} stands in for you",
        (NoticeKind.INVITATION, away.deputy.id): stands_in,
        (NoticeKind.AGENDA, away.deputy.id): stands_in,
    }
    for notice in notices_of(away.meeting):
        if notice.sent_at is None:
            mail = text(letter_of(notice, base_url="https://b.example", mail_from="b@b.example"))
            assert " ".join(notice.reason.split()) in " ".join(mail.split())


def test_taking_it_back_gives_the_meeting_back(away: Away) -> None:
    away.add(0, 0)
    all_sent(away.meeting)
    with transaction():
        absences.end(away.the_absence(), an_actor(away.pathologist))

    assert {kind: person for kind, person in new(away.meeting) if kind is not NoticeKind.AGENDA} == {
        NoticeKind.INVITATION: away.pathologist.id,
        NoticeKind.REMOVED: away.deputy.id,
    }
    back = next(
        each for each in notices_of(away.meeting) if each.sent_at is None and each.kind is NoticeKind.INVITATION
    )
    assert back.sequence == 2  # grown past the person's own CANCEL


def test_taken_back_before_the_mails_went_out_nobody_hears_anything(away: Away) -> None:
    away.add(0, 0)
    with transaction():
        absences.end(away.the_absence(), an_actor(away.pathologist))
    assert waiting(away.meeting) == Counter()


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 4)])
def test_a_meeting_outside_the_days_stays_where_it_is(away: Away, first: int, last: int) -> None:
    away.add(first, last)
    assert waiting(away.meeting) == Counter()


def test_an_agenda_published_later_goes_to_the_deputy_at_once(away: Away) -> None:
    later = a_meeting(away.meeting.board, starts_in=timedelta(days=10))
    a_listed_case(later, a_case(away.meeting.board, away.coordinator))
    away.add(5, 9)
    with transaction():
        agenda.publish(later, an_actor(away.coordinator), version=later.version)
    assert {each.person_id for each in notices_of(later)} == {away.coordinator.id, away.deputy.id}


def test_an_absence_that_lasts_ends_with_yesterday_and_history_keeps_its_days(away: Away) -> None:
    away.add(-4, 1)
    with transaction():
        absences.end(away.the_absence(), an_actor(away.coordinator))
    absence, today = away.the_absence(), an_instant().date()
    assert absence.ends_on == today - timedelta(days=1)
    assert waiting(away.meeting) == Counter()


def test_the_days_are_those_of_the_absent_persons_own_calendar(away: Away) -> None:
    away.pathologist.time_zone = "Pacific/Kiritimati"  # 14 hours ahead of UTC
    away.meeting.starts_at = away.meeting.starts_at.replace(hour=20, minute=0)
    away.meeting.ends_at = away.meeting.starts_at + timedelta(hours=1)
    away.add(1, 1)
    assert (NoticeKind.INVITATION, away.deputy.id) in new(away.meeting)


def refused(away: Away, act: AddAbsence, by: Person | None = None) -> Refused:
    with pytest.raises(Refused) as caught, transaction():
        absences.add(away.pathologist, act, an_actor(by or away.pathologist))
    return caught.value


def test_a_deputy_is_of_the_same_discipline_and_there(away: Away) -> None:
    surgeon, day = a_person(discipline=Discipline.SURGERY), an_instant().date()
    assert refused(away, AddAbsence(day, day, surgeon.id)).field == "deputy"
    assert refused(away, AddAbsence(day, day, away.pathologist.id)).field == "deputy"
    assert refused(away, AddAbsence(day, day - timedelta(days=1), away.deputy.id)).field == "ends_on"
    assert refused(away, AddAbsence(date(2020, 1, 1), date(2020, 1, 2), away.deputy.id)).field == "ends_on"

    third = a_person(discipline=Discipline.SURGERY)
    third.other_disciplines = ["pathology"]
    with transaction():
        absences.add(away.deputy, AddAbsence(day, day, third.id), an_actor(away.deputy))
    assert "is absent from" in refused(away, AddAbsence(day, day, away.deputy.id)).sentence


def test_oneself_a_coordinator_of_ones_board_and_an_administrator_add_it_and_nobody_else(away: Away) -> None:
    stranger = a_person()
    a_board((stranger, BoardRole.COORDINATOR))
    assert refused(away, away.days(0, 0), stranger).code is Code.NOT_ALLOWED
    assert refused(away, away.days(0, 0), away.deputy).code is Code.NOT_ALLOWED
    assert len(away.add(0, 0, away.coordinator)) == 4


def word_to(person: Person) -> list[Letter]:
    owed = select(Notice).where(Notice.kind == NoticeKind.DEPUTY, Notice.state == NoticeState.OWED)
    mine = db.session.scalars(owed.where(Notice.person_id == person.id).order_by(Notice.created_at, Notice.id))
    return [letter_of(each, base_url="https://b.example", mail_from="b@b.example") for each in mine]


def test_a_deputy_is_told_at_once_even_where_no_meeting_is_published(away: Away) -> None:
    away.add(1, 4)
    (letter,) = word_to(away.deputy)
    days = away.days(1, 4)
    name = f"{away.pathologist.family_name}, {away.pathologist.given_name}"
    said = f"You stand in for {name} from {date_words(days.starts_on)} to {date_words(days.ends_on)}"
    assert subject(letter) == said


def test_a_deputy_who_has_heard_of_it_hears_that_it_is_over(away: Away) -> None:
    away.add(1, 4)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.DEPUTY)).one()
    notice.state, notice.due_at, notice.sent_at = NoticeState.SENT, None, notice.created_at
    db.session.commit()
    with transaction():
        absences.end(away.the_absence(), an_actor(away.pathologist))
    (letter,) = word_to(away.deputy)
    assert "You need not stand in for" in subject(letter)


def test_who_has_not_heard_of_it_need_not_hear_that_it_is_over(away: Away) -> None:
    away.add(1, 4)
    with transaction():
        absences.end(away.the_absence(), an_actor(away.pathologist))
    assert word_to(away.deputy) == []


def test_the_pages_say_who_stands_in_for_whom(away: Away, sign_in: SignIn) -> None:
    away.add(0, 0)
    absent, deputy = (f"{each.family_name}, {each.given_name}" for each in (away.pathologist, away.deputy))
    where = f"/meetings/{away.meeting.id}"
    assert f"{deputy} stands in" in sign_in(away.coordinator).get(where).text
    theirs = sign_in(away.deputy)
    assert f"You stand in for {absent}, who is absent." in theirs.get(where).text
    for page in ("/", "/meetings"):
        assert f"Deputy of {absent}" in theirs.get(page).text
        assert where not in sign_in(away.pathologist).get(page).text
    assert f"{deputy} stands in for you." in sign_in(away.pathologist).get(where).text


def test_of_guests_only_whoever_sees_the_mails_reads_who_is_absent(away: Away, sign_in: SignIn) -> None:
    """A care team is not for everybody who sees the agenda."""
    surgeon, deputy = (a_person(discipline=Discipline.SURGERY, time_zone="UTC") for _ in range(2))
    member = a_member(away.meeting.board, a_person()).person
    a_listed_case(away.meeting, a_case(away.meeting.board, surgeon))
    day = away.days(0, 0).starts_on
    with transaction():
        absences.add(surgeon, AddAbsence(day, day, deputy.id), an_actor(surgeon))
    where = f"/meetings/{away.meeting.id}"
    said = f"{deputy.family_name}, {deputy.given_name} stands in"
    assert said in sign_in(away.coordinator).get(where).text
    assert said not in sign_in(member).get(where).text
