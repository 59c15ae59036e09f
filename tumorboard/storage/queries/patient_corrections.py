"""Questions about what a corrected record holds."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select, update

from tumorboard.storage.db import Identified, db
from tumorboard.storage.models import BreakGlass, CareTeamMember, Case, PatientCorrection, PatientIdentifier
from tumorboard.storage.row_level_security import beyond_sight

Row = TypeVar("Row", bound=Identified)


def case_with_number(number: int) -> Case | None:
    return db.session.scalars(select(Case).where(Case.number == number)).unique().one_or_none()


@beyond_sight()
def to_change(correction_id: UUID) -> PatientCorrection | None:
    """One correction, locked until the transaction ends."""
    query = select(PatientCorrection).where(PatientCorrection.id == correction_id)
    query = query.with_for_update(of=PatientCorrection).execution_options(populate_existing=True)
    return db.session.scalars(query).unique().one_or_none()


@beyond_sight()
def of_patient(patient_id: UUID) -> list[PatientCorrection]:
    """What was corrected on this record and not undone, latest first."""
    query = (
        select(PatientCorrection)
        .where(_touches(patient_id), PatientCorrection.undone_at.is_(None))
        .order_by(PatientCorrection.made_at.desc())
    )
    return list(db.session.scalars(query).unique())


def is_corrected_since(correction: PatientCorrection) -> bool:
    """Whether a later correction, not undone, has touched one of the two records."""
    later = exists().where(
        _touches(correction.from_patient_id) | _touches(correction.to_patient_id),
        PatientCorrection.undone_at.is_(None),
        PatientCorrection.id > correction.id,
    )
    return bool(db.session.scalar(select(later)))


def cases_of_record(patient_id: UUID) -> list[Case]:
    return list(db.session.scalars(select(Case).where(Case.patient_id == patient_id)).unique())


def break_glasses_of(patient_id: UUID) -> list[BreakGlass]:
    return list(db.session.scalars(select(BreakGlass).where(BreakGlass.patient_id == patient_id)).unique())


def team_ever(patient_id: UUID) -> list[CareTeamMember]:
    """Everybody who is or was on the care team, as they joined."""
    query = select(CareTeamMember).where(CareTeamMember.patient_id == patient_id).order_by(CareTeamMember.joined_at)
    return list(db.session.scalars(query))


def rows(kind: type[Row], ids: Iterable[str]) -> list[Row]:
    return list(db.session.scalars(select(kind).where(kind.id.in_([UUID(each) for each in ids]))).unique())


def move_identifiers(identifier_ids: Iterable[UUID], patient_id: UUID) -> None:
    """By statement: as members of ``Patient.identifiers`` they would be deleted from the one and added to the other."""
    query = update(PatientIdentifier).where(PatientIdentifier.id.in_(list(identifier_ids)))
    db.session.execute(query.values(patient_id=patient_id))


def drop_identifiers(identifier_ids: Iterable[UUID]) -> None:
    db.session.execute(delete(PatientIdentifier).where(PatientIdentifier.id.in_(list(identifier_ids))))


def _touches(patient_id: UUID) -> ColumnElement[bool]:
    return (PatientCorrection.from_patient_id == patient_id) | (PatientCorrection.to_patient_id == patient_id)
