"""What people do on a phone: submit a case between two patients, and put an agenda right on the way to the meeting."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.conftest import Tell
from tests.journeys import acts
from tests.journeys.asked import missing, saved
from tests.journeys.case import Examination, TypedCase, find_case_whole, type_case
from tests.journeys.conftest import Visit
from tests.journeys.counts import NOTHING_KNOWN, Count
from tests.journeys.window import PHONE

pytestmark = pytest.mark.journey

CASE = TypedCase(
    family_name="Willowmere",
    given_name="Basil",
    birth_date=date(1949, 6, 5),
    sex="Male",
    mrn="",
    board="Gastrointestinal board",
    tumor_type="Colon",
    question="Is resection of the two liver metastases possible after his response?",
    urgency="Urgent, next meeting",
    imaging=(
        Examination(date(2026, 2, 3), "ER26-77120", "CT: two lesions in segments VI and VII."),
        Examination(date(2026, 6, 9), "ER26-78302", "MRI of the liver: 21 and 14 mm, no others."),
    ),
)


def test_a_nurse_submits_a_case_on_a_phone(visit: Visit, tell: Tell) -> None:
    grace = visit("Oduya", size=PHONE)
    count = Count(grace)
    grace.follow("Submit a case")
    grace.see("Submit a case")
    type_case(grace, CASE)
    saved(grace)
    assert {"Diagnosis (ICD-10)", "Stage", "Performance status", "Patient told and agrees"} <= set(missing(grace))
    grace.press("Submit case")
    grace.hear("Submitted to the Gastrointestinal board.")
    count.is_at_most(**NOTHING_KNOWN)
    tell(f"a nurse submits on a phone: {count.beside(**NOTHING_KNOWN)}")
    find_case_whole(grace, CASE)
    expect(grace.main).to_contain_text("Submitted by Oduya, Grace")


def test_an_agenda_is_put_right_on_a_phone(visit: Visit) -> None:
    noor = visit("Fairweather", size=PHONE)
    acts.open_next_meeting(noor, "Gastrointestinal board")
    acts.open_agenda(noor)
    slots = noor.page.get_by_role("list", name="Agenda items in order").get_by_role("listitem")
    first, second = (slots.nth(place).get_by_role("link").inner_text() for place in (0, 1))
    noor.press(f"Earlier: {second}")
    noor.press(f"One minute less: {second}")
    acts.reopen_agenda(noor)
    expect(slots.nth(0)).to_contain_text(re.compile(rf"15:30.*{second}.*9 min", re.DOTALL))
    expect(slots.nth(1)).to_contain_text(re.compile(rf"15:39.*{first}", re.DOTALL))
    expect(noor.main).to_contain_text("Since version 1")
    noor.press(f"Later: {second}")
    noor.press(f"One minute more: {second}")
    expect(noor.main).to_contain_text("Saved")
