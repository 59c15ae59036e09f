"""Questions about patients."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select, tuple_

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient, PatientIdentifier
from tumorboard.storage.queries.cases import visible_to
from tumorboard.storage.row_level_security import beyond_sight


@beyond_sight()
def patient_with_mrn(hospital_id: UUID, mrn_key: str) -> Patient | None:
    query = (
        select(Patient)
        .join(PatientIdentifier)
        .where(PatientIdentifier.hospital_id == hospital_id, PatientIdentifier.mrn_key == mrn_key)
    )
    return db.session.scalars(query).one_or_none()


@beyond_sight()
def patients_with_mrns(keys: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], Patient]:
    """Those of these MRNs, each of a hospital, that are on record, with whose they are."""
    place = tuple_(PatientIdentifier.hospital_id, PatientIdentifier.mrn_key)
    query = (
        select(PatientIdentifier.hospital_id, PatientIdentifier.mrn_key, Patient)
        .join(Patient, Patient.id == PatientIdentifier.patient_id)
        .where(place.in_(list(keys)))
    )
    return {(hospital_id, key): patient for hospital_id, key, patient in db.session.execute(query)}


def own_patients_without_mrn(submitter_id: UUID, birth_dates: Iterable[date]) -> list[Patient]:
    """The patients of this person's earlier cases who had no MRN yet and were born on one of these days."""
    query = (
        select(Patient)
        .join(Case)
        .where(
            or_(Case.submitter_id == submitter_id, Case.entered_by_id == submitter_id),
            Patient.merged_into_id.is_(None),
            ~Patient.identifiers.any(),
            Patient.birth_date.in_(list(birth_dates)),
        )
        .order_by(Patient.id)
    )
    return list(db.session.scalars(query).unique())


def own_patient_without_mrn(submitter_id: UUID, family_name: str, given_name: str, birth_date: date) -> Patient | None:
    """A patient of this person's earlier cases who had no MRN yet, by name and birth date."""
    query = (
        select(Patient)
        .join(Case)
        .where(
            or_(Case.submitter_id == submitter_id, Case.entered_by_id == submitter_id),
            Patient.merged_into_id.is_(None),
            ~Patient.identifiers.any(),
            func.lower(Patient.family_name) == family_name.lower(),
            func.lower(Patient.given_name) == given_name.lower(),
            Patient.birth_date == birth_date,
        )
        .order_by(Patient.id)
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


@beyond_sight()
def patients_to_change(*patient_ids: UUID) -> dict[UUID, Patient]:
    """These patients, locked until the transaction ends, always in the same order."""
    query = select(Patient).where(Patient.id.in_(patient_ids)).order_by(Patient.id).with_for_update(of=Patient)
    return {each.id: each for each in db.session.scalars(query.execution_options(populate_existing=True))}


def patients_of_board(board_id: UUID, since: datetime) -> list[Patient]:
    """Everybody with a case that was submitted to the board since then."""
    of_board = select(Case.patient_id).where(Case.board_id == board_id, Case.submitted_at >= since)
    return list(db.session.scalars(select(Patient).where(Patient.id.in_(of_board))).unique())


def cases_of(patient_id: UUID) -> list[Case]:
    """Every case of the patient that was submitted, latest first."""
    query = (
        select(Case)
        .where(Case.patient_id == patient_id, Case.submitted_at.is_not(None))
        .order_by(Case.submitted_at.desc(), Case.id)
    )
    return list(db.session.scalars(query).unique())


def is_in_sight(patient_id: UUID, person_id: UUID, at: datetime) -> bool:
    """Whether this person may see a case of the patient."""
    return bool(db.session.scalar(select(exists().where(Case.patient_id == patient_id, visible_to(person_id, at)))))


def hold_mrn(hospital_id: UUID, mrn_key: str) -> None:
    """Lets one transaction at a time decide whether this MRN is new."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{hospital_id}:{mrn_key}", 0))))
