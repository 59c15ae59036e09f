"""Two records of one patient, or a case of the wrong patient: put right by a coordinator, undone within a day.

What is mistyped within one record is ``domain.patient_particulars``'; undoing is the same for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tumorboard.domain import (
    audit,
    care_team_corrections,
    corrections_told,
    invitations,
    patient_identifiers,
    patient_particulars,
)
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand, may
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import BreakGlass, Case, Patient, PatientCorrection, PatientIdentifier
from tumorboard.storage.queries import care_team_members, patients
from tumorboard.storage.queries import patient_corrections as questions
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import AuditAct, CorrectionKind, Permission

UNDONE_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class CorrectPatient:
    """``other_number`` is the case whose patient the record belongs to, as people say it: "case 412"."""

    other_number: int
    merge: bool
    """Whether both records are one patient, which moves all; otherwise the one case alone moves."""
    reason: str
    keeps_own_mrn: bool | None = None
    """Where both have an MRN at one hospital: whether this case's is right, and not the other's."""


def other_case(case: Case, number: int, by: Actor) -> Case:
    """The case of this number, of another patient, on a board that the actor coordinates too."""
    demand(by, Permission.CORRECT_PATIENT, case)
    other = questions.case_with_number(number)
    if other is None or not may(by, Permission.CORRECT_PATIENT, other):
        raise Refused(Code.WRONG, "There is no such case on a board that you coordinate.", field="other")
    if other.patient_id == case.patient_id:
        raise Refused(Code.WRONG, "Both cases are of the same patient already.", field="other")
    return other


def correct(case: Case, act: CorrectPatient, by: Actor) -> PatientCorrection:
    """Moves the case, or in a merge all of its patient's record, to the patient of the other case.

    Care team, identifiers and invitations follow in this transaction. Where both records have an MRN at one hospital,
    the one that is wrong is taken off.
    """
    other = other_case(case, act.other_number, by)
    wrong, right = _both(case.patient_id, other.patient_id)
    concerned = _on_both_teams(wrong, right, by.at)
    moved = (
        _merge(wrong, right, by.at, keeps_own_mrn=act.keeps_own_mrn) if act.merge else _move(case, wrong, right, by.at)
    )
    correction = PatientCorrection(
        from_patient=wrong,
        to_patient=right,
        kind=CorrectionKind.MERGE if act.merge else CorrectionKind.MOVE,
        reason=act.reason,
        moved=moved,
        made_at=by.at,
        made_by_id=by.person.id,
    )
    db.session.add(correction)
    db.session.flush()
    _follow(correction, correction.kind.value, concerned, by)
    corrections_told.tell(correction, by)
    return correction


def undo(case: Case, correction_id: UUID, by: Actor) -> None:
    """Takes a correction back exactly, within a day, the last one first. Twice is once."""
    demand(by, Permission.CORRECT_PATIENT, case)
    correction = questions.to_change(correction_id)
    if correction is None or case.patient_id not in (correction.from_patient_id, correction.to_patient_id):
        raise absent()
    if correction.undone_at is not None:
        return
    if not may_be_undone(correction, by.at):
        raise Refused(Code.NOT_NOW, "This was corrected more than a day ago, or again since. Correct it anew.")
    wrong, right = _both(correction.from_patient_id, correction.to_patient_id)
    concerned = _on_both_teams(wrong, right, by.at)
    if correction.kind is CorrectionKind.PARTICULARS:
        patient_particulars.restore(right, correction.moved)
    else:
        _move_back(correction.moved, wrong, right)
    correction.undone_at, correction.undone_by_id = by.at, by.person.id
    db.session.flush()
    _follow(correction, "undo", concerned | _on_both_teams(wrong, right, by.at), by)
    corrections_told.tell(correction, by, undone=True)


def may_be_undone(correction: PatientCorrection, at: datetime) -> bool:
    """Whether it is not older than a day and nothing has been corrected on it since."""
    return (
        correction.undone_at is None
        and at - correction.made_at <= UNDONE_WITHIN
        and not questions.is_corrected_since(correction)
    )


def _both(wrong_id: UUID | None, right_id: UUID | None) -> tuple[Patient, Patient]:
    if wrong_id is None or right_id is None:
        raise absent()
    locked = patients.patients_to_change(wrong_id, right_id)
    return locked[wrong_id], locked[right_id]


def _on_both_teams(wrong: Patient, right: Patient, at: datetime) -> set[UUID]:
    return {member.person_id for patient in (wrong, right) for member in care_team_members.present_team(patient.id, at)}


def contested_mrns(wrong: Patient, right: Patient) -> list[tuple[PatientIdentifier, PatientIdentifier]]:
    """The MRNs of both at one hospital, of which a patient has one."""
    theirs = {each.hospital_id: each for each in right.identifiers}
    return [(own, theirs[own.hospital_id]) for own in wrong.identifiers if own.hospital_id in theirs]


@beyond_sight()
def _merge(wrong: Patient, right: Patient, at: datetime, *, keeps_own_mrn: bool | None) -> dict[str, Any]:
    """Moves everything, and answers with what moved and what was changed by it, so that it can go back."""
    contested = contested_mrns(wrong, right)
    if contested and keeps_own_mrn is None:
        hospital = contested[0][0].hospital
        sentence = f"Both records have an MRN at {hospital.name}, and a patient has one there. Choose which is right."
        raise Refused(Code.WRONG, sentence, field="mrn")
    dropped = [theirs if keeps_own_mrn else own for own, theirs in contested]
    identifiers = [each.id for each in wrong.identifiers if each not in dropped]
    moved = {
        "cases": _move_rows(questions.cases_of_record(wrong.id), right),
        "dropped": patient_identifiers.take_off(dropped),
        "identifiers": [str(each) for each in identifiers],
        "break_glass": _move_rows(questions.break_glasses_of(wrong.id), right),
        "team": care_team_corrections.move(questions.team_ever(wrong.id), right, at),
        "restricted": right.restricted,
    }
    questions.move_identifiers(identifiers, right.id)
    right.restricted = right.restricted or wrong.restricted
    wrong.merged_into_id = right.id
    _reread(wrong, right)
    return moved


@beyond_sight()
def _move(case: Case, wrong: Patient, right: Patient, at: datetime) -> dict[str, Any]:
    """Moves one case; its submitter leaves the wrong patient's care team unless another case of theirs is there."""
    came_with_it = [
        member
        for member in questions.team_ever(wrong.id)
        if member.person_id == case.submitter_id
        and not any(
            each.submitter_id == case.submitter_id and each.id != case.id for each in patients.cases_of(wrong.id)
        )
    ]
    return {"cases": _move_rows([case], right), "team": care_team_corrections.move(came_with_it, right, at)}


def _move_rows(rows: Iterable[Any], right: Patient) -> list[str]:
    moved = []
    for row in rows:
        row.patient = right
        moved.append(str(row.id))
    return moved


@beyond_sight()
def _move_back(moved: dict[str, Any], wrong: Patient, right: Patient) -> None:
    _move_rows(questions.rows(Case, moved["cases"]), wrong)
    care_team_corrections.move_back(moved["team"], wrong)
    if "identifiers" in moved:
        _move_rows(questions.rows(BreakGlass, moved["break_glass"]), wrong)
        questions.move_identifiers([UUID(each) for each in moved["identifiers"]], wrong.id)
        patient_identifiers.put_back(moved.get("dropped", ()))
        right.restricted, wrong.merged_into_id = moved["restricted"], None
    _reread(wrong, right)


def _reread(*changed: Patient) -> None:
    db.session.flush()
    for patient in changed:
        db.session.refresh(patient, ["identifiers"])


def _follow(correction: PatientCorrection, action: str, concerned: set[UUID], by: Actor) -> None:
    """Whoever has come to look after a listed case is invited, and whoever has not any more is let go."""
    both = {correction.from_patient_id, correction.to_patient_id}
    details: dict[str, str | int] = {"action": action}
    audit.record(by, AuditAct.PATIENT_CORRECTED, patients=both, subjects=[correction.id], details=details)
    for patient_id in both:
        invitations.settle_care_team(patient_id, concerned, by)
