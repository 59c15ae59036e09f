"""Finding a patient on record, or making one: never two for one MRN at one hospital."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Patient, PatientIdentifier
from tumorboard.storage.queries import patients as questions
from tumorboard.vocabulary import AuditAct, Permission, Sex


@dataclass(frozen=True)
class NamePatient:
    """The patient as a submitter names them. Without ``mrn`` there is no MRN yet."""

    family_name: str
    given_name: str
    birth_date: date
    sex: Sex
    mrn: str
    mrn_hospital_id: UUID


def mrn_key(mrn: str) -> str:
    """What makes two ways of writing an MRN the same: upper case, letters and digits alone."""
    return re.sub(r"[^A-Z0-9]", "", mrn.upper())


def find_patient(mrn: str, birth_date: date, by: Actor) -> Patient | None:
    """The patient with this MRN *and* this birth date at the asking person's own hospital (trust.md threat 1).

    Whoever asks may show the identifiers and nothing else. Asking leaves an audit entry, found or not. A restricted
    patient is nobody to whoever has no relation to them; the coordinator resolves the double.
    """
    demand(by, Permission.FIND_PATIENT)
    patient = questions.patient_with_mrn(by.person.hospital_id, mrn_key(mrn))
    found = patient if patient and patient.birth_date == birth_date and _may_be_found(patient, by) else None
    audit.record(by, AuditAct.PATIENT_SOUGHT, patients=[found.id] if found else [], details={"found": int(bool(found))})
    return found


def patient_named(act: NamePatient, by: Actor) -> Patient:
    """The patient on record whom ``act`` names, or a new one.

    Refused when the MRN is on record with another birth date or under another name.
    """
    if not act.mrn:
        known = questions.own_patient_without_mrn(by.person.id, act.family_name, act.given_name, act.birth_date)
        return known or _new_patient(act, by)
    key = mrn_key(act.mrn)
    questions.hold_mrn(act.mrn_hospital_id, key)
    on_record = questions.patient_with_mrn(act.mrn_hospital_id, key)
    if on_record is None:
        patient = _new_patient(act, by)
        patient.identifiers.append(PatientIdentifier(hospital_id=act.mrn_hospital_id, mrn=act.mrn, mrn_key=key))
        return patient
    require_same_patient(on_record, act, by)
    return on_record


def record_mismatch(by: Actor) -> None:
    """Leaves a trace of a submission that named an MRN with other particulars than those on record."""
    audit.record(by, AuditAct.PATIENT_SOUGHT, details={"found": 0, "refused": 1})


UNDER_ANOTHER_NAME = "This MRN and birth date are on record under another name."
FIND_THEM = "Press Find the patient, then take the patient on record or correct the MRN."


def require_same_patient(on_record: Patient, act: NamePatient, by: Actor, *, what_to_do: str = FIND_THEM) -> None:
    """Refuses an MRN that is on record with another birth date or under another name, which ``what_to_do`` is about."""
    same_birth_date, same_name = on_record.birth_date == act.birth_date, _same_name(on_record, act)
    if same_birth_date and same_name:
        return
    if act.mrn_hospital_id != by.person.hospital_id:
        # One sentence for every mismatch, so that another hospital's birth dates cannot be tried out.
        sentence = (
            "MRN, birth date and name do not belong together at this hospital. Check them, or ask the board's"
            " coordinator."
        )
    elif same_birth_date and _may_be_found(on_record, by):
        sentence = f"{UNDER_ANOTHER_NAME} {what_to_do}"
    else:
        sentence = "MRN and birth date do not belong together at this hospital. Check both."
    raise Refused(Code.WRONG, sentence, field="mrn")


def _may_be_found(patient: Patient, by: Actor) -> bool:
    return not patient.restricted or questions.is_in_sight(patient.id, by.person.id, by.at)


def _same_name(patient: Patient, act: NamePatient) -> bool:
    on_record = patient.family_name.casefold(), patient.given_name.casefold()
    return on_record == (act.family_name.casefold(), act.given_name.casefold())


def _new_patient(act: NamePatient, by: Actor) -> Patient:
    patient = Patient(
        family_name=act.family_name,
        given_name=act.given_name,
        birth_date=act.birth_date,
        sex=act.sex,
        created_at=by.at,
        identifiers=[],
    )
    db.session.add(patient)
    db.session.flush()
    return patient
