"""Questions about who looks after which patient, and when."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Case, Person
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import KEY_WORKERS, BoardRole

LATEST_CASES = 20
"""How many of a board's cases tell which disciplines are usual there."""


def present_team(patient_id: UUID, at: datetime) -> list[CareTeamMember]:
    """Who looks after the patient then: the lead first, then by name."""
    team = db.session.scalars(select(CareTeamMember).where(*_present(patient_id, at)))
    return sorted(team, key=lambda m: (not m.lead, m.person.family_name, m.person.given_name))


def key_workers_of(patient_ids: Iterable[UUID | None], at: datetime) -> list[CareTeamMember]:
    """The nurses and social workers who look after these patients then."""
    query = select(CareTeamMember).where(
        CareTeamMember.patient_id.in_([each for each in patient_ids if each]),
        CareTeamMember.present(at),
        CareTeamMember.discipline.in_(KEY_WORKERS),
    )
    return list(db.session.scalars(query))


def present_team_member(patient_id: UUID, person_id: UUID, at: datetime) -> CareTeamMember | None:
    query = select(CareTeamMember).where(*_present(patient_id, at), CareTeamMember.person_id == person_id)
    return db.session.scalars(query).one_or_none()


def latest_joining(patient_id: UUID) -> datetime | None:
    """When somebody last began to look after the patient."""
    return db.session.scalar(select(func.max(CareTeamMember.joined_at)).where(CareTeamMember.patient_id == patient_id))


def team_history(patient_id: UUID) -> list[CareTeamMember]:
    """Every period of everybody who ever looked after the patient, latest first."""
    query = (
        select(CareTeamMember)
        .where(CareTeamMember.patient_id == patient_id, _some_time)
        .order_by(CareTeamMember.joined_at.desc(), CareTeamMember.id)
    )
    return list(db.session.scalars(query))


def team_between(patient_id: UUID, since: datetime, until: datetime) -> list[CareTeamMember]:
    """Every period of somebody who looked after the patient at some time in between: the lead first, then by name."""
    query = select(CareTeamMember).where(
        CareTeamMember.patient_id == patient_id,
        _some_time,
        CareTeamMember.joined_at < until,
        CareTeamMember.left_at.is_(None) | (CareTeamMember.left_at > since),
    )
    team = db.session.scalars(query)
    return sorted(team, key=lambda m: (not m.lead, m.person.family_name, m.person.given_name, m.joined_at))


def earlier_team(patient_id: UUID, at: datetime) -> list[CareTeamMember]:
    """Active people who once looked after the patient and do not then, each as they last did, by name."""
    query = (
        select(CareTeamMember)
        .join(Person)
        .where(
            CareTeamMember.patient_id == patient_id,
            CareTeamMember.left_at <= at,
            CareTeamMember.person_id.not_in(_on_it(patient_id, at)),
            *_could_join(),
        )
        .ext(distinct_on(CareTeamMember.person_id))
        .order_by(CareTeamMember.person_id, CareTeamMember.left_at.desc())
    )
    return sorted(db.session.scalars(query), key=lambda m: (m.person.family_name, m.person.given_name))


@beyond_sight()
def usual_members(board_id: UUID, patient_id: UUID, at: datetime) -> list[Person]:
    """Members of the board, of disciplines that its latest cases had on their teams, and not on this one, by name."""
    latest = (
        select(Case.patient_id)
        .where(Case.board_id == board_id, Case.submitted_at.is_not(None))
        .order_by(Case.submitted_at.desc())
        .limit(LATEST_CASES)
    )
    usual = select(CareTeamMember.discipline).where(
        CareTeamMember.patient_id.in_(latest), CareTeamMember.patient_id != patient_id, CareTeamMember.present(at)
    )
    query = (
        select(Person)
        .join(BoardMember)
        .where(
            BoardMember.board_id == board_id,
            BoardMember.present(at),
            BoardMember.board_role.not_in([BoardRole.OBSERVER, BoardRole.COORDINATOR]),
            Person.discipline.in_(usual),
            Person.id.not_in(_on_it(patient_id, at)),
            *_could_join(),
        )
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


def people_not_on_team(patient_id: UUID, at: datetime) -> list[Person]:
    """Everybody active who could join the care team, by name."""
    query = (
        select(Person)
        .where(*_could_join(), Person.id.not_in(_on_it(patient_id, at)))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


_some_time = CareTeamMember.left_at.is_(None) | (CareTeamMember.left_at > CareTeamMember.joined_at)
"""What was taken back in the same instant has never been."""


def _present(patient_id: UUID, at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CareTeamMember.patient_id == patient_id, CareTeamMember.present(at)


def _on_it(patient_id: UUID, at: datetime) -> ColumnElement[UUID]:
    return select(CareTeamMember.person_id).where(*_present(patient_id, at)).scalar_subquery()


def _could_join() -> tuple[ColumnElement[bool], ...]:
    return Person.deactivated_at.is_(None), Person.office.is_(None), ~Person.external
