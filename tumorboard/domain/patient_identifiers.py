"""The MRNs of a record: given, taken off and put back, never one of a hospital for two patients."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tumorboard.domain.patients import mrn_key
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Patient, PatientIdentifier
from tumorboard.storage.queries import patient_corrections as questions
from tumorboard.storage.queries import patients


def give(patient: Patient, hospital_id: UUID, mrn: str) -> None:
    """The patient's MRN at this hospital from now on, in place of one that was there; refused where it is another's."""
    key = mrn_key(mrn)
    patients.hold_mrn(hospital_id, key)
    holder = patients.patient_with_mrn(hospital_id, key)
    if holder is not None and holder.id != patient.id:
        sentence = "This MRN is on another record. If both are one patient, compare the two cases instead."
        raise Refused(Code.WRONG, sentence, field="mrns")
    there = next((each for each in patient.identifiers if each.hospital_id == hospital_id), None)
    if there is None:
        patient.identifiers.append(PatientIdentifier(hospital_id=hospital_id, mrn=mrn, mrn_key=key))
    else:
        there.mrn, there.mrn_key = mrn, key


def take_off(identifiers: Iterable[PatientIdentifier]) -> list[dict[str, Any]]:
    """Takes them off their records, and answers with what ``put_back`` needs."""
    dropped = [
        {"id": str(each.id), "patient": str(each.patient_id), "hospital": str(each.hospital_id), "mrn": each.mrn}
        for each in identifiers
    ]
    questions.drop_identifiers(UUID(each["id"]) for each in dropped)
    return dropped


def put_back(dropped: Iterable[dict[str, Any]]) -> None:
    """What was taken off; refused where it was given to another record since."""
    for each in dropped:
        hospital_id, key = UUID(each["hospital"]), mrn_key(each["mrn"])
        patients.hold_mrn(hospital_id, key)
        if patients.patient_with_mrn(hospital_id, key) is not None:
            raise Refused(Code.NOT_NOW, "The MRN that was taken off is another record's by now. Correct it anew.")
        db.session.add(
            PatientIdentifier(
                id=UUID(each["id"]),
                patient_id=UUID(each["patient"]),
                hospital_id=hospital_id,
                mrn=each["mrn"],
                mrn_key=key,
            )
        )
    db.session.flush()
