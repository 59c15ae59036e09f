"""The shape in which cases are written down in this package. Days count back from the day of seeding."""

from dataclasses import dataclass, field
from datetime import date

from tumorboard.domain.needs import StateVoice
from tumorboard.domain.sections import StateStage
from tumorboard.vocabulary import (
    CaseState,
    CaseType,
    Fate,
    Laterality,
    Need,
    PerformanceStatus,
    Section,
    Sex,
    StagePrefix,
    StageSystem,
    Told,
    TumorType,
    Urgency,
)


@dataclass(frozen=True)
class PatientRecord:
    """An invented patient. Without ``mrn`` there is no MRN yet; ``mrn_elsewhere`` is of the other hospital."""

    family_name: str
    given_name: str
    birth_date: date
    sex: Sex
    hospital: str
    mrn: str = ""
    mrn_elsewhere: str = ""


@dataclass(frozen=True)
class StudyRecord:
    """``{yy}`` in the accession number stands for the year of the study."""

    section: Section
    days_ago: int
    number: str
    value: str


@dataclass(frozen=True)
class ResultRecord:
    """What is there for one item of the minimum data set; ``days_ago`` where the item has a date."""

    answer: str = ""
    value: str = ""
    days_ago: int | None = None
    number: str = ""
    pending_for: int | None = None
    """Days from the submission until it is expected, where it is pending."""
    not_done: str = ""
    """Why, where it was not done."""


@dataclass(frozen=True)
class DecisionRecord:
    """What a board decided before; ``note`` says when it was done, or why it was not."""

    days_ago: int
    board: str
    advised: str
    fate: Fate
    note: str = ""


@dataclass(frozen=True)
class NeedsRecord:
    """What a nurse or social worker of the care team wrote down on the day after the submission."""

    by: str
    preferences: str
    kinds: tuple[Need, ...] = ()
    distress: int | None = None
    interpreter: str = ""
    told: Told | None = None
    own_questions: str = ""
    social_situation: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """One case and how far it has come.

    ``submitter`` and ``team`` are family names; the submitter belongs to the care team anyway and leads it. A deferred,
    discussed or signed case stood on the agenda of the meeting ``weeks_ago``; one on an agenda stands on the next.
    """

    patient: PatientRecord
    submitter: str
    typed_by: str = ""
    """Whoever typed it on the submitter's behalf."""
    team: tuple[str, ...] = ()
    needs: NeedsRecord | None = None
    voice: StateVoice | None = None
    """What the submitter wrote of it with the case, where nobody of the care team has asked."""
    state: CaseState
    days_ago: int
    """When it was submitted, or, for a draft, begun."""
    weeks_ago: int = 0
    note: str = ""
    """What was said with the last step."""
    tumor_type: TumorType
    case_type: CaseType = CaseType.TREATMENT_DECISION
    question_type: str = ""
    question: str
    summary: str
    stage: StateStage
    performance_status: PerformanceStatus
    prior_treatment: str
    decisions: tuple[DecisionRecord, ...] = ()
    urgency: Urgency = Urgency.ROUTINE
    studies: tuple[StudyRecord, ...] = ()
    """What no item asks for."""
    results: dict[str, ResultRecord] = field(default_factory=dict)
    """By the key of the item."""
    icd10: str = ""
    morphology: str = ""


def imaging(days_ago: int, number: str, value: str) -> StudyRecord:
    return StudyRecord(Section.IMAGING, days_ago, number, value)


def pathology(days_ago: int, number: str, value: str) -> StudyRecord:
    return StudyRecord(Section.PATHOLOGY, days_ago, number, value)


def found(answer: str, value: str = "", days_ago: int | None = None, number: str = "") -> ResultRecord:
    """An item that offers answers, with its number or detail."""
    return ResultRecord(answer, value, days_ago, number)


def noted(value: str, days_ago: int | None = None, number: str = "") -> ResultRecord:
    """An item in free words, or a number alone."""
    return ResultRecord("", value, days_ago, number)


def pending(days: int) -> ResultRecord:
    return ResultRecord(pending_for=days)


def not_done(why: str) -> ResultRecord:
    return ResultRecord(not_done=why)


def stage(
    prefix: str,
    tnm: str,
    group: str = "",
    *,
    edition: str = "8",
    system: str = "ajcc",
    side: Laterality | None = None,
) -> StateStage:
    """``stage("c", "2 1 0", "IIB")``: T, N and M without their letters; ``-`` where one is not stated."""
    t, n, m = ("" if letter == "-" else letter for letter in tnm.split())
    return StateStage(StagePrefix(prefix), t, n, m, group, StageSystem(system), edition, laterality=side)


def staged_otherwise(
    group: str, system: StageSystem, edition: str, *, prefix: str = "", side: Laterality | None = None
) -> StateStage:
    """A group of a system that has no T, N and M."""
    return StateStage(StagePrefix(prefix) if prefix else None, "", "", "", group, system, edition, laterality=side)


NOT_STAGED = StateStage(None, "", "", "", "", None, "")
