"""What people do on a phone: submit a case between two patients, and put an agenda right on the way to the meeting."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.case import Examination, TypedCase, find_case_whole, type_case
from tests.journeys.conftest import Visit
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


def test_a_case_is_submitted_on_a_phone(visit: Visit) -> None:
    edda = visit("Stonecroft", size=PHONE)
    edda.follow("Submit a case")
    edda.see("Submit a case")
    type_case(edda, CASE)
    edda.press("Submit case")
    edda.hear("Submitted to the Gastrointestinal board.")
    find_case_whole(edda, CASE)


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
