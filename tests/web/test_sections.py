"""Each section of a case is written by who owns it, keeps its versions, and is overwritten by nobody unseen."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_listed_case,
    a_meeting,
    a_member,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.case_pages import typed_in
from tests.web.pages import token
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, Case, Person, SectionVersion
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, CaseState, Discipline, Section


@pytest.fixture
def ada() -> Person:
    return a_person()


@pytest.fixture
def pathologist() -> Person:
    return a_person(discipline=Discipline.PATHOLOGY)


@pytest.fixture
def board(pathologist: Person) -> Board:
    return a_board((pathologist, BoardRole.CORE))


@pytest.fixture
def case(board: Board, ada: Person) -> Case:
    return a_case(board, ada, patient=a_patient())


def write(browser: FlaskClient, case: Case, section: str, **typed: str) -> int:
    address = f"/cases/{case.id}/sections/{section}"
    return browser.post(address, data=typed_in(browser.get(address)) | typed).status_code


def versions(section: Section) -> list[dict[str, str]]:
    query = select(SectionVersion).where(SectionVersion.section == section).order_by(SectionVersion.version)
    return [each.content for each in db.session.scalars(query)]


def test_the_pathologist_of_the_board_writes_the_biomarkers_and_nothing_of_the_doctor_s(
    sign_in: SignIn, pathologist: Person, case: Case
) -> None:
    browser = sign_in(pathologist)
    typed = {"item_er-answer": "Positive", "item_er-value": "90", "item_her2-answer": "pending"}
    assert write(browser, case, "biomarkers", **typed, **{"item_her2-expected_on": "04-Dec-2026"}) == 303
    assert versions(Section.BIOMARKERS) == [
        {"Estrogen receptor": "Positive, 90 % of nuclei", "HER2": "Pending; expected 04-Dec-2026"}
    ]
    assert browser.get(f"/cases/{case.id}/sections/question").status_code == 403
    page = browser.get(f"/cases/{case.id}").text
    assert "Positive, 90 % of nuclei" in page
    assert "expected 04-Dec-2026" in page


def test_a_change_stands_in_the_history_as_a_difference(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser = sign_in(ada)
    assert write(browser, case, "stage", stage_prefix="c", stage_t="2") == 303
    assert write(browser, case, "stage", stage_t="3") == 303
    assert [each["Stage"] for each in versions(Section.STAGE)] == ["cT2", "cT3"]
    page = browser.get(f"/cases/{case.id}/sections/stage/history").text
    assert "<del>" in page
    assert "cT3" in page
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.SECTION_WRITTEN)).all()
    assert sorted(each.details["version"] for each in acts) == [1, 2]


def test_saving_what_stands_there_makes_no_version(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser = sign_in(ada)
    write(browser, case, "history", prior_treatment="None")
    assert write(browser, case, "history") == 303
    assert len(versions(Section.HISTORY)) == 1


def test_two_people_at_once_see_both_versions_before_one_is_overwritten(
    sign_in: SignIn, ada: Person, case: Case
) -> None:
    nurse = a_person(discipline=Discipline.NURSING)
    assert case.patient
    a_care_team_member(case.patient, nurse)
    address = f"/cases/{case.id}/sections/history"
    browser, other = sign_in(ada), sign_in(nurse)
    mine = typed_in(browser.get(address))
    assert write(other, case, "history", prior_treatment="Tamoxifen since May") == 303
    answer = browser.post(address, data=mine | {"prior_treatment": "Surgery in May"})
    assert answer.status_code == 409
    assert "<mark>Tamoxifen since</mark> May" in answer.text
    assert "<mark>Surgery in</mark> May" in answer.text
    assert f"{nurse.family_name}, {nurse.given_name}" in answer.text
    assert versions(Section.HISTORY)[-1] == {"Prior treatment": "Tamoxifen since May"}
    assert browser.post(address, data=typed_in(answer)).status_code == 409
    again = browser.post(address, data=typed_in(answer) | {"keep-prior_treatment": "here"})
    assert again.status_code == 303
    assert versions(Section.HISTORY)[-1] == {"Prior treatment": "Surgery in May"}


def test_two_people_in_one_section_overwrite_only_what_they_have_changed(
    sign_in: SignIn, ada: Person, pathologist: Person, case: Case
) -> None:
    address = f"/cases/{case.id}/sections/biomarkers"
    other = a_person(discipline=Discipline.PATHOLOGY)
    assert case.board
    a_member(case.board, other)
    browser, second = sign_in(pathologist), sign_in(other)
    assert write(second, case, "biomarkers", **{"item_er-answer": "Positive", "item_er-value": "20"}) == 303
    mine = typed_in(browser.get(address))
    assert write(second, case, "biomarkers", **{"item_er-value": "25"}) == 303
    assert browser.post(address, data=mine | {"item_her2-answer": "1+"}).status_code == 303
    assert versions(Section.BIOMARKERS)[-1] == {"Estrogen receptor": "Positive, 25 % of nuclei", "HER2": "1+"}
    assert browser.post(address, data=mine | {"item_er-value": "30"}).status_code == 409
    assert versions(Section.BIOMARKERS)[-1]["Estrogen receptor"] == "Positive, 25 % of nuclei"


def test_studies_that_two_people_have_added_at_once_both_stay(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser, other, address = *two_writers(sign_in, ada, case), f"/cases/{case.id}/sections/imaging"
    assert write(other, case, "imaging", **{"imaging-1000-value": "CT of the chest"}) == 303
    mine = typed_in(browser.get(address))
    assert write(other, case, "imaging", **{"imaging-4711-value": "PET"}) == 303
    assert browser.post(address, data=mine | {"imaging-9112-value": "MRI"}).status_code == 303
    assert [*versions(Section.IMAGING)[-1].values()] == ["CT of the chest", "PET", "MRI"]


def test_of_one_study_that_two_people_have_changed_one_is_chosen(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser, other, address = *two_writers(sign_in, ada, case), f"/cases/{case.id}/sections/imaging"
    assert write(other, case, "imaging", **{"imaging-0-value": "CT", "imaging-1-value": "PET"}) == 303
    mine = typed_in(browser.get(address))
    pet = row_of(mine, "PET")
    assert write(other, case, "imaging", **{f"{pet}-value": "PET of the whole body"}) == 303
    refused = browser.post(address, data=mine | {f"{pet}-value": "PET, clear"})
    assert refused.status_code == 409
    assert refused.text.count("<legend>Imaging study</legend>") == 1
    assert browser.post(address, data=typed_in(refused) | {f"keep-{pet}": "here"}).status_code == 303
    assert [*versions(Section.IMAGING)[-1].values()] == ["CT", "PET, clear"]


def test_a_study_is_itself_also_when_the_one_before_it_is_taken_out(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser, other, address = *two_writers(sign_in, ada, case), f"/cases/{case.id}/sections/imaging"
    assert write(other, case, "imaging", **{"imaging-0-value": "CT", "imaging-1-value": "PET"}) == 303
    mine, theirs = typed_in(browser.get(address)), typed_in(other.get(address))
    first, second = row_of(mine, "CT"), row_of(mine, "PET")
    without_first = {name: text for name, text in theirs.items() if not name.startswith(f"{first}-")}
    assert other.post(address, data=without_first).status_code == 303
    assert row_of(typed_in(other.get(address)), "PET") == second
    assert browser.post(address, data=mine | {f"{second}-value": "PET, clear"}).status_code == 303
    assert [*versions(Section.IMAGING)[-1].values()] == ["PET, clear"]


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5_000, "-1", "x"])
def test_a_row_under_no_number_of_a_page_is_no_row(sign_in: SignIn, ada: Person, case: Case, number: str) -> None:
    browser, address = sign_in(ada), f"/cases/{case.id}/sections/imaging"
    typed = typed_in(browser.get(address)) | {f"imaging-{number}-value": "CT"}
    assert browser.post(address, data=typed).status_code == 303
    assert "imaging" not in {section for section in Section if versions(section)[1:]}


def row_of(typed: dict[str, str], value: str) -> str:
    """The name of the row that says so."""
    return next(name.removesuffix("-value") for name, text in typed.items() if text == value)


def test_the_answer_and_the_day_of_one_item_are_two_things(sign_in: SignIn, ada: Person, case: Case) -> None:
    browser, other, address = *two_writers(sign_in, ada, case), f"/cases/{case.id}/sections/imaging"
    mine = typed_in(browser.get(address))
    assert write(other, case, "imaging", **{"item_mammogram_us-dated_on": "02-Mar-2026"}) == 303
    changed = {"item_mammogram_us-value": "31 mm", "item_mammogram_us-number": "R26-1"}
    assert browser.post(address, data=mine | changed).status_code == 303
    assert [*versions(Section.IMAGING)[-1].values()] == ["31 mm; 02-Mar-2026; R26-1"]
    assert write(other, case, "imaging", **{"item_mammogram_us-dated_on": "03-Mar-2026"}) == 303
    refused = browser.post(address, data=mine | changed | {"item_mammogram_us-dated_on": "04-Mar-2026"})
    assert refused.status_code == 409
    assert refused.text.count("<legend>") - typed_legends(browser, address) == 1
    assert ", date</legend>" in refused.text


def typed_legends(browser: FlaskClient, address: str) -> int:
    return browser.get(address).text.count("<legend>")


def two_writers(sign_in: SignIn, ada: Person, case: Case) -> tuple[FlaskClient, FlaskClient]:
    other = a_person(discipline=Discipline.RADIOLOGY)
    assert case.board
    a_member(case.board, other)
    return sign_in(ada), sign_in(other)


def test_two_sections_at_once_do_not_disturb_each_other(
    sign_in: SignIn, ada: Person, pathologist: Person, case: Case
) -> None:
    address = f"/cases/{case.id}/sections/question"
    browser = sign_in(ada)
    mine = typed_in(browser.get(address))
    assert write(sign_in(pathologist), case, "biomarkers", **{"item_er-answer": "Negative"}) == 303
    assert browser.post(address, data=mine | {"question": "Mastectomy, or breast conservation?"}).status_code == 303
    assert [each["Question"] for each in versions(Section.QUESTION)] == ["Mastectomy, or breast conservation?"]


@pytest.mark.parametrize(
    ("section", "typed", "sentence"),
    [
        ("stage", {"stage_m": "1", "stage_group": "IA"}, "M1 and stage group IA contradict each other."),
        ("stage", {"stage_prefix": "yp", "stage_t": "1"}, "yp means after systemic treatment or radiation."),
        ("stage", {"stage_t": "9"}, "Write T as"),
        ("fitness", {"performance_status": "1", "karnofsky": "40"}, "ECOG 1 goes with Karnofsky 80 or 70."),
        ("imaging", {"item_mammogram_us-dated_on": "01-Jan-2999"}, "This date is in the future."),
        ("biomarkers", {"item_ki67-value": "abc"}, "Write a number or a range in % of nuclei, such as 12 or 10-15."),
        ("biomarkers", {"item_ki67-value": "-250"}, "Write a number or a range in % of nuclei"),
        ("biomarkers", {"item_ki67-value": "190"}, "A share of the whole is at most 100 %."),
        ("question", {"question": "Please discuss."}, "Write what is to be decided, such as:"),
    ],
)
def test_what_cannot_be_true_is_answered_with_what_to_do_and_loses_nothing(
    sign_in: SignIn, ada: Person, case: Case, section: str, typed: dict[str, str], sentence: str
) -> None:
    address = f"/cases/{case.id}/sections/{section}"
    browser = sign_in(ada)
    answer = browser.post(address, data=typed_in(browser.get(address)) | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(text in answer.text for text in typed.values())
    assert versions(Section(section)) == []


def test_after_the_discussion_nothing_that_the_board_had_is_changed(sign_in: SignIn, ada: Person, board: Board) -> None:
    discussed = a_case(board, ada, patient=a_patient(), state=CaseState.DISCUSSED)
    browser = sign_in(ada)
    form = {"csrf_token": token(browser), "prior_treatment": "Forgotten", "version": "0"}
    answer = browser.post(f"/cases/{discussed.id}/sections/history", data=form)
    assert answer.status_code == 409
    assert "Change…" not in browser.get(f"/cases/{discussed.id}").text.partition("Needs and preferences")[0]


def test_what_is_changed_after_the_agenda_went_out_is_marked(
    sign_in: SignIn, ada: Person, board: Board, case: Case
) -> None:
    ruth = a_person(discipline=Discipline.COORDINATION)
    a_member(board, ruth, BoardRole.COORDINATOR)
    meeting = a_meeting(board)
    a_listed_case(meeting, case)
    browser = sign_in(ada)
    write(browser, case, "history", prior_treatment="None")
    with transaction():
        agenda.publish(meeting, an_actor(ruth, datetime.now(UTC)), version=meeting.version)
    assert "Changed since the agenda went out" not in browser.get(f"/cases/{case.id}").text
    write(browser, case, "history", prior_treatment="Tamoxifen since May")
    page = browser.get(f"/cases/{case.id}").text
    assert page.count("Changed since the agenda went out") == 1


def test_answers_are_changed_added_and_taken_back(sign_in: SignIn, pathologist: Person, case: Case) -> None:
    browser = sign_in(pathologist)
    first = {"item_er-answer": "Positive", "item_er-value": "20", "item_pr-answer": "Negative"}
    assert write(browser, case, "biomarkers", **first) == 303
    second = {"item_er-value": "25", "item_pr-answer": "", "item_her2-answer": "1+"}
    assert write(browser, case, "biomarkers", **second) == 303
    assert versions(Section.BIOMARKERS)[-1] == {"Estrogen receptor": "Positive, 25 % of nuclei", "HER2": "1+"}
