"""Questions about what is open to experts from outside."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, Case, ExternalAccess, Meeting, Person


def to_change(access_id: UUID) -> ExternalAccess | None:
    """One access, locked until the transaction ends."""
    query = select(ExternalAccess).where(ExternalAccess.id == access_id).with_for_update(of=ExternalAccess)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()


def open_to_case(case_id: UUID, at: datetime) -> list[ExternalAccess]:
    """Who sees the case as an expert from outside, by the case itself or by a meeting that lists it."""
    listed_at = select(AgendaItem.meeting_id).where(AgendaItem.case_id == case_id, AgendaItem.taken_off_at.is_(None))
    return _open(at, (ExternalAccess.case_id == case_id) | ExternalAccess.meeting_id.in_(listed_at))


def opened_cases(person_id: UUID, at: datetime) -> list[tuple[ExternalAccess, Case]]:
    """Cases opened to this expert for themselves, those that close soonest first."""
    query = (
        select(ExternalAccess, Case)
        .join(Case, Case.id == ExternalAccess.case_id)
        .where(ExternalAccess.person_id == person_id, ExternalAccess.until > at, ExternalAccess.ended_at.is_(None))
        .order_by(ExternalAccess.until, ExternalAccess.id)
    )
    return [(access, case) for access, case in db.session.execute(query).unique()]


def open_to_meeting(meeting_id: UUID, at: datetime) -> list[ExternalAccess]:
    return _open(at, ExternalAccess.meeting_id == meeting_id)


def experts_to_invite(meeting: Meeting) -> list[Person]:
    """To whom the meeting is open from outside when it begins."""
    open_then = _open(meeting.starts_at, ExternalAccess.meeting_id == meeting.id)
    return [access.person for access in open_then if not access.person.has_left(meeting.starts_at)]


def external_people() -> list[Person]:
    """Every expert from outside with an active account, by name."""
    query = (
        select(Person)
        .where(Person.external, Person.deactivated_at.is_(None))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


def _open(at: datetime, *which: ColumnElement[bool]) -> list[ExternalAccess]:
    query = (
        select(ExternalAccess)
        .where(*which, ExternalAccess.until > at, ExternalAccess.ended_at.is_(None))
        .order_by(ExternalAccess.until, ExternalAccess.id)
    )
    return list(db.session.scalars(query).unique())
