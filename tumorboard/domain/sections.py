"""The sections of a case: each written by who owns it, with versions of its own that can be read as differences."""

from dataclasses import dataclass, fields
from datetime import date
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain import amendments, audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.contradictions import refuse_contradictions
from tumorboard.domain.differences import MEANWHILE
from tumorboard.domain.earlier_decisions import StateDecision, decision_words, state_decisions
from tumorboard.domain.permissions import Held, demand
from tumorboard.domain.questions import refuse_empty_question
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Result, SectionVersion
from tumorboard.storage.queries import section_versions as questions
from tumorboard.storage.queries.cases import OPEN
from tumorboard.vocabulary import (
    AuditAct,
    CaseType,
    Laterality,
    PerformanceStatus,
    Permission,
    ResultState,
    Section,
    StagePrefix,
    StageSystem,
    Urgency,
)

OPEN_STATES = frozenset(OPEN)
"""While the board has not discussed the case, its sections can be written."""

WRITERS: dict[Section, Permission] = {
    Section.QUESTION: Permission.WRITE_CASE,
    Section.STAGE: Permission.WRITE_CASE,
    Section.PATHOLOGY: Permission.WRITE_PATHOLOGY,
    Section.BIOMARKERS: Permission.WRITE_PATHOLOGY,
    Section.LABS: Permission.WRITE_PATHOLOGY,
    Section.IMAGING: Permission.WRITE_IMAGING,
    Section.FITNESS: Permission.WRITE_CASE,
    Section.HISTORY: Permission.WRITE_CASE,
    Section.VOICE: Permission.WRITE_NEEDS,
}
"""Whose each section is. Of the voice this is what a board asks besides what every patient is: ``domain.needs``."""


@dataclass(frozen=True)
class StateQuestion:
    case_type: CaseType
    question_type: str
    question: str
    clinical_summary: str
    urgency: Urgency


@dataclass(frozen=True)
class StateStage:
    """Diagnosis and stage as stated (features.md 7); ``domain.contradictions`` checks what is gross."""

    prefix: StagePrefix | None
    t: str
    n: str
    m: str
    group: str
    system: StageSystem | None
    edition: str
    icd10: str = ""
    topography: str = ""
    morphology: str = ""
    laterality: Laterality | None = None


@dataclass(frozen=True)
class StateFitness:
    performance_status: PerformanceStatus | None
    karnofsky: int | None = None


@dataclass(frozen=True)
class StateHistory:
    prior_treatment: str
    decisions: tuple[StateDecision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StateResult:
    """What somebody has for one item, or for a study or specimen beyond the items (``item`` empty)."""

    section: Section
    item: str = ""
    row: int = 0
    """The study's or specimen's number in the form: that of its id, once it is saved."""
    label: str = ""
    state: ResultState = ResultState.THERE
    answer: str = ""
    value: str = ""
    unit: str = ""
    dated_on: date | None = None
    number: str = ""
    place: str = ""
    expected_on: date | None = None
    reason: str = ""


StateFacts = StateQuestion | StateStage | StateFitness | StateHistory


@dataclass(frozen=True)
class WriteSection:
    """A section as somebody left it. ``version`` is the one that they had in sight."""

    section: Section
    facts: StateFacts | None
    results: tuple[StateResult, ...]
    version: int


def write(case: Case, act: WriteSection, by: Actor) -> bool:
    """Keeps the section as its next version; whether anything changed.

    Refused when somebody has written since: whoever comes second sees both before anything is overwritten.
    """
    demand(by, WRITERS[act.section], case)
    if case.state not in OPEN_STATES:
        raise Refused(Code.NOT_NOW, f"The case is “{case.state.label}”: what the board had before it stays as it was.")
    latest = questions.latest_to_change(case.id, act.section)
    if isinstance(act.facts, StateQuestion) and case.tumor_type:
        refuse_empty_question(act.facts.question, case.tumor_type)
    state(case, act.section, act.facts, act.results, by)
    refuse_contradictions(case)
    content = contents(case, act.section)
    if latest is not None and latest.content == content:
        return False
    if act.version != (latest.version if latest else 0):
        raise Refused(Code.CHANGED_MEANWHILE, MEANWHILE)
    _keep_version(case, act.section, content, act.version + 1, by)
    amendments.tell_who_prepared(case, by)
    return True


def writable(case: Case, held: Held) -> set[Section]:
    """The sections that somebody may write now."""
    if case.state not in OPEN_STATES or held.by_break_glass_alone:
        return set()
    return {section for section, permission in WRITERS.items() if held.may(permission)}


def state(case: Case, section: Section, facts: StateFacts | None, results: tuple[StateResult, ...], by: Actor) -> None:
    """Puts facts and results of one section into the case; those of the other sections stay."""
    for name, value in _columns(facts):
        setattr(case, name, value)
    if isinstance(facts, StateHistory):
        state_decisions(case, facts.decisions)
    if isinstance(facts, StateFitness):
        case.performance_stated_on = today_of(by) if facts.performance_status else None
    others = [result for result in case.results if result.section is not section]
    known = [result for result in case.results if result.section is section]
    before = list(known)
    own = [_kept(each, before) for each in results if each.section is section]
    own.sort(key=lambda result: not result.item and result not in known)  # a new study comes last, as its id does
    case.results = others + own
    for position, result in enumerate(case.results, start=1):
        result.position = position


def keep_first_versions(case: Case, by: Actor) -> None:
    """What stands in each section at the submission is its version 1."""
    newest = questions.latest(case.id)
    for section in WRITERS:
        latest, content = newest.get(section), contents(case, section)
        if latest is None or latest.content != content:
            _keep_version(case, section, content, (latest.version if latest else 0) + 1, by)


@dataclass(frozen=True)
class Line:
    """What one version changed in one field."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A version with what it changed; the first one stands whole."""

    version: SectionVersion
    lines: tuple[Line, ...]
    first: bool


def changes(versions: list[SectionVersion]) -> list[Change]:
    """Each of a section's versions, newest first as they come, with its difference to the one before."""
    pairs = zip_longest(versions, versions[1:])
    return [Change(new, _lines(new, old), old is None) for new, old in pairs if new]


def _lines(new: SectionVersion, old: SectionVersion | None) -> tuple[Line, ...]:
    before: dict[str, str] = old.content if old else {}
    names = [*new.content, *(name for name in before if name not in new.content)]
    lines = (Line(name, before.get(name, ""), new.content.get(name, "")) for name in names)
    return tuple(line for line in lines if line.before != line.after)


def today_of(by: Actor) -> date:
    """The day where the person is."""
    return by.at.astimezone(ZoneInfo(by.person.time_zone)).date()


def contents(case: Case, section: Section) -> dict[str, str]:
    """What stands in a section, field to words, without what is empty."""
    facts = _fact_words(case, section)
    extra = 0
    for result in case.results:
        if result.section is section:
            extra += not result.item
            facts[result.label or f"{section.label} {extra}"] = result_words(result)
    return {name: text for name, text in facts.items() if text}


def result_words(result: Result) -> str:
    """A result in one line: ``Positive, 90 % of nuclei; 02-Nov-2026; S26-40718``."""
    dated = words.date_words(result.dated_on) if result.dated_on else ""
    expected = f"expected {words.date_words(result.expected_on)}" if result.expected_on else ""
    return "; ".join(filter(None, [result.words, dated, result.number, result.place, expected]))


def _columns(facts: StateFacts | None) -> list[tuple[str, Any]]:
    if facts is None:
        return []
    prefixed = {"prefix", "t", "n", "m", "group", "system", "edition"} if isinstance(facts, StateStage) else set()
    names = [each.name for each in fields(facts) if each.name != "decisions"]
    return [(f"stage_{name}" if name in prefixed else name, getattr(facts, name)) for name in names]


def _kept(act: StateResult, before: list[Result]) -> Result:
    """The row that answered the same item, or the same study, with what is said now; a new one where there is none.

    A row that goes and one that comes for the same item at once would be two answers to the database.
    """
    row = next(
        (result for result in before if result.item == act.item and (act.item or result.id.int == act.row)), None
    )
    if row is None:
        row = Result()
    else:
        before.remove(row)
    for each in fields(act):
        if each.name != "row":
            setattr(row, each.name, getattr(act, each.name))
    return row


def _keep_version(case: Case, section: Section, content: dict[str, str], version: int, by: Actor) -> None:
    db.session.add(
        SectionVersion(
            case_id=case.id,
            section=section,
            version=version,
            content=dict[str, Any](content),
            written_at=by.at,
            written_by=by.person,
        )
    )
    db.session.flush()
    details: dict[str, str | int] = {"section": section.value, "version": version}
    audit.record(by, AuditAct.SECTION_WRITTEN, patients=[case.patient_id], subjects=[case.id], details=details)


def _fact_words(case: Case, section: Section) -> dict[str, str]:
    match section:
        case Section.QUESTION:
            return {
                "Case type": case.case_type.label if case.case_type else "",
                "Kind of question": case.question_type,
                "Question": case.question,
                "Clinical summary": case.clinical_summary,
                "Answer needed": case.urgency.label,
            }
        case Section.STAGE:
            return {
                "Diagnosis, ICD-10": case.icd10,
                "Topography, ICD-O-3": case.topography,
                "Histology, ICD-O-3": case.morphology,
                "Side": case.laterality.label if case.laterality else "",
                "Stage": case.stage,
            }
        case Section.FITNESS:
            return {
                "Performance status": f"ECOG {case.performance_status.label}" if case.performance_status else "",
                "Karnofsky": f"{case.karnofsky}" if case.karnofsky is not None else "",
            }
        case Section.HISTORY:
            decisions = enumerate(map(decision_words, case.earlier_decisions), start=1)
            return {"Prior treatment": case.prior_treatment} | {f"Earlier decision {n}": text for n, text in decisions}
        case _:
            return {}
