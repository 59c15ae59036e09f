"""Questions about patients."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient, PatientIdentifier


def patient_with_mrn(hospital_id: UUID, mrn_key: str) -> Patient | None:
    query = (
        select(Patient)
        .join(PatientIdentifier)
        .where(PatientIdentifier.hospital_id == hospital_id, PatientIdentifier.mrn_key == mrn_key)
    )
    return db.session.scalars(query).one_or_none()


def own_patient_without_mrn(submitter_id: UUID, family_name: str, given_name: str, birth_date: date) -> Patient | None:
    """A patient of this submitter's earlier cases who had no MRN yet, by name and birth date."""
    query = (
        select(Patient)
        .join(Case)
        .where(
            Case.submitter_id == submitter_id,
            ~Patient.identifiers.any(),
            func.lower(Patient.family_name) == family_name.lower(),
            func.lower(Patient.given_name) == given_name.lower(),
            Patient.birth_date == birth_date,
        )
        .order_by(Patient.id)
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def hold_mrn(hospital_id: UUID, mrn_key: str) -> None:
    """Lets one transaction at a time decide whether this MRN is new."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{hospital_id}:{mrn_key}", 0))))
