"""A case as it stands, as somebody would type it into its form: to change a section, or to begin the next case."""

from tumorboard import words
from tumorboard.storage.models import Case, Result
from tumorboard.vocabulary import ResultState, Section
from tumorboard.web.forms.result import PREFIX

_LISTS = (Section.IMAGING, Section.PATHOLOGY)


def typed_section(case: Case, section: Section) -> dict[str, str]:
    """The boxes of one section by name, empty ones too."""
    facts = {
        Section.QUESTION: _question,
        Section.STAGE: _stage,
        Section.FITNESS: _fitness,
        Section.HISTORY: _history,
    }.get(section)
    typed = facts(case) if facts else {}
    return typed | typed_results([result for result in case.results if result.section is section])


def typed_results(results: list[Result]) -> dict[str, str]:
    """The boxes of results: each item's row, and the rows of more studies and specimens in their order."""
    typed: dict[str, str] = {}
    rows = dict.fromkeys(_LISTS, 0)
    for result in results:
        name = f"{PREFIX}{result.item}"
        if not result.item:
            name = f"{result.section.value}-{rows[result.section]}"
            rows[result.section] += 1
        typed |= {f"{name}-{part}": text for part, text in _result(result).items() if text}
    return typed


def _result(result: Result) -> dict[str, str]:
    otherwise = result.state if result.state is not ResultState.THERE else ""
    return {
        "answer": otherwise or result.answer,
        "value": result.value,
        "dated_on": words.date_words(result.dated_on) if result.dated_on else "",
        "number": result.number,
        "place": result.place,
        "expected_on": words.date_words(result.expected_on) if result.expected_on else "",
        "reason": result.reason,
    }


def _question(case: Case) -> dict[str, str]:
    return {
        "case_type": case.case_type or "",
        "question_type": case.question_type,
        "question": case.question,
        "clinical_summary": case.clinical_summary,
        "urgency": case.urgency,
    }


def _stage(case: Case) -> dict[str, str]:
    return {
        "icd10": case.icd10,
        "topography": case.topography,
        "morphology": case.morphology,
        "laterality": case.laterality or "",
        "stage_prefix": case.stage_prefix or "",
        "stage_t": case.stage_t,
        "stage_n": case.stage_n,
        "stage_m": case.stage_m,
        "stage_group": case.stage_group,
        "stage_system": case.stage_system or "",
        "stage_edition": case.stage_edition,
    }


def _fitness(case: Case) -> dict[str, str]:
    karnofsky = "" if case.karnofsky is None else str(case.karnofsky)
    return {"performance_status": case.performance_status or "", "karnofsky": karnofsky}


def _history(case: Case) -> dict[str, str]:
    return {"prior_treatment": case.prior_treatment}
