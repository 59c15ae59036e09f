"""Questions about who is away, and who stands in."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    Absence,
    AgendaItem,
    BoardMember,
    CalendarEntry,
    CareTeamMember,
    Case,
    Meeting,
    Person,
)
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import MeetingState

_A_DAY = timedelta(days=1)
"""Zones are up to 26 hours apart: a day in one may begin the day before, or end the day after, in another."""


def absence(absence_id: UUID, person_id: UUID) -> Absence | None:
    """An absence loaded through its person, so that a guessed id of another's finds nothing."""
    query = select(Absence).where(Absence.id == absence_id, Absence.person_id == person_id)
    return db.session.scalars(query).one_or_none()


def absences_of(person_id: UUID) -> list[Absence]:
    """Everything that was not taken back, the latest first."""
    query = (
        select(Absence)
        .where(Absence.person_id == person_id, Absence.taken_back_at.is_(None))
        .order_by(Absence.starts_on.desc())
    )
    return list(db.session.scalars(query))


def absence_within(person_id: UUID, starts_on: date, ends_on: date) -> Absence | None:
    """The first absence of this person that shares a day with that time."""
    query = (
        select(Absence)
        .where(Absence.person_id == person_id, *_shares_a_day(starts_on, ends_on))
        .order_by(Absence.starts_on)
        .limit(1)
    )
    return db.session.scalars(query).first()


def stood_in_for(deputy_id: UUID, starts_on: date, ends_on: date) -> list[Absence]:
    """Absences in that time in which this person is the deputy."""
    query = select(Absence).where(Absence.deputy_id == deputy_id, *_shares_a_day(starts_on, ends_on))
    return list(db.session.scalars(query.order_by(Absence.starts_on)))


def stands_in_from(deputy_id: UUID, today: date) -> list[Absence]:
    """Absences that are not over in which this person is the deputy."""
    query = select(Absence).where(
        Absence.deputy_id == deputy_id, Absence.taken_back_at.is_(None), Absence.ends_on >= today
    )
    return list(db.session.scalars(query.order_by(Absence.starts_on)))


def absences_during(meeting: Meeting) -> list[Absence]:
    """Who is away on the day of the meeting, which is the day on their own calendar."""
    query = select(Absence).join(Person, Person.id == Absence.person_id)
    return list(db.session.scalars(query.where(Absence.taken_back_at.is_(None), _on_the_day_of(meeting.starts_at))))


def not_over(person_ids: Iterable[UUID], today: date) -> dict[UUID, Absence]:
    """For each of these people, the absence that lasts, or else the next one."""
    query = (
        select(Absence)
        .where(Absence.person_id.in_(list(person_ids)), Absence.taken_back_at.is_(None), Absence.ends_on >= today)
        .order_by(Absence.starts_on.desc())
    )
    return {each.person_id: each for each in db.session.scalars(query)}


def is_absent_on_the_day(person_id: UUID) -> ColumnElement[bool]:
    """Of a query for ``Meeting``: whether this person is absent on the day of the meeting, on their own calendar."""
    return exists().where(
        Person.id == person_id, Absence.person_id == Person.id, Absence.taken_back_at.is_(None), _meets_in_it()
    )


def stands_in_for_a_member(deputy: Person) -> ColumnElement[bool]:
    """Of a query for ``Meeting``: whether they stand in for an absent member of its board of their discipline."""
    return exists().where(
        Absence.deputy_id == deputy.id,
        Absence.taken_back_at.is_(None),
        Person.id == Absence.person_id,
        Person.discipline == deputy.discipline,
        _meets_in_it(),
        _on_board(Absence.person_id),
    )


@beyond_sight()
def stand_ins(meeting_ids: Iterable[UUID], deputy_id: UUID | None = None) -> list[tuple[UUID, Absence]]:
    """Who is absent, and by whom that is covered, at each of these meetings; all, or where this person is the deputy.

    Of its board, and of those who submitted a case on its agenda or are on its care team.
    """
    query = (
        select(Meeting.id, Absence)
        .select_from(Meeting)
        .join(Absence, Absence.taken_back_at.is_(None))
        .join(Person, Person.id == Absence.person_id)
        .where(Meeting.id.in_(list(meeting_ids)), _meets_in_it(), _on_board(Absence.person_id) | _of_a_listed_case())
        .order_by(Person.family_name, Person.given_name, Absence.id)
    )
    if deputy_id is not None:
        query = query.where(Absence.deputy_id == deputy_id)
    return [(meeting_id, each) for meeting_id, each in db.session.execute(query).unique()]


def is_away(at: datetime) -> ColumnElement[bool]:
    """Of a query for ``Person``: whether they are absent on their own calendar's day of ``at``."""
    return exists().where(
        Absence.person_id == Person.id,
        Absence.taken_back_at.is_(None),
        _day_there(at).between(Absence.starts_on, Absence.ends_on),
    )


def known_meetings_of(person_id: UUID, starts_on: date, ends_on: date, after: datetime) -> list[Meeting]:
    """Meetings that people are invited to around these days that concern, or concerned, this person."""
    query = select(Meeting).where(
        Meeting.known(),
        Meeting.ends_at > after,
        _around(starts_on, ends_on),
        _concerns(person_id),
    )
    return list(db.session.scalars(query.order_by(Meeting.starts_at)))


@beyond_sight()
def counts_within(person: Person, starts_on: date, ends_on: date, after: datetime) -> tuple[int, int]:
    """How many coming meetings of this person fall into these days, and how many listed cases of theirs."""
    day = cast(func.timezone(person.time_zone, Meeting.starts_at), Date)
    meetings = select(Meeting.id).where(
        Meeting.state.in_((MeetingState.PLANNED, MeetingState.PUBLISHED)),
        Meeting.ends_at > after,
        day.between(starts_on, ends_on),
        _concerns(person.id),
    )
    theirs = select(CareTeamMember.patient_id).where(
        CareTeamMember.person_id == person.id, CareTeamMember.present(after)
    )
    cases = (
        select(func.count(AgendaItem.id))
        .join(Case)
        .where(
            AgendaItem.meeting_id.in_(meetings),
            AgendaItem.taken_off_at.is_(None),
            (Case.submitter_id == person.id) | Case.patient_id.in_(theirs),
        )
    )
    return db.session.scalar(select(func.count()).select_from(meetings.subquery())) or 0, db.session.scalar(cases) or 0


def hold_people(person_ids: Iterable[UUID]) -> None:
    """Locks these people until the transaction ends: two absences that would cross come one after the other."""
    query = select(Person.id).where(Person.id.in_(list(person_ids))).order_by(Person.id)
    db.session.execute(query.with_for_update(of=Person))


def _shares_a_day(starts_on: date, ends_on: date) -> tuple[ColumnElement[bool], ...]:
    return Absence.taken_back_at.is_(None), Absence.starts_on <= ends_on, Absence.ends_on >= starts_on


def _around(starts_on: date, ends_on: date) -> ColumnElement[bool]:
    return cast(Meeting.starts_at, Date).between(starts_on - _A_DAY, ends_on + _A_DAY)


def _concerns(person_id: UUID) -> ColumnElement[bool]:
    return _on_board(person_id) | exists().where(
        CalendarEntry.meeting_id == Meeting.id, CalendarEntry.person_id == person_id
    )


def _on_board(person_id: UUID | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return exists().where(
        BoardMember.board_id == Meeting.board_id,
        BoardMember.person_id == person_id,
        BoardMember.present(Meeting.starts_at),
    )


def _of_a_listed_case() -> ColumnElement[bool]:
    on_team = exists().where(
        CareTeamMember.patient_id == Case.patient_id,
        CareTeamMember.person_id == Absence.person_id,
        CareTeamMember.present(Meeting.starts_at),
    )
    return exists().where(
        AgendaItem.meeting_id == Meeting.id,
        AgendaItem.taken_off_at.is_(None),
        Case.id == AgendaItem.case_id,
        (Case.submitter_id == Absence.person_id) | on_team,
    )


def _meets_in_it() -> ColumnElement[bool]:
    """Whether the meeting is on a day of the absence, on the absent person's own calendar."""
    return cast(func.timezone(Person.time_zone, Meeting.starts_at), Date).between(Absence.starts_on, Absence.ends_on)


def _on_the_day_of(at: datetime) -> ColumnElement[bool]:
    return _day_there(at).between(Absence.starts_on, Absence.ends_on)


def _day_there(at: datetime) -> ColumnElement[date]:
    return cast(func.timezone(Person.time_zone, at), Date)
