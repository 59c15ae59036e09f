"""Who else sees a case, and what may be changed about that: the part of its page about access."""

from dataclasses import dataclass

from tumorboard.domain import patient_corrections
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may, sees_by_break_glass_alone
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


def case_access(case: Case, by: Actor) -> CaseAccess:
    may_correct = may(by, Permission.CORRECT_PATIENT, case)
    corrected = questions.of_patient(case.patient_id) if may_correct and case.patient_id else []
    return CaseAccess(
        to_read=sees_by_break_glass_alone(by, case),
        experts=external_accesses.open_to_case(case.id, by.at),
        may_open=may(by, Permission.OPEN_TO_EXTERNAL, case),
        may_restrict=may(by, Permission.RESTRICT_PATIENT, case),
        may_correct=may_correct,
        corrections=[each for each in corrected if patient_corrections.may_be_undone(each, by.at)],
    )
