"""Questions about meetings and whom they concern."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    AgendaItem,
    AgendaVersion,
    Answer,
    Board,
    BoardMember,
    CalendarEntry,
    CareTeamMember,
    Case,
    ExternalAccess,
    Meeting,
    Notice,
    Person,
    PublishedItem,
    uninvited,
)
from tumorboard.storage.queries.absences import is_absent_on_the_day
from tumorboard.storage.queries.cases import PAGE, Place
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import CaseState, MeetingState

OPEN = (MeetingState.PLANNED, MeetingState.PUBLISHED)
"""The states in which an agenda can still be built."""


def meeting(meeting_id: UUID) -> Meeting | None:
    return db.session.get(Meeting, meeting_id)


def meeting_to_change(meeting_id: UUID) -> Meeting | None:
    """The meeting, locked until the transaction ends, so that two acts on it come one after the other."""
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update(of=Meeting)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def coming_meetings_of_board(board_id: UUID, after: datetime) -> list[Meeting]:
    """Meetings that have not ended yet, cancelled ones too, soonest first."""
    query = select(Meeting).where(Meeting.board_id == board_id, Meeting.ends_at > after).order_by(Meeting.starts_at)
    return list(db.session.scalars(query))


def known_meetings_from(instant: datetime) -> list[Meeting]:
    """Meetings of every board that people are invited to and that begin then or later, soonest first."""
    query = select(Meeting).where(Meeting.known(), Meeting.starts_at >= instant)
    return list(db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


def to_be_reminded_of(after: datetime, until: datetime) -> list[UUID]:
    """Meetings that begin in this time, are not cancelled, and whose board reminds who has not answered."""
    query = (
        select(Meeting.id)
        .join(Board, Board.id == Meeting.board_id)
        .where(
            Meeting.starts_at > after, Meeting.starts_at <= until, Meeting.state.in_(OPEN), Board.reminder_days != []
        )
    )
    return list(db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


def next_meetings(board_ids: Iterable[UUID], after: datetime) -> dict[UUID, Meeting]:
    """For each of these boards, the soonest meeting that is not cancelled and has not ended yet."""
    query = (
        select(Meeting)
        .where(Meeting.board_id.in_(list(board_ids)), Meeting.ends_at > after, Meeting.state != MeetingState.CANCELLED)
        .ext(distinct_on(Meeting.board_id))
        .order_by(Meeting.board_id, Meeting.starts_at)
    )
    return {each.board_id: each for each in db.session.scalars(query)}


def meetings_of_no_series(board_id: UUID) -> list[Meeting]:
    """Meetings of their own whose agenda can still take a case, soonest first."""
    query = select(Meeting).where(Meeting.board_id == board_id, Meeting.series_id.is_(None), Meeting.state.in_(OPEN))
    return list(db.session.scalars(query.order_by(Meeting.starts_at)))


def touched_among(meeting_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these meetings that more than a plan knows of: cases, mails, answers, or somebody from outside."""
    ids = list(meeting_ids)
    told = (Answer.meeting_id, Notice.meeting_id, CalendarEntry.meeting_id)
    knowing = (AgendaItem.meeting_id, AgendaVersion.meeting_id, *told)
    found = [set(db.session.scalars(select(column).where(column.in_(ids)))) for column in knowing]
    opened = select(ExternalAccess.meeting_id).where(ExternalAccess.meeting_id.in_(ids))
    return {each for each in set().union(*found, db.session.scalars(opened)) if each}


def open_meetings_of_board(board_id: UUID, after: datetime) -> list[Meeting]:
    """Meetings whose agenda can still take a case, soonest first."""
    return [each for each in coming_meetings_of_board(board_id, after) if each.state in OPEN]


def open_meetings_from(board_id: UUID, instant: datetime, limit: int = 10) -> list[Meeting]:
    """Meetings that begin then or later and whose agenda can still take a case, soonest first."""
    query = (
        select(Meeting)
        .where(Meeting.board_id == board_id, Meeting.starts_at >= instant, Meeting.state.in_(OPEN))
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def coming_meetings_of_person(person_id: UUID, after: datetime, limit: int = 50) -> list[Meeting]:
    """Meetings this person is a member of or a guest at, or which are open to them as an expert from outside.

    Soonest first; cancelled ones stay until their day. For those on whose day they are absent somebody stands in.
    """
    query = (
        select(Meeting)
        .where(Meeting.ends_at > after, _of_person(person_id, after), ~is_absent_on_the_day(person_id))
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def past_meetings_of_board(board_id: UUID, before: datetime, after: Place | None) -> list[Meeting]:
    """Meetings that have ended, cancelled ones too, latest first; one row more than a page."""
    return _past(Meeting.board_id == board_id, before, after)


def past_meetings_of_person(person_id: UUID, before: datetime, after: Place | None) -> list[Meeting]:
    """Meetings that have ended, of this person's boards and where they were a guest, latest first; one row more."""
    return _past(_of_person(person_id, before), before, after)


def _of_person(person_id: UUID, at: datetime) -> ColumnElement[bool]:
    boards = select(BoardMember.board_id).where(BoardMember.person_id == person_id, BoardMember.present(at))
    guest_at = (
        select(CalendarEntry.meeting_id)
        .join(Person)
        .where(CalendarEntry.person_id == person_id, CalendarEntry.held, ~Person.external)
    )
    opened = select(ExternalAccess.meeting_id).where(
        ExternalAccess.person_id == person_id, ExternalAccess.until > at, ExternalAccess.ended_at.is_(None)
    )
    return Meeting.board_id.in_(boards) | Meeting.id.in_(guest_at) | Meeting.id.in_(opened)


def _past(which: ColumnElement[bool], before: datetime, after: Place | None) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(which, Meeting.ends_at <= before)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(Meeting.starts_at, Meeting.id) < (after.at, after.id))
    return list(db.session.scalars(query))


def is_taken(board_id: UUID, starts_at: datetime, but: UUID | None = None) -> bool:
    """Whether the board has a meeting at this very time, another than ``but``, that is not cancelled."""
    taken = exists().where(
        Meeting.board_id == board_id, Meeting.starts_at == starts_at, Meeting.state != MeetingState.CANCELLED
    )
    return bool(db.session.scalar(select(taken if but is None else taken.where(Meeting.id != but))))


def taken_twice(series_id: UUID, after: datetime) -> list[datetime]:
    """When, of the coming dates of a series, its board has another meeting; soonest first, cancelled ones aside."""
    other = aliased(Meeting)
    at_once = (other.board_id == Meeting.board_id) & (other.starts_at == Meeting.starts_at) & (other.id != Meeting.id)
    query = (
        select(Meeting.starts_at)
        .join(other, at_once)
        .where(
            Meeting.series_id == series_id,
            Meeting.starts_at > after,
            Meeting.state != MeetingState.CANCELLED,
            other.state != MeetingState.CANCELLED,
        )
    )
    return list(db.session.scalars(query.distinct().order_by(Meeting.starts_at)))


def members_to_invite(meeting: Meeting) -> list[BoardMember]:
    """Everybody who is on the board when it meets and whose account is active then."""
    query = (
        select(BoardMember)
        .join(Person)
        .where(
            BoardMember.board_id == meeting.board_id,
            BoardMember.present(meeting.starts_at),
            Person.active(meeting.starts_at),
        )
    )
    return list(db.session.scalars(query))


def present_guests(meeting: Meeting) -> list[Person]:
    """Who holds an entry for the meeting without being on its board when it meets."""
    members = select(BoardMember.person_id).where(
        BoardMember.board_id == meeting.board_id, BoardMember.present(meeting.starts_at)
    )
    query = (
        select(Person)
        .join(CalendarEntry)
        .where(CalendarEntry.meeting_id == meeting.id, CalendarEntry.held, Person.id.not_in(members))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


@beyond_sight()
def guests_to_invite(meeting: Meeting) -> list[Person]:
    """Whom the latest published agenda concerns: submitters and care teams of its cases, without whom a case unticked.

    A case that was taken off counts until the next version says so, unless it was withdrawn or stands elsewhere by now.
    """
    latest = select(func.max(AgendaVersion.version)).where(AgendaVersion.meeting_id == meeting.id).scalar_subquery()
    elsewhere = exists().where(
        AgendaItem.case_id == Case.id, AgendaItem.taken_off_at.is_(None), AgendaItem.meeting_id != meeting.id
    )
    concerned = (
        select(Case.id, Case.submitter_id, CareTeamMember.person_id)
        .join(PublishedItem, PublishedItem.case_id == Case.id)
        .join(AgendaVersion)
        .outerjoin(
            CareTeamMember, (CareTeamMember.patient_id == Case.patient_id) & CareTeamMember.present(meeting.starts_at)
        )
        .where(
            AgendaVersion.meeting_id == meeting.id,
            AgendaVersion.version == latest,
            Case.state != CaseState.WITHDRAWN,
            ~elsewhere,
        )
        .subquery()
    )
    unticked = exists().where(uninvited.c.case_id == concerned.c.id, uninvited.c.person_id == Person.id)
    query = (
        select(Person)
        .join(concerned, or_(concerned.c.person_id == Person.id, concerned.c.submitter_id == Person.id))
        .where(Person.active(meeting.starts_at), ~unticked)
        .distinct()
    )
    return list(db.session.scalars(query).unique())


@beyond_sight()
def published_meetings_of_patient(patient_id: UUID, after: datetime) -> list[Meeting]:
    """Coming published meetings on whose agenda one of the patient's cases stands."""
    query = (
        select(Meeting)
        .join(AgendaItem)
        .join(Case)
        .where(
            Case.patient_id == patient_id,
            AgendaItem.taken_off_at.is_(None),
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.ends_at > after,
        )
    )
    return list(db.session.scalars(query).unique())
