"""No journey costs more than the design allows (ux/journeys.md); each test names the one that it counts."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.conftest import Tell
from tests.journeys import acts
from tests.journeys.asked import Coded, fill_what_is_asked
from tests.journeys.case import Examination, TypedCase, type_case, written
from tests.journeys.conftest import Visit
from tests.journeys.counts import NOTHING_KNOWN, PREFILLED, Count
from tests.journeys.demo import Demo
from tests.journeys.keyboard import Keyboard
from tests.journeys.window import Window
from tests.mailscript import accept
from tumorboard.demo.hospital.boards import GASTROINTESTINAL
from tumorboard.demo.hospital.gi_cases import GI_CASES
from tumorboard.vocabulary import CaseState, TumorType

pytestmark = pytest.mark.journey

BOARD = "Gastrointestinal board"
NEW = TypedCase(
    family_name="Yarrowby",
    given_name="Ottilie",
    birth_date=date(1970, 12, 1),
    sex="Female",
    mrn="E 602 417",
    board=BOARD,
    tumor_type="Rectum",
    question="Short course or long course, or an operation at once?",
    summary="Adenocarcinoma 9 cm from the anal verge, mismatch repair proficient; works nights, has two children.",
    urgency="Within two weeks",
    tnm="cT3b cN1 cM0",
    performance_status="0 Fully active",
    prior_treatment="None.",
    imaging=(Examination(date(2026, 5, 4), "ER26-80041", "Pelvic MRI: cT3b, one suspicious node."),),
    pathology=(Examination(date(2026, 4, 29), "ES26-07710", "Rectal biopsy: adenocarcinoma, G2."),),
)


ON_RECORD = next(case.patient for case in GI_CASES if case.state is CaseState.ON_AGENDA)
ACCEPTED = [case for case in GI_CASES if case.state is CaseState.ACCEPTED]

MEMBERS = {name for name, _ in GASTROINTESTINAL.members}
PEOPLE = MEMBERS | {name for case in ACCEPTED for name in (case.submitter, *case.team)}


def test_1_a_new_tumor_of_which_nothing_is_known(visit: Visit, tell: Tell) -> None:
    edda = visit("Stonecroft")
    count = Count(edda)
    edda.follow("Submit a case")
    edda.see("Submit a case")
    type_case(edda, NEW)
    edda.press("Submit case")
    edda.hear(f"Submitted to the {BOARD}.")
    count.is_at_most(**NOTHING_KNOWN)
    tell(f"a new tumor of which nothing is known: {count.beside(**NOTHING_KNOWN)}")
    count.start_again()
    withdraw(edda)
    count.is_at_most(acts=3, fields=1, loads=1)  # journey 15


def withdraw(edda: Window) -> None:
    edda.follow("Withdraw…")
    dialog = edda.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("She is treated elsewhere.")
    dialog.get_by_role("button", name="Withdraw the case").click()
    edda.hear("Withdrawn")


def test_1_a_patient_on_record_brings_what_is_known_until_the_board_has_all(visit: Visit, tell: Tell) -> None:
    edda = visit("Stonecroft")
    count = Count(edda)
    edda.follow("Submit a case")
    edda.see("Submit a case")
    edda.write("MRN", ON_RECORD.mrn)
    edda.write("Date of birth", written(ON_RECORD.birth_date))
    edda.press("Find the patient")
    edda.page.get_by_role("button", name=re.compile("Fill in what case")).first.click()
    expect(edda.region("Known already")).to_contain_text("presented")
    expect(edda.page.get_by_role("heading", name="Known already")).to_be_focused()
    edda.look_again()
    edda.tick("What kind of question is it?", "Something else")
    edda.tick("Why does the case come?", "Treatment decision")
    edda.write("Question for the board", "Is the new lesion in the liver to be biopsied?")
    tumor_type = TumorType(edda.page.get_by_role("combobox", name="Tumor type", exact=True).input_value())
    fill_what_is_asked(edda, tumor_type, Coded("C18.7", "8140/3", "cT3 cN1 cM0"))
    edda.press("Submit case")
    edda.hear("Submitted to the ")
    count.is_at_most(**PREFILLED)
    tell(f"a patient on record, prefilled and complete: {count.beside(**PREFILLED)}")


def test_3_one_key_a_decision(visit: Visit) -> None:
    noor = visit("Fairweather")
    noor.open("/queue?board=gastrointestinal")
    count, keys = Count(noor), Keyboard(noor)
    waiting = noor.page.get_by_role("list", name="Cases, submitted").get_by_role("listitem").count()
    assert waiting
    keys.strike("j")
    for _ in range(waiting):
        decided = noor.page.locator(":focus").inner_text()
        keys.strike("a")
        expect(noor.page.get_by_role("button", name=f"Accept: {decided}")).to_have_count(0)
    count.is_at_most(acts=1 + waiting, fields=0, loads=waiting)


def test_6_a_case_is_prepared_in_two_clicks_on_one_page(visit: Visit) -> None:
    marguerite = visit("Duskwell")
    marguerite.follow("Preparation", within=marguerite.page.get_by_role("navigation", name="Main"))
    marguerite.see("Preparation")
    count = Count(marguerite)
    for verb, said in (("Start", "Started."), ("Ready", "Ready.")):
        button = marguerite.page.get_by_role("button", name=re.compile(f"^{verb}: ")).first
        marguerite.press(str(button.get_attribute("aria-label")), exact=True)
        marguerite.hear(said)
    count.is_at_most(acts=2, fields=0, loads=2)


def test_4_and_15_an_agenda_is_published_and_its_meeting_moved_and_cancelled(
    demo: Demo, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo.script, "at_recipient", accept)  # no mail of it stands as failed on Today afterwards
    noor = visit("Fairweather")
    day = acts.plan_a_meeting(noor, GASTROINTESTINAL, days=4)
    meeting = noor.page.url
    noor.open("/")
    count = Count(noor)
    noor.follow("Meetings", within=noor.page.get_by_role("navigation", name="Main"))
    noor.follow(re.compile(written(day)))
    build(noor)
    acts.publish(noor, version=1, mails=len(PEOPLE) + len(PEOPLE - MEMBERS))
    count.is_at_most(acts=12, fields=0, loads=7)

    noor.open(meeting)
    count.start_again()
    acts.move(noor, BOARD, day + timedelta(days=1), "14:30", mails=len(PEOPLE))
    count.is_at_most(acts=3, fields=2, loads=3)
    count.start_again()
    acts.cancel(noor, "Too few cases", mails=len(PEOPLE))
    count.is_at_most(acts=3, fields=0, loads=2)
    demo.wait_until_told()


def build(noor: Window) -> None:
    acts.open_agenda(noor)
    slots = noor.page.get_by_role("list", name="Agenda items in order").get_by_role("listitem")
    for place, case in enumerate(ACCEPTED, 1):
        noor.press(f"Add: {case.patient.family_name}")
        expect(slots).to_have_count(place)
    noor.press(f"Earlier: {ACCEPTED[-1].patient.family_name}")
    expect(noor.main).to_contain_text("Saved")
