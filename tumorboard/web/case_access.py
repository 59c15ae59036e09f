"""Who else sees a case, and what may be changed about that: the part of its page about access."""

from dataclasses import dataclass

from tumorboard.domain import patient_corrections
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held
from tumorboard.storage.models import Case, ExternalAccess, PatientCorrection
from tumorboard.storage.queries import external_accesses
from tumorboard.storage.queries import patient_corrections as questions
from tumorboard.vocabulary import Permission


@dataclass(frozen=True)
class CaseAccess:
    """``to_read`` is whether nothing but broken glass shows the case: no needs, no preferences, no acts."""

    to_read: bool
    experts: list[ExternalAccess]
    may_open: bool
    may_restrict: bool
    may_correct: bool
    corrections: list[PatientCorrection]
    """What was corrected on the patient's record and can still be undone; for whoever may."""


def case_access(case: Case, held: Held, by: Actor) -> CaseAccess:
    may_correct = held.may(Permission.CORRECT_PATIENT)
    corrected = questions.of_patient(case.patient_id) if may_correct and case.patient_id else []
    return CaseAccess(
        to_read=held.by_break_glass_alone,
        experts=external_accesses.open_to_case(case.id, by.at),
        may_open=held.may(Permission.OPEN_TO_EXTERNAL),
        may_restrict=held.may(Permission.RESTRICT_PATIENT),
        may_correct=may_correct,
        corrections=[each for each in corrected if patient_corrections.may_be_undone(each, by.at)],
    )
