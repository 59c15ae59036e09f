"""Questions about what disciplines prepare.

A preparation is asked for while its case is listed for its meeting, which is published and not over: taking the case
off, or cancelling the meeting, ends it, and putting the case back brings back how far it was.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    AgendaItem,
    Board,
    BoardMember,
    CareTeamMember,
    Case,
    Hospital,
    Meeting,
    Person,
    Preparation,
    Result,
)
from tumorboard.storage.queries.absences import stands_in_for_a_member
from tumorboard.storage.queries.cases import PAGE
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import PREPARES, BoardRole, MeetingState, PreparationState

Asked = TypeVarTuple("Asked")


class Unready(NamedTuple):
    """One that is not ready yet, with what says when it is due."""

    meeting_id: UUID
    starts_at: datetime
    zone: str
    requested_at: datetime
    held_up: bool


def preparation_to_change(preparation_id: UUID, case_id: UUID) -> Preparation | None:
    """One loaded through its case, locked until the transaction ends."""
    query = (
        select(Preparation)
        .where(Preparation.id == preparation_id, Preparation.case_id == case_id)
        .with_for_update(of=Preparation)
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()


def is_asked(preparation: Preparation, at: datetime) -> bool:
    """Whether it is asked for now."""
    query = select(Preparation.id).join(Meeting).where(Preparation.id == preparation.id, *_asked(at))
    return db.session.scalar(query) is not None


def of_case(case_id: UUID, meeting_id: UUID) -> list[Preparation]:
    """What was asked of each discipline about the case for that meeting."""
    query = select(Preparation).where(Preparation.case_id == case_id, Preparation.meeting_id == meeting_id)
    return _in_order(db.session.scalars(query).unique())


def of_meeting(meeting_id: UUID) -> list[Preparation]:
    """What was asked of each discipline about each case for the meeting."""
    query = select(Preparation).where(Preparation.meeting_id == meeting_id)
    return _in_order(db.session.scalars(query).unique())


def page_for(person: Person, at: datetime, after: UUID | None) -> list[Preparation]:
    """What is asked of this person's discipline, and on boards that they coordinate; one row more than a page.

    Soonest meeting first, for each where slides and pictures lie, and there by case. ``after`` is the last row before.
    """
    place = (Meeting.starts_at, Meeting.id, _place(), Case.number, Preparation.id)
    query = _where(select(Preparation), at, _shown_to(person, at))
    if after is not None:
        last = db.session.execute(_where(select(*place), at, Preparation.id == after)).one_or_none()
        query = query.where(tuple_(*place) > tuple_(*last)) if last else query
    whole = joinedload(Preparation.meeting), joinedload(Preparation.case).selectinload(Case.results)
    return list(db.session.scalars(query.order_by(*place).limit(PAGE + 1).options(*whole)).unique())


def count_for(person: Person, at: datetime) -> int:
    """How many rows that list has."""
    return db.session.scalar(_where(select(func.count()), at, _shown_to(person, at))) or 0


def waiting_for(person: Person, at: datetime) -> int:
    """How many of them wait for this person's own discipline."""
    waits = _theirs(person, at), Preparation.state != PreparationState.READY
    return db.session.scalar(_where(select(func.count()), at, *waits)) or 0


@beyond_sight()
def waiting_at(person: Person, meeting_id: UUID, at: datetime, requested_at: datetime | None = None) -> int:
    """How many wait for this person's discipline at one meeting: all, or those asked for at that instant."""
    waits = _theirs(person, at), Preparation.state != PreparationState.READY, Preparation.meeting_id == meeting_id
    asked_then = () if requested_at is None else (Preparation.requested_at == requested_at,)
    return db.session.scalar(_where(select(func.count()), at, *waits, *asked_then)) or 0


@beyond_sight()
def unready_on_boards_of(coordinator: Person, at: datetime) -> list[Unready]:
    """What is asked and not ready on the boards that this person coordinates: numbers alone, and so quick."""
    coordinated = _boards(coordinator, at, BoardMember.board_role == BoardRole.COORDINATOR)
    query = (
        select(
            Preparation.meeting_id,
            Meeting.starts_at,
            Board.time_zone,
            Preparation.requested_at,
            Preparation.hindrance.is_not(None),
        )
        .select_from(Preparation)
        .join(Meeting, Meeting.id == Preparation.meeting_id)
        .join(Board, Board.id == Meeting.board_id)
        .where(Meeting.board_id.in_(coordinated), Preparation.state != PreparationState.READY, *_asked(at))
    )
    return [Unready._make(row) for row in db.session.execute(query)]


def who_prepared(case_id: UUID, meeting_id: UUID) -> set[UUID]:
    """Who has started on the case for that meeting, or is ready with it."""
    done = [each for each in of_case(case_id, meeting_id) if each.touched_at]
    return {person_id for each in done for person_id in (each.started_by_id, each.ready_by_id) if person_id}


def _in_order(found: Iterable[Preparation]) -> list[Preparation]:
    return sorted(found, key=lambda each: list(PREPARES).index(each.discipline))


def _asked(at: datetime) -> tuple[ColumnElement[bool], ...]:
    listed = exists().where(
        AgendaItem.case_id == Preparation.case_id,
        AgendaItem.meeting_id == Preparation.meeting_id,
        AgendaItem.taken_off_at.is_(None),
    )
    return Meeting.state.in_((MeetingState.PUBLISHED, MeetingState.LIVE)), Meeting.ends_at > at, listed


def _where(what: Select[*Asked], at: datetime, *which: ColumnElement[bool]) -> Select[*Asked]:
    return (
        what.select_from(Preparation)
        .join(Meeting, Meeting.id == Preparation.meeting_id)
        .join(Case, Case.id == Preparation.case_id)
        .where(*_asked(at), *which)
    )


def _theirs(person: Person, at: datetime) -> ColumnElement[bool]:
    """Asked of this person's discipline: on their boards, about their patients, or where they stand in."""
    boards = _boards(person, at, BoardMember.board_role != BoardRole.OBSERVER)
    patients = select(CareTeamMember.patient_id).where(
        CareTeamMember.person_id == person.id, CareTeamMember.present(at)
    )
    theirs = Meeting.board_id.in_(boards) | Case.patient_id.in_(patients) | stands_in_for_a_member(person)
    return (Preparation.discipline == person.discipline) & theirs


def _boards(person: Person, at: datetime, role: ColumnElement[bool]) -> Select[UUID]:
    return select(BoardMember.board_id).where(BoardMember.person_id == person.id, BoardMember.present(at), role)


def _shown_to(person: Person, at: datetime) -> ColumnElement[bool]:
    coordinated = _boards(person, at, BoardMember.board_role == BoardRole.COORDINATOR)
    return _theirs(person, at) | Meeting.board_id.in_(coordinated)


def _place() -> ColumnElement[str]:
    """Where what is to be reviewed lies: the first place by name, or the submitter's hospital."""
    of_discipline = [
        (Preparation.discipline == discipline) & Result.section.in_(sections)
        for discipline, sections in PREPARES.items()
    ]
    place = func.coalesce(func.nullif(Result.place, ""), Hospital.short_name)
    submitter = aliased(Person)
    lies = (
        select(func.min(place))
        .select_from(Result)
        .join(submitter, submitter.id == Case.submitter_id)
        .join(Hospital, Hospital.id == submitter.hospital_id)
        .where(Result.case_id == Preparation.case_id, or_(*of_discipline))
        .correlate(Preparation, Case)
    )
    return func.coalesce(lies.scalar_subquery(), "")
