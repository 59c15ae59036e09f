"""Questions about who may see what for other reasons than a board or a care team."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    Absence,
    AgendaItem,
    BoardMember,
    BreakGlass,
    CalendarEntry,
    ExternalAccess,
    Meeting,
    Person,
)


def is_listed_for(person_id: UUID, case_id: UUID) -> bool:
    """Whether the case stands on the agenda of a meeting for which this person holds a calendar entry."""
    query = select(AgendaItem.id).join(CalendarEntry, CalendarEntry.meeting_id == AgendaItem.meeting_id)
    return _any(query.where(_listed(case_id), CalendarEntry.person_id == person_id, CalendarEntry.held))


def stands_in_for(person_id: UUID, case_id: UUID) -> bool:
    """Whether the case is listed for a meeting at which this person is the deputy of an absent member."""
    absent_person = Person.__table__.alias()
    day = cast(func.timezone(absent_person.c.time_zone, Meeting.starts_at), Date)
    query = (
        select(AgendaItem.id)
        .join(Meeting)
        .join(BoardMember, BoardMember.board_id == Meeting.board_id)
        .join(Absence, Absence.person_id == BoardMember.person_id)
        .join(absent_person, absent_person.c.id == Absence.person_id)
        .where(
            _listed(case_id),
            Absence.deputy_id == person_id,
            Absence.taken_back_at.is_(None),
            day.between(Absence.starts_on, Absence.ends_on),
            BoardMember.present(Meeting.starts_at),
        )
    )
    return _any(query)


def case_is_open_to(person_id: UUID, case_id: UUID, at: datetime) -> bool:
    """Whether the case, or a meeting for which it is listed, was opened to this expert and still is."""
    listed_at = select(AgendaItem.meeting_id).where(_listed(case_id))
    mine = (ExternalAccess.case_id == case_id) | ExternalAccess.meeting_id.in_(listed_at)
    return _any(select(ExternalAccess.id).where(mine, *_open(person_id, at)))


def meeting_is_open_to(person_id: UUID, meeting_id: UUID, at: datetime) -> bool:
    return _any(select(ExternalAccess.id).where(ExternalAccess.meeting_id == meeting_id, *_open(person_id, at)))


def has_broken_the_glass(person_id: UUID, patient_id: UUID | None, at: datetime) -> bool:
    query = select(BreakGlass.id).where(
        BreakGlass.person_id == person_id,
        BreakGlass.patient_id == patient_id,
        BreakGlass.expires_at > at,
        BreakGlass.ended_at.is_(None),
    )
    return _any(query)


def _open(person_id: UUID, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return ExternalAccess.person_id == person_id, ExternalAccess.until > at, ExternalAccess.ended_at.is_(None)


def _listed(case_id: UUID) -> ColumnElement[bool]:
    return (AgendaItem.case_id == case_id) & AgendaItem.taken_off_at.is_(None)


def _any(query: Select[Any]) -> bool:
    return bool(db.session.scalar(select(exists(query))))
