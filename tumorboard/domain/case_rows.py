"""What stands in the way of each row of a pasted list of cases, before any of them is loaded.

Everything is asked for all rows at once, so that a list of a hundred costs as many questions as one of two.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.cases import SubmitCase
from tumorboard.domain.patients import NamePatient, mrn_key, require_same_patient
from tumorboard.domain.questions import refuse_empty_question
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Case, Patient
from tumorboard.storage.queries import cases as questions
from tumorboard.storage.queries import patients
from tumorboard.vocabulary import AuditAct

MEND_IT = "Write the name as it is on record, or correct the MRN."


@dataclass(frozen=True)
class Standing:
    """How a row stands to what is here; nothing of it where it can be loaded as it is."""

    there: Case | None = None
    """The open case on this board that asks the same already."""
    refused: Refused | None = None


Identity = tuple[object, ...]


def standings(board: Board, rows: list[tuple[int, SubmitCase]], by: Actor) -> list[Standing]:
    """For each row, with its number in the sheet. That somebody asked about these patients is recorded, found or not.

    A patient is found as the case form does: by MRN and birth date together, and what is on record is not told.
    """
    on_record = _on_record([act.patient for _, act in rows], by)
    known = [patient for patient in on_record.values() if patient]
    open_cases = questions.open_cases_of_patients([each.id for each in known], by.person.id, by.at)
    first: dict[Identity, tuple[int, str]] = {}
    found = []
    for number, act in rows:
        patient = on_record.get(_identity(act.patient))
        of_patient = [case for case in open_cases if patient and case.patient_id == patient.id]
        found.append(_standing(board, act, patient, of_patient, first.get(_identity(act.patient)), by))
        first.setdefault(_identity(act.patient), (number, _folded(act.question.question)))
    refused = {_identity(act.patient) for (_, act), how in zip(rows, found, strict=True) if _is_mismatch(how)}
    told = [patient.id for identity, patient in on_record.items() if patient and identity not in refused]
    details: dict[str, str | int] = {"found": len(told), "refused": len(refused)}
    audit.record(by, AuditAct.PATIENT_SOUGHT, patients=told, details=details)
    return found


def _is_mismatch(how: Standing) -> bool:
    return bool(how.refused and how.refused.field == "mrn")


def _standing(
    board: Board,
    act: SubmitCase,
    patient: Patient | None,
    open_cases: list[Case],
    earlier: tuple[int, str] | None,
    by: Actor,
) -> Standing:
    try:
        refuse_empty_question(act.question.question, act.tumor_type)
        if patient and act.patient.mrn:
            require_same_patient(patient, act.patient, by, what_to_do=MEND_IT)
        asked = _folded(act.question.question)
        same = (each for each in open_cases if each.board_id == board.id and _folded(each.question) == asked)
        if there := next(same, None):
            return Standing(there=there)
        _refuse_second(act, open_cases, earlier)
    except Refused as error:
        return Standing(refused=error)
    return Standing()


def _refuse_second(act: SubmitCase, open_cases: list[Case], earlier: tuple[int, str] | None) -> None:
    """Two open cases of one patient need a reason; the same question twice in one list is one row too many."""
    if earlier and earlier[1] == _folded(act.question.question):
        sentence = f"Row {earlier[0]} asks the same of this patient. Take one of them out, or say what is new."
        raise Refused(Code.WRONG, sentence, field="question")
    if act.episode.separate_why or not (open_cases or earlier):
        return
    other = f"case {open_cases[0].number}" if open_cases else f"row {earlier[0]}" if earlier else ""
    raise Refused(
        Code.WRONG,
        f"This patient has an open question: {other}. Say why this is a separate one, or take the row out.",
        field="separate_why",
    )


def _on_record(named: Iterable[NamePatient], by: Actor) -> dict[Identity, Patient | None]:
    """The record of each patient named, as far as it can be known by what the rows say."""
    with_mrn: dict[Identity, NamePatient] = {_identity(each): each for each in named if each.mrn}
    without: dict[Identity, NamePatient] = {_identity(each): each for each in named if not each.mrn}
    by_key = patients.patients_with_mrns((each.mrn_hospital_id, mrn_key(each.mrn)) for each in with_mrn.values())
    own = patients.own_patients_without_mrn(by.person.id, (each.birth_date for each in without.values()))
    by_name: dict[Identity, Patient] = {
        (_folded(each.family_name), _folded(each.given_name), each.birth_date): each for each in own
    }
    return {identity: by_key.get((each.mrn_hospital_id, mrn_key(each.mrn))) for identity, each in with_mrn.items()} | {
        identity: by_name.get(identity) for identity in without
    }


def _identity(named: NamePatient) -> Identity:
    if named.mrn:
        return named.mrn_hospital_id, mrn_key(named.mrn)
    return _folded(named.family_name), _folded(named.given_name), named.birth_date


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
