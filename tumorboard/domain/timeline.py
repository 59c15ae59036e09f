"""What happened to the patient, day by day: studies, specimens and results of the case, and the cases before."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Case, Result
from tumorboard.storage.queries.cases import earlier_cases_of
from tumorboard.vocabulary import Section

_DATED = (Section.IMAGING, Section.PATHOLOGY, Section.BIOMARKERS)


@dataclass(frozen=True)
class Event:
    """One line: what it was, on which day. ``case`` is an earlier case of the patient, where it is one."""

    on: date
    what: str
    words: str
    case: Case | None = None


def timeline(case: Case, by: Actor) -> list[Event]:
    """Latest first. Cases that the person may not see are not in it."""
    studies = [_of_result(each) for each in case.results if each.dated_on and each.section in _DATED]
    before = earlier_cases_of(case.patient_id, by.person.id, by.at, but=case.id)
    return sorted([*studies, *(_of_case(each) for each in before)], key=lambda event: event.on, reverse=True)


def _of_result(result: Result) -> Event:
    if result.dated_on is None:
        raise ValueError("a result without its day is no event")
    return Event(result.dated_on, result.label or result.section.label, result.words)


def _of_case(case: Case) -> Event:
    zone = ZoneInfo(case.board.time_zone) if case.board else ZoneInfo("UTC")
    said = f"{case.question} {case.state.label}" + (f": {case.state_note}" if case.state_note else ".")
    board = case.board.full_name if case.board else ""
    return Event(case.state_since.astimezone(zone).date(), f"Case {case.number}, {board}", said, case)
