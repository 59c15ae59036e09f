"""Questions about who looks after which patient."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Person


def is_on_team(person_id: UUID, patient_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(*_present(patient_id), CareTeamMember.person_id == person_id))))


def present_team(patient_id: UUID) -> list[CareTeamMember]:
    """Who looks after the patient now: the lead first, then by name."""
    team = db.session.scalars(select(CareTeamMember).where(*_present(patient_id)))
    return sorted(team, key=lambda m: (not m.lead, m.person.family_name, m.person.given_name))


def present_team_member(patient_id: UUID, person_id: UUID) -> CareTeamMember | None:
    query = select(CareTeamMember).where(*_present(patient_id), CareTeamMember.person_id == person_id)
    return db.session.scalars(query).one_or_none()


def people_not_on_team(patient_id: UUID) -> list[Person]:
    """Everybody active who could join the care team, by name."""
    on_it = select(CareTeamMember.person_id).where(*_present(patient_id))
    query = (
        select(Person)
        .where(Person.deactivated_at.is_(None), Person.office.is_(None), Person.id.not_in(on_it))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


def _present(patient_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CareTeamMember.patient_id == patient_id, CareTeamMember.left_at.is_(None)
