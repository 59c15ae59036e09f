"""An emergency at night: a stranger's record opened, read, ended; told at once, reviewed in the morning."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.window import PHONE, Window

WORDS = "On call. Fever after chemotherapy, arrives by ambulance in 20 minutes."


def fill_in(window: Window) -> None:
    """Linnetsong of Eastmere: nobody of Larkmoor has a relation to him."""
    window.tick("Why now?", "Emergency")
    window.write("In your words, one or two sentences", WORDS)
    window.write("MRN", "E 391755")
    window.choose("Hospital of this MRN", "Eastmere Hospital")
    window.write("Patient’s date of birth", "18-Mar-1967")
    window.press("Open for 4 hours")


def test_opened_read_ended_and_reviewed(visit: Visit) -> None:
    clinician = visit("Cloudesley")
    count = Count(clinician)
    clinician.page.get_by_role("link", name="Cases", exact=True).click()
    clinician.follow("Break-glass…")
    clinician.see("Open a patient outside your teams?")
    count.start_again()
    fill_in(clinician)
    clinician.see("Linnetsong, Clement")
    count.is_at_most(acts=2, fields=4, loads=1)
    clinician.follow(re.compile(r"^Case \d+$"))
    clinician.see("Linnetsong, Clement")
    expect(clinician.region("Break-glass access")).to_contain_text("Read only; every page is recorded.")
    expect(clinician.main).to_contain_text("Not shown in break-glass")
    clinician.follow("Today", within=clinician.page.get_by_role("navigation", name="Main"))
    expect(clinician.region("Break-glass access")).to_be_visible()
    clinician.press("End now")
    clinician.hear("Ended. The record is closed to you again.")
    expect(clinician.region("Break-glass access")).to_have_count(0)

    officer = visit("Watchett")
    count = Count(officer)
    officer.follow("Break-glass", within=officer.page.get_by_role("navigation", name="Main"))
    officer.see("Break-glass")
    use = officer.main.get_by_role("region", name="Cloudesley, Rupert")
    expect(use).to_contain_text(WORDS)
    expect(use).to_contain_text("MRN E 391755")
    expect(officer.main).not_to_contain_text("Linnetsong")
    officer.press("Justified", within=use, exact=True)
    officer.hear("Reviewed: justified.")
    count.is_at_most(acts=2, fields=0, loads=2)


def test_on_a_phone(visit: Visit) -> None:
    clinician = visit("Cloudesley", size=PHONE, at="/break-glass/new")
    clinician.see("Open a patient outside your teams?")
    fill_in(clinician)
    clinician.see("Linnetsong, Clement")
    clinician.press("End now")
    clinician.hear("Ended. The record is closed to you again.")
