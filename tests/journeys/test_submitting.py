"""For whom a case is submitted: somebody else, who goes on with it; and a patient who was presented before."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.conftest import Tell
from tests.journeys.asked import card, missing, saved
from tests.journeys.case import TypedCase, find_case_whole, type_patient, type_question
from tests.journeys.conftest import Visit
from tests.journeys.counts import SECOND, Count
from tests.journeys.window import TODAY, Window

pytestmark = pytest.mark.journey

GRACE, ADA = "Oduya, Grace", "Sorrel, Ada"


FOR_ADA = TypedCase(
    family_name="Saltmarsh",
    given_name="Maud",
    birth_date=date(1955, 1, 30),
    sex="Female",
    mrn="0071 2205",
    board="Breast board",
    tumor_type="Breast",
    question="Is radiotherapy after lumpectomy to be given, or left out?",
    summary="Lumpectomy right, 11 mm, margins clear; lives alone, an hour by bus from the hospital.",
)


def test_a_case_is_typed_in_somebodys_name_who_goes_on_with_it_and_both_are_named(visit: Visit, tell: Tell) -> None:
    grace, ada = visit("Oduya"), visit("Sorrel")
    typing = Count(grace)
    grace.follow("Submit a case")
    grace.see("Submit a case")
    for_whom = grace.page.get_by_role("combobox", name="Submitted for", exact=True)
    for_whom.select_option(label=for_whom.get_by_role("option").filter(has_text=ADA).inner_text())
    type_patient(grace, FOR_ADA)
    grace.choose("Board", FOR_ADA.board)
    grace.choose("Tumor type", FOR_ADA.tumor_type)
    type_question(grace, FOR_ADA)
    grace.write("Clinical summary", FOR_ADA.summary)
    saved(grace)
    tell(f"in somebody's name, who types it: {typing}")

    going_on = Count(ada)
    named = f"for {ADA}, typed by {GRACE}"
    expect(ada.page.get_by_role("listitem").filter(has_text=FOR_ADA.name)).to_contain_text(named)
    ada.follow(f"Go on with {FOR_ADA.name}")
    ada.see("Submit a case")
    ada.write("Question for the board", FOR_ADA.question)
    ada.press("Submit case")
    ada.hear("Submitted to the Breast board.")
    going_on.is_at_most(acts=2, fields=1, loads=2)
    tell(f"in somebody's name, whose it is: {going_on}")
    find_case_whole(ada, FOR_ADA)
    expect(ada.main).to_contain_text(f"Submitted by {ADA}, typed by {GRACE}")
    for window in (grace, ada):
        window.open("/")
        window.see(TODAY)
        expect(window.page.get_by_role("row").filter(has_text=FOR_ADA.name)).to_contain_text(named)


def test_the_next_question_begins_with_the_last_presentation(visit: Visit, tell: Tell) -> None:
    """Journey 1, second case of the same patient."""
    simon = visit("Penhallow")
    simon.open("/cases")
    simon.follow("Fernhollow, Dorothea")
    simon.see(re.compile("^Fernhollow, Dorothea"))
    count = Count(simon)
    simon.press("Next question…")
    simon.see("Submit a case")
    begin_again(simon)
    simon.press("Submit case")
    simon.hear("Submitted to the Breast board.")
    count.is_at_most(**SECOND)
    tell(f"from the patient's last presentation: {count.beside(**SECOND)}")
    expect(simon.region("Diagnosis and stage")).to_contain_text("C50")
    expect(simon.region("Timeline")).to_contain_text("this case goes on from it")


def begin_again(window: Window) -> None:
    """What is carried over says where it comes from and how old it is; what the patient is today is asked anew."""
    expect(window.page.get_by_role("radio", name=re.compile("^Goes on from case"))).to_be_checked()
    expect(window.main).to_contain_text(re.compile(r"From the presentation of .*\. Check it\."))
    assert "Performance status" in missing(window)
    expect(window.page.get_by_role("textbox", name="Question for the board")).to_have_value("")
    window.tick("Why does the case come?", "Treatment decision")
    window.tick("What kind of question is it?", "Something else")
    window.write("Question for the board", "Is her endocrine treatment to be changed?")
    window.tick("Performance status (ECOG)", "1 Light work")
    expect(card(window)).to_contain_text("Ready to submit")
