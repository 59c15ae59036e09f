"""What cannot be true of a case at once. No table of AJCC or UICC is embedded: it would be wrong in every one."""

from collections.abc import Iterator
from dataclasses import dataclass

from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case
from tumorboard.vocabulary import PerformanceStatus, StagePrefix, StageSystem

TNM_SYSTEMS = (None, StageSystem.AJCC, StageSystem.UICC)
AFTER_THERAPY = (StagePrefix.CLINICAL_AFTER_THERAPY, StagePrefix.PATHOLOGICAL_AFTER_THERAPY)
_EARLY = ("0", "I", "IA", "IB", "IC", "IA1", "IA2", "IA3", "IB1", "IB2", "IB3", "1", "1A", "1B")
_NONE = ("", "none", "no", "-", "nil", "n/a", "not applicable")


@dataclass(frozen=True)
class Stated:
    """What is compared of a case, whether it is typed or submitted."""

    prefix: StagePrefix | None
    m: str
    group: str
    system: StageSystem | None
    performance_status: PerformanceStatus | None
    karnofsky: int | None
    prior_treatment: str


@dataclass(frozen=True)
class Contradiction:
    """A sentence, and the field to mend."""

    field: str
    sentence: str


def contradictions(stated: Stated) -> list[Contradiction]:
    """M1 in stage 0 or I, yc or yp with no treatment before, two performance statuses."""
    return [*_early_metastases(stated), *_therapy_unnamed(stated), *_two_performances(stated)]


def refuse_contradictions(case: Case) -> None:
    """Refuses at the field to mend."""
    stated = Stated(
        prefix=case.stage_prefix,
        m=case.stage_m,
        group=case.stage_group,
        system=case.stage_system,
        performance_status=case.performance_status,
        karnofsky=case.karnofsky,
        prior_treatment=case.prior_treatment,
    )
    for each in contradictions(stated):
        raise Refused(Code.WRONG, each.sentence, field=each.field)


def _early_metastases(stated: Stated) -> Iterator[Contradiction]:
    group = stated.group.upper().removeprefix("STAGE").strip()
    if stated.system in TNM_SYSTEMS and stated.m.startswith("1") and group in _EARLY:
        sentence = f"M1 and stage group {stated.group} contradict each other. Correct one, or leave the group empty."
        yield Contradiction("stage_group", sentence)


def _therapy_unnamed(stated: Stated) -> Iterator[Contradiction]:
    """The prefix y is for a stage found during or after systemic treatment or radiation (UICC TNM, general rules)."""
    if stated.prefix in AFTER_THERAPY and stated.prior_treatment.strip().rstrip(".").lower() in _NONE:
        sentence = f"{stated.prefix} means after systemic treatment or radiation. Write which, with dates."
        yield Contradiction("prior_treatment", sentence)


def _two_performances(stated: Stated) -> Iterator[Contradiction]:
    grades = stated.performance_status.karnofsky if stated.performance_status else ()
    if stated.karnofsky is not None and grades and stated.karnofsky not in grades:
        said = " or ".join(str(grade) for grade in grades)
        sentence = f"ECOG {stated.performance_status} goes with Karnofsky {said}. Correct one of the two."
        yield Contradiction("karnofsky", sentence)
