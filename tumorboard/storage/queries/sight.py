"""Questions about who may see what for other reasons than a board or a care team."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, Uuid, bindparam, cast, exists, func, select
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
    asked = {
        "person_id": person_id,
        "at": at,
        "case_id": case.id,
        "patient_id": case.patient_id,
        "submitter_id": case.submitter_id,
    }
    return TowardsCase._make(db.session.execute(_TOWARDS_CASE, asked).one())


def meeting_is_open_to(person_id: UUID, meeting_id: UUID, at: datetime) -> bool:
    opened = select(exists().where(ExternalAccess.meeting_id == meeting_id, _OPEN))
    return bool(db.session.scalar(opened, {"person_id": person_id, "at": at}))


def _on_care_team() -> Select[Any]:
    return select(CareTeamMember.id).where(
        CareTeamMember.patient_id == _PATIENT, CareTeamMember.person_id == _PERSON, CareTeamMember.present(_AT)
    )


def _invited() -> Select[Any]:
    query = select(AgendaItem.id).join(CalendarEntry, CalendarEntry.meeting_id == AgendaItem.meeting_id)
    return query.where(_LISTED, CalendarEntry.person_id == _PERSON, CalendarEntry.held)


def _deputy() -> Select[Any]:
    day = cast(func.timezone(_Absent.time_zone, Meeting.starts_at), Date)
    on_board = exists().where(
        BoardMember.board_id == Meeting.board_id,
        BoardMember.person_id == Absence.person_id,
        BoardMember.present(Meeting.starts_at),
    )
    on_team = exists().where(
        CareTeamMember.patient_id == _PATIENT,
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
            _LISTED,
            CalendarEntry.held,
            Absence.deputy_id == _PERSON,
            Absence.taken_back_at.is_(None),
            day.between(Absence.starts_on, Absence.ends_on),
            on_board | on_team | (Absence.person_id == _SUBMITTER),
        )
    )


def _external() -> Select[Any]:
    listed_at = select(AgendaItem.meeting_id).where(_LISTED)
    theirs = (ExternalAccess.case_id == _CASE) | ExternalAccess.meeting_id.in_(listed_at)
    return select(ExternalAccess.id).where(theirs, _OPEN)


def _breaker() -> Select[Any]:
    return select(BreakGlass.id).where(
        BreakGlass.person_id == _PERSON,
        BreakGlass.patient_id == _PATIENT,
        BreakGlass.expires_at > _AT,
        BreakGlass.ended_at.is_(None),
    )


_PERSON, _CASE, _PATIENT, _SUBMITTER = (
    bindparam(name, type_=Uuid()) for name in ("person_id", "case_id", "patient_id", "submitter_id")
)
_AT = bindparam("at", type_=DateTime(timezone=True))
_LISTED = (AgendaItem.case_id == _CASE) & AgendaItem.taken_off_at.is_(None)
_OPEN = (ExternalAccess.person_id == _PERSON) & (ExternalAccess.until > _AT) & ExternalAccess.ended_at.is_(None)
_TOWARDS_CASE = select(*(exists(each()) for each in (_on_care_team, _invited, _deputy, _external, _breaker)))
"""Put together once: that takes longer than to ask."""
