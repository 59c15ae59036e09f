"""What is known already: a summary, at the top of the form, of what stands in it as in the case before."""

from collections.abc import Iterator
from dataclasses import dataclass

from tumorboard import words
from tumorboard.domain.earlier_decisions import decision_words
from tumorboard.storage.models import Case, Result
from tumorboard.vocabulary import Section
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.typed import name_of, named_rows


@dataclass(frozen=True)
class Line:
    """``Mammogram``, ``31 mm``, ``02-Mar-2026, LR26-208114``"""

    label: str
    words: str
    source: str = ""


@dataclass(frozen=True)
class Known:
    """One section of what is known, its lines in the order of the form."""

    section: Section
    lines: tuple[Line, ...]


def known_already(form: CaseForm) -> list[Known]:
    """By section, and none while another patient is named than that of the case before."""
    if form.followed is None or not {"birth_date", "family_name", "given_name"} <= form.carried.keys():
        return []
    lines: dict[Section, list[Line]] = {}
    for part, section, line in _lines(form, form.followed):
        if part in form.carried:
            lines.setdefault(section, []).append(line)
    return [Known(section, tuple(lines[section])) for section in Section if section in lines]


def _lines(form: CaseForm, before: Case) -> Iterator[tuple[str, Section, Line]]:
    """Each with the part of the form that says it."""
    yield "icd10", Section.STAGE, Line("Diagnosis", f"{before.icd10} {form.icd10.words}")
    yield "morphology", Section.STAGE, Line("Histology", f"{before.morphology} {form.morphology.words}")
    yield "laterality", Section.STAGE, Line("Side", before.laterality.label if before.laterality else "")
    yield "stage", Section.STAGE, Line("Stage as stated", before.stage)
    yield "prior_treatment", Section.HISTORY, Line("Prior treatment", before.prior_treatment)
    for decision in before.earlier_decisions:
        yield name_of(decision), Section.HISTORY, Line("Earlier decision", decision_words(decision))
    for name, result in named_rows(before.results):
        yield name, result.section, Line(result.label or "Another", result.words, _source(result))


def _source(result: Result) -> str:
    day = words.date_words(result.dated_on) if result.dated_on else ""
    due = f"expected {words.date_words(result.expected_on)}" if result.expected_on else ""
    return ", ".join(filter(None, [day, due, result.number, result.place]))
