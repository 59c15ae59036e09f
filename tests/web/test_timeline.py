"""The timeline of a case: what has a day, latest first, and what the case states without one."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_person
from tests.web.case_pages import timeline
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Person, Result
from tumorboard.vocabulary import CaseType, ResultState, Section


@pytest.fixture
def ada() -> Person:
    return a_person()


@pytest.fixture
def case(ada: Person) -> Case:
    case = a_case(a_board(), ada)
    case.icd10 = "C50.4"
    db.session.commit()
    return case


@pytest.fixture
def browser(sign_in: SignIn, ada: Person) -> FlaskClient:
    return sign_in(ada)


def pathology(case: Case, on: date | None, value: str, state: ResultState = ResultState.THERE) -> None:
    position = len(case.results) + 1
    label = f"Specimen {position}"
    case.results.append(
        Result(section=Section.PATHOLOGY, label=label, state=state, value=value, dated_on=on, position=position)
    )
    db.session.commit()


def test_the_diagnosis_stands_on_the_day_of_the_earliest_pathology_that_names_it(
    browser: FlaskClient, case: Case
) -> None:
    pathology(case, date(2026, 1, 5), "Fine needle aspiration: suspicious for carcinoma")
    pathology(case, date(2026, 1, 8), "Lymph node: no carcinoma")
    pathology(case, date(2026, 1, 9), "Carcinoma?")
    pathology(case, date(2026, 2, 2), "Invasive carcinoma of no special type; no vessel invasion")
    pathology(case, date(2026, 3, 3), "Metastasis of the carcinoma")
    [line] = [line for line in timeline(browser, case) if line.startswith("Diagnosis")]
    assert line == "Diagnosis (Specimen 4): Invasive carcinoma of no special type; no vessel invasion 02-Feb-2026"


@pytest.mark.parametrize(
    ("case_type", "treatment"),
    [
        (CaseType.RECURRENCE, ""),
        (CaseType.TREATMENT_DECISION, "Mastectomy, tamoxifen for five years."),
        (CaseType.TREATMENT_DECISION, "Mastectomy 12-May-2019."),
    ],
)
def test_pathology_after_a_treatment_is_not_taken_for_the_diagnosis(
    browser: FlaskClient, case: Case, case_type: CaseType, treatment: str
) -> None:
    case.case_type, case.prior_treatment = case_type, treatment
    pathology(case, date(2026, 2, 2), "Liver: adenocarcinoma")
    lines = timeline(browser, case)
    assert lines[0] == "Specimen 1: Liver: adenocarcinoma 02-Feb-2026"
    assert "Diagnosis: Breast, C50.4 No day stated" in lines


def test_a_stated_day_of_diagnosis_counts_before_any_pathology(browser: FlaskClient, case: Case) -> None:
    pathology(case, date(2026, 2, 2), "Invasive carcinoma, grade 3")
    case.clinical_summary = "Screening mammogram 2025-11-20. Date of diagnosis: 03-Dec-2025. Diabetes since 2010."
    db.session.commit()
    assert timeline(browser, case) == [
        "Specimen 1: Invasive carcinoma, grade 3 02-Feb-2026",
        "Diagnosis: Breast, C50.4 03-Dec-2025",
    ]


@pytest.mark.parametrize(
    "summary", ["", "Date of diagnosis: 03/04/2025", "Diagnosis date 2025-01-02. Date of diagnosis: 2025-02-02"]
)
def test_a_diagnosis_without_a_day_says_so(browser: FlaskClient, case: Case, summary: str) -> None:
    case.clinical_summary = summary
    db.session.commit()
    assert timeline(browser, case) == ["Diagnosis: Breast, C50.4 No day stated"]


def test_treatments_stand_on_their_day_and_last_where_they_state_none(browser: FlaskClient, case: Case) -> None:
    pathology(case, date(2025, 6, 1), "Margins clear")
    case.prior_treatment = (
        "Lumpectomy, left, 12-May-2025. Radiation 2025-07-01 to 2025-08-15\nTamoxifen since June 2025; no other"
        " treatment; Zoledronic acid 03/04/2025"
    )
    db.session.commit()
    assert timeline(browser, case) == [
        "Treatment: Radiation 2025-07-01 to 2025-08-15 01-Jul-2025",
        "Specimen 1: Margins clear 01-Jun-2025",
        "Treatment: Lumpectomy, left, 12-May-2025 12-May-2025",
        "Diagnosis: Breast, C50.4 No day stated",
        "Treatment: Tamoxifen since June 2025 No day stated",
        "Treatment: Zoledronic acid 03/04/2025 No day stated",
    ]


@pytest.mark.parametrize("words", ["", "None.", "None", "No prior treatment.", "No treatment for this tumor yet."])
def test_no_treatment_is_no_event(browser: FlaskClient, case: Case, words: str) -> None:
    case.prior_treatment, case.icd10 = words, ""
    db.session.commit()
    assert timeline(browser, case) == ["Nothing with a date is known yet."]


def test_a_dated_result_without_a_finding_says_so(browser: FlaskClient, case: Case) -> None:
    case.icd10 = ""
    pathology(case, date(2026, 2, 2), "")
    assert timeline(browser, case) == ["Specimen 1: No finding is written yet 02-Feb-2026"]


def test_what_is_missing_is_read_right_after_the_question_and_the_care_team_before_the_history(
    browser: FlaskClient, case: Case, ada: Person
) -> None:
    assert case.patient
    a_care_team_member(case.patient, ada, lead=True)
    page = browser.get(f"/cases/{case.id}").text
    parts = ["Quillfeather", 'id="case-question"', "Completeness:", 'id="case-stage"', 'id="case-timeline"']
    places = [page.index(part) for part in [*parts, 'id="care-team"', ">History<"]]
    assert places == sorted(places)
