"""Questions about who may see what for other reasons than a board or a care team."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, select
from sqlalchemy.orm import aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    Absence,
    AgendaItem,
    BoardMember,
    BreakGlass,
    CalendarEntry,
    CareTeamMember,
    Case,
    ExternalAccess,
    Meeting,
    Person,
)

_Absent = aliased(Person)


class TowardsCase(NamedTuple):
    """What somebody is to a case and its patient, besides what they are on its board."""

    on_care_team: bool
    invited: bool
    """The case stands on the agenda of a meeting for which they hold a calendar entry."""
    deputy: bool
    """It is listed for a meeting to which they are invited in the place of an absent member, or of a guest of it."""
    external: bool
    """It, or a meeting for which it is listed, was opened to this expert and still is."""
    breaker: bool


def towards_case(person_id: UUID, case: Case, at: datetime) -> TowardsCase:
    """All of it in one question, since each page and each act asks."""
    answered = db.session.execute(
        select(
            exists(_on_care_team(person_id, case, at)),
            exists(_invited(person_id, case)),
            exists(_deputy(person_id, case)),
            exists(_external(person_id, case, at)),
            exists(_breaker(person_id, case, at)),
        )
    ).one()
    return TowardsCase(*answered)


def meeting_is_open_to(person_id: UUID, meeting_id: UUID, at: datetime) -> bool:
    opened = select(ExternalAccess.id).where(ExternalAccess.meeting_id == meeting_id, *_open(person_id, at))
    return bool(db.session.scalar(select(exists(opened))))


def _on_care_team(person_id: UUID, case: Case, at: datetime) -> Select[Any]:
    return select(CareTeamMember.id).where(
        CareTeamMember.patient_id == case.patient_id, CareTeamMember.person_id == person_id, CareTeamMember.present(at)
    )


def _invited(person_id: UUID, case: Case) -> Select[Any]:
    query = select(AgendaItem.id).join(CalendarEntry, CalendarEntry.meeting_id == AgendaItem.meeting_id)
    return query.where(_listed(case.id), CalendarEntry.person_id == person_id, CalendarEntry.held)


def _deputy(person_id: UUID, case: Case) -> Select[Any]:
    day = cast(func.timezone(_Absent.time_zone, Meeting.starts_at), Date)
    on_board = exists().where(
        BoardMember.board_id == Meeting.board_id,
        BoardMember.person_id == Absence.person_id,
        BoardMember.present(Meeting.starts_at),
    )
    on_team = exists().where(
        CareTeamMember.patient_id == case.patient_id,
        CareTeamMember.person_id == Absence.person_id,
        CareTeamMember.present(Meeting.starts_at),
    )
    return (
        select(AgendaItem.id)
        .join(Meeting)
        .join(CalendarEntry, CalendarEntry.meeting_id == Meeting.id)
        .join(Absence, Absence.deputy_id == CalendarEntry.person_id)
        .join(_Absent, _Absent.id == Absence.person_id)
        .where(
            _listed(case.id),
            CalendarEntry.held,
            Absence.deputy_id == person_id,
            Absence.taken_back_at.is_(None),
            day.between(Absence.starts_on, Absence.ends_on),
            on_board | on_team | (Absence.person_id == case.submitter_id),
        )
    )


def _external(person_id: UUID, case: Case, at: datetime) -> Select[Any]:
    listed_at = select(AgendaItem.meeting_id).where(_listed(case.id))
    theirs = (ExternalAccess.case_id == case.id) | ExternalAccess.meeting_id.in_(listed_at)
    return select(ExternalAccess.id).where(theirs, *_open(person_id, at))


def _breaker(person_id: UUID, case: Case, at: datetime) -> Select[Any]:
    return select(BreakGlass.id).where(
        BreakGlass.person_id == person_id,
        BreakGlass.patient_id == case.patient_id,
        BreakGlass.expires_at > at,
        BreakGlass.ended_at.is_(None),
    )


def _open(person_id: UUID, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return ExternalAccess.person_id == person_id, ExternalAccess.until > at, ExternalAccess.ended_at.is_(None)


def _listed(case_id: UUID) -> ColumnElement[bool]:
    return (AgendaItem.case_id == case_id) & AgendaItem.taken_off_at.is_(None)
