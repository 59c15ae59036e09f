"""Who else may see a case: restricted, lifted again, opened to an expert, put right; at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journeys.conftest import Visit
from tests.journeys.window import DESK, PHONE, Window
from tumorboard.demo.hospital.breast_cases import BREAST_CASES
from tumorboard.vocabulary import CaseState

pytestmark = pytest.mark.journey

PATIENT = [case for case in BREAST_CASES if case.state is CaseState.ACCEPTED][-1].patient


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_coordinator_restricts_lifts_and_looks_further(visit: Visit, size: ViewportSize) -> None:
    ruth, name = visit("Hazelden", size=size), f"{PATIENT.family_name}, {PATIENT.given_name}"
    ruth.open("/queue?board=breast&state=accepted")
    ruth.follow(name)
    ruth.see(name)
    ruth.follow("Restrict…")
    expect(ruth.page.get_by_role("heading", name="Restrict this patient?")).to_be_visible()
    ruth.see(name)
    ruth.tick("Why?", "Well known")
    ruth.press("Restrict", exact=True)
    expect(ruth.region("Patient")).to_contain_text("Restricted")
    ruth.follow("Lift the restriction…")
    ruth.tick("Why?", "No longer needed")
    ruth.press("Lift the restriction")
    expect(ruth.page.get_by_role("link", name="Restrict…")).to_be_visible()
    ruth.follow("Open to an expert…")
    ruth.see(name)
    ruth.press("Open to this expert")
    expect(ruth.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    ruth.page.go_back()
    ruth.page.go_back()
    ruth.follow("Correct the patient…")
    ruth.see(re.compile("^Correct the patient of case "))
    ruth.write("The other case’s number", "1")
    ruth.press("Compare")
    expect(ruth.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    ruth.see(re.compile("^Correct the patient of case "))
    ruth.page.go_back()
    ruth.follow("Put the record right…")
    ruth.see("Put the record right")
    ruth.write("Given name", f"{PATIENT.given_name} Ann")
    ruth.write("Reason, kept with the correction", "So it stands in the referral.")
    ruth.press("Put it right")
    ruth.see(f"{name} Ann")
    ruth.press("Undo the correction")
    ruth.see(re.compile(f"{name}$"))
    find(ruth, PATIENT.family_name, size)
    ruth.see("Find")
    ruth.follow(name)
    ruth.see(name)


def find(window: Window, text: str, size: ViewportSize) -> None:
    """By the key at a desk, by the sign in the bar on a phone."""
    window.page.wait_for_load_state()  # with the script that listens to the key
    if size is DESK:
        window.page.keyboard.press("/")
    else:
        window.follow("Find")
        window.page.get_by_label("What to find").focus()
    window.page.keyboard.type(text)
    with window.page.expect_navigation(url=re.compile("/find/")):
        window.page.keyboard.press("Enter")
