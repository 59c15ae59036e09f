"""A case as it stands, as somebody would type it into its form: to change a section, or to begin the next case."""

from collections.abc import Iterator

from tumorboard import words
from tumorboard.storage.models import Case, EarlierDecision, Needs, Result
from tumorboard.vocabulary import ResultState, Section
from tumorboard.web.forms.result import PREFIX


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


CARRIED = (Section.STAGE, Section.PATHOLOGY, Section.BIOMARKERS, Section.LABS, Section.IMAGING, Section.HISTORY)
"""What the next case of a patient begins with; what the patient can do, wishes and is asked is asked anew."""


def typed_again(case: Case) -> dict[str, str]:
    """The boxes that the patient's next case begins with, out of this one."""
    typed = {name: text for section in CARRIED for name, text in typed_section(case, section).items()}
    fitness = [result for result in case.results if result.section is Section.FITNESS]
    return typed | typed_results(fitness) | {"clinical_summary": case.clinical_summary} | _for_whom(case)


def _for_whom(case: Case) -> dict[str, str]:
    patient = case.patient
    if patient is None:
        return {}
    first = next(iter(patient.identifiers), None)
    named = {"mrn": first.mrn, "mrn_hospital": str(first.hospital_id)} if first else {"no_mrn": "y"}
    return named | {
        "birth_date": words.date_words(patient.birth_date),
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "sex": patient.sex,
        "board": str(case.board_id),
        "tumor_type": case.tumor_type or "",
        "follows": str(case.id),
    }


def typed_results(results: list[Result]) -> dict[str, str]:
    """The boxes of results: each item's row, and the rows of more studies and specimens in their order."""
    typed: dict[str, str] = {}
    for name, result in named_rows(results):
        typed |= {f"{name}-{part}": text for part, text in _result(result).items() if text}
    return typed


def named_rows(results: list[Result]) -> Iterator[tuple[str, Result]]:
    """Results, each with the name of its row in the form: of a study or specimen its id, so that it is the same row

    whatever becomes of the others. Ids of later rows are larger numbers, and so the rows keep their order.
    """
    for result in results:
        yield (f"{PREFIX}{result.item}" if result.item else f"{result.section.value}-{result.id.int}"), result


def typed_needs(needs: Needs | None) -> dict[str, list[str]]:
    """The boxes of needs and preferences; of several ticks each."""
    if needs is None:
        return {}
    return {
        "kinds": list(needs.kinds),
        "preferences": [needs.preferences],
        "told": [needs.told or ""],
        "own_questions": [needs.own_questions],
        "social_situation": [needs.social_situation],
        "distress": ["" if needs.distress is None else str(needs.distress)],
        "interpreter": [needs.interpreter],
    }


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
    typed = {"prior_treatment": case.prior_treatment}
    for decision in case.earlier_decisions:
        typed |= {f"{name_of(decision)}-{part}": text for part, text in _decision(decision).items() if text}
    return typed


def name_of(decision: EarlierDecision) -> str:
    """The name of its row in the form."""
    return f"decisions-{decision.id.int}"


def _decision(decision: EarlierDecision) -> dict[str, str]:
    return {
        "decided_on": words.date_words(decision.decided_on) if decision.decided_on else "",
        "board": decision.board,
        "advised": decision.advised,
        "fate": decision.fate,
        "note": decision.note,
    }
