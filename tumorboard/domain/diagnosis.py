"""When the cancer of a case was diagnosed, as far as the case says it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tumorboard.domain.report_rules.dates import dates_in
from tumorboard.domain.report_rules.report import plain
from tumorboard.domain.treatments import Treatment
from tumorboard.storage.models import Case, Result
from tumorboard.vocabulary import CaseType, ResultState, Section

_IS_STATED = re.compile(r"\b(?:date of (?:first )?diagnosis|diagnosis date)(?: is| was)?[: ]{1,2}\Z", re.IGNORECASE)
_CANCER = re.compile(
    r"carcinoma|sarcoma|lymphoma|melanoma|myeloma|leuk[ae]emia|blastoma|glioma|astrocytoma|seminoma|mesothelioma"
    r"|thymoma|neuroendocrine tumou?r|no special type|\b(?:NST|AML|ALL|CLL|CML|DLBCL|GIST|NSCLC|SCLC)\b",
    re.IGNORECASE,
)
_DOUBTED_BEFORE = re.compile(
    r"\b(?:no(?! special type)|not|without|negative|suspicious|suspected|possible|probable|exclude|rule out"
    r"|favou?rs?)\b",
    re.IGNORECASE,
)
_DOUBTED_AFTER = re.compile(
    r"[^,]{0,25}(?:\?|\b(?:excluded|ruled out|suspected|versus|not (?:seen|identified|found)))", re.IGNORECASE
)
_OF_A_CANCER_JUST_FOUND = (CaseType.TREATMENT_DECISION, CaseType.SECOND_OPINION)


@dataclass(frozen=True)
class Diagnosis:
    """``on`` is None where the case does not say the day. ``named_by`` is the pathology that names it on that day."""

    on: date | None
    words: str
    named_by: Result | None = None


def diagnosis_of(case: Case, treatments: Sequence[Treatment], today: date) -> Diagnosis | None:
    """On the day that the summary states, or of the earliest pathology of the case that names a cancer.

    Such a pathology is not the first where a case or a treatment came before it, or one that may have.
    """
    if case.tumor_type is None or not case.icd10:
        return None
    words = f"{case.tumor_type.label}, {case.icd10}"
    named = [(result.dated_on, result) for result in case.results if result.dated_on and _names_cancer(result)]
    if stated := _stated_day(case.clinical_summary, today):
        return Diagnosis(stated, words)
    if named and case.follows_id is None and case.case_type in _OF_A_CANCER_JUST_FOUND:
        on, first = min(named, key=lambda each: each[0])
        if all(each.on and each.on > on for each in treatments):
            return Diagnosis(on, words, first)
    return Diagnosis(None, words)


def _stated_day(summary: str, today: date) -> date | None:
    text = plain(summary)
    labelled = (each for each in dates_in(text, today) if _IS_STATED.search(text[max(0, each.start - 40) : each.start]))
    days = {each.day for each in labelled}
    return days.pop() if len(days) == 1 else None


def _names_cancer(result: Result) -> bool:
    there = result.section is Section.PATHOLOGY and result.state is ResultState.THERE
    return there and any(_is_named(clause) for clause in re.split(r"[.;:\n]", result.words))


def _is_named(clause: str) -> bool:
    """Whether its first cancer is said to be there: ``suspicious for carcinoma`` and ``carcinoma?`` do not say so."""
    named = _CANCER.search(clause)
    if named is None or _DOUBTED_BEFORE.search(clause[: named.start()]):
        return False
    return not _DOUBTED_AFTER.match(clause, named.end())
