"""Name, birth date, sex and MRNs of a record that were mistyped: put right with a reason, undone within a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from tumorboard.domain import audit, corrections_told, patient_identifiers
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient, PatientCorrection
from tumorboard.storage.queries import patients
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import AuditAct, CorrectionKind, Permission, Sex


@dataclass(frozen=True)
class CorrectParticulars:
    """All as it is right. ``mrns`` by the hospital that gave them; a hospital that is not named keeps its own."""

    family_name: str
    given_name: str
    birth_date: date
    sex: Sex
    mrns: Mapping[UUID, str]
    reason: str
    seen: str
    """The ``imprint`` of what the coordinator had before them."""


def correct(case: Case, act: CorrectParticulars, by: Actor) -> PatientCorrection:
    """Puts the record of the case's patient right, for every case of theirs."""
    demand(by, Permission.CORRECT_PATIENT, case)
    if case.patient_id is None:
        raise absent()
    patient = patients.patients_to_change(case.patient_id)[case.patient_id]
    if act.seen != imprint(patient):
        raise Refused(
            Code.CHANGED_MEANWHILE, "Somebody else corrected this record meanwhile. Look again, then correct."
        )
    was = _particulars(patient)
    with beyond_sight():
        _note(patient, act.family_name, act.given_name, act.birth_date, act.sex)
        for hospital_id, mrn in act.mrns.items():
            patient_identifiers.give(patient, hospital_id, mrn)
        db.session.flush()
    if _particulars(patient) == was:
        raise Refused(Code.WRONG, "This is what stands there. Change what is wrong.", field="family_name")
    correction = PatientCorrection(
        from_patient=patient,
        to_patient=patient,
        kind=CorrectionKind.PARTICULARS,
        reason=act.reason,
        moved=was,
        made_at=by.at,
        made_by_id=by.person.id,
    )
    db.session.add(correction)
    db.session.flush()
    details: dict[str, str | int] = {"action": correction.kind.value}
    audit.record(by, AuditAct.PATIENT_CORRECTED, patients=[patient.id], subjects=[correction.id], details=details)
    corrections_told.tell(correction, by)
    return correction


def imprint(patient: Patient) -> str:
    """A short sign of all that is corrected here: another one when something of it is another."""
    return sha256(repr(sorted(_particulars(patient).items())).encode()).hexdigest()[:16]


@beyond_sight()
def restore(patient: Patient, was: Mapping[str, Any]) -> None:
    """All as it was before a correction; an MRN that came with it goes."""
    _note(patient, was["family_name"], was["given_name"], date.fromisoformat(was["birth_date"]), Sex(was["sex"]))
    patient_identifiers.take_off(each for each in patient.identifiers if str(each.hospital_id) not in was["mrns"])
    db.session.refresh(patient, ["identifiers"])
    for hospital_id, mrn in was["mrns"].items():
        patient_identifiers.give(patient, UUID(hospital_id), mrn)
    db.session.flush()


def _note(patient: Patient, family_name: str, given_name: str, birth_date: date, sex: Sex) -> None:
    patient.family_name, patient.given_name, patient.birth_date, patient.sex = family_name, given_name, birth_date, sex


def _particulars(patient: Patient) -> dict[str, Any]:
    return {
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date.isoformat(),
        "sex": patient.sex.value,
        "mrns": {str(each.hospital_id): each.mrn for each in patient.identifiers},
    }
