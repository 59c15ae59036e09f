"""What cannot be true of a case at once. No table of AJCC or UICC is embedded: it would be wrong in every one."""

from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case
from tumorboard.vocabulary import StagePrefix, StageSystem

TNM_SYSTEMS = (None, StageSystem.AJCC, StageSystem.UICC)
AFTER_THERAPY = (StagePrefix.CLINICAL_AFTER_THERAPY, StagePrefix.PATHOLOGICAL_AFTER_THERAPY)
_EARLY = ("0", "I", "IA", "IB", "IC", "IA1", "IA2", "IA3", "IB1", "IB2", "IB3", "1", "1A", "1B")
_NONE = ("", "none", "no", "-", "nil", "n/a", "not applicable")


def refuse_contradictions(case: Case) -> None:
    """Refuses at the field to mend: M1 in stage 0 or I, yc or yp with no treatment before, two performance statuses."""
    _refuse_early_metastases(case)
    _refuse_therapy_unnamed(case)
    _refuse_two_performances(case)


def _refuse_early_metastases(case: Case) -> None:
    group = case.stage_group.upper().removeprefix("STAGE").strip()
    if case.stage_system in TNM_SYSTEMS and case.stage_m.startswith("1") and group in _EARLY:
        sentence = (
            f"M1 and stage group {case.stage_group} contradict each other. Correct one, or leave the group empty."
        )
        raise Refused(Code.WRONG, sentence, field="stage_group")


def _refuse_therapy_unnamed(case: Case) -> None:
    """The prefix y is for a stage found during or after systemic treatment or radiation (UICC TNM, general rules)."""
    if case.stage_prefix in AFTER_THERAPY and case.prior_treatment.strip().rstrip(".").lower() in _NONE:
        sentence = f"{case.stage_prefix} means after systemic treatment or radiation. Write which, with dates."
        raise Refused(Code.WRONG, sentence, field="prior_treatment")


def _refuse_two_performances(case: Case) -> None:
    grades = case.performance_status.karnofsky if case.performance_status else ()
    if case.karnofsky is not None and grades and case.karnofsky not in grades:
        said = " or ".join(str(grade) for grade in grades)
        sentence = f"ECOG {case.performance_status} goes with Karnofsky {said}. Correct one of the two."
        raise Refused(Code.WRONG, sentence, field="karnofsky")
