"""What happened to the patient, day by day: diagnosis, treatments, studies, results, the cases before, and what
boards decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tumorboard.domain.actor import Actor
from tumorboard.domain.diagnosis import Diagnosis, diagnosis_of
from tumorboard.domain.earlier_decisions import fate_words
from tumorboard.domain.sections import today_of
from tumorboard.domain.treatments import treatments_in
from tumorboard.storage.models import Case, EarlierDecision, Result
from tumorboard.storage.queries.cases import earlier_cases_of
from tumorboard.vocabulary import Section

_DATED = (Section.IMAGING, Section.PATHOLOGY, Section.BIOMARKERS)


@dataclass(frozen=True)
class Event:
    """One line: what it was, on which day. ``case`` is an earlier case of the patient, where it is one, ``result`` a
    dated result that the case lists in full.
    """

    on: date | None
    """None where the case states no day."""
    what: str
    words: str
    case: Case | None = None
    result: Result | None = None
    became: str = ""
    """Of a decision what became of it."""


def timeline(case: Case, by: Actor) -> list[Event]:
    """Latest first, and what has no day after all that has one. Cases that the person may not see are not in it."""
    today = today_of(by)
    treatments = treatments_in(case.prior_treatment, today)
    before = earlier_cases_of(case.patient_id, by.person.id, by.at, but=case.id)
    events = [
        *map(_of_case, before),
        *map(_of_decision, case.earlier_decisions),
        *_with_diagnosis(case, diagnosis_of(case, treatments, today)),
        *(Event(each.on, "Treatment", each.words) for each in treatments),
    ]
    dated = sorted((event for event in events if event.on), key=lambda event: event.on or date.min, reverse=True)
    return [*dated, *(event for event in events if not event.on)]


def _with_diagnosis(case: Case, diagnosis: Diagnosis | None) -> Iterator[Event]:
    """The dated results; the pathology that names the diagnosis says so, one without such has a line of its own."""
    for result in case.results:
        if result.dated_on and result.section in _DATED:
            label = result.label or result.section.label
            makes_it = diagnosis is not None and result is diagnosis.named_by
            yield Event(result.dated_on, f"Diagnosis ({label})" if makes_it else label, _found(result), result=result)
    if diagnosis and diagnosis.named_by is None:
        yield Event(diagnosis.on, "Diagnosis", diagnosis.words)


def _found(result: Result) -> str:
    return result.words or "No finding is written yet"


def _of_decision(decision: EarlierDecision) -> Event:
    what = f"Decision, {decision.board}" if decision.board else "Decision of a board"
    return Event(decision.decided_on, what, decision.advised.rstrip("."), became=fate_words(decision))


def _of_case(case: Case) -> Event:
    zone = ZoneInfo(case.board.time_zone) if case.board else ZoneInfo("UTC")
    said = f"{case.question} {case.state.label}" + (f": {case.state_note}" if case.state_note else ".")
    board = case.board.full_name if case.board else ""
    return Event(case.state_since.astimezone(zone).date(), f"Case {case.number}, {board}", said, case)
