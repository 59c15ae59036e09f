"""A code is searched by words and by code, by keyboard alone, in a box that came into the page after it was loaded."""

import pytest
import wtforms
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.window import PHONE
from tumorboard.tree import TREE
from tumorboard.vocabulary import CodeSystem
from tumorboard.web.forms.code import CodeField

pytestmark = pytest.mark.journey


class Diagnosis(wtforms.Form):
    diagnosis = CodeField("Diagnosis", CodeSystem.ICD10)


def drawn() -> str:
    """The field as the macro draws it."""
    jinja = Environment(loader=FileSystemLoader(TREE / "templates"), autoescape=True)
    macro = '{% from "macros/form.html" import code_field %}{{ code_field(field, "icd10") }}'
    return jinja.from_string(macro).render(field=Diagnosis().diagnosis)


def swap_in(page: Page) -> None:
    page.evaluate("drawn => document.querySelector('main form').insertAdjacentHTML('afterbegin', drawn)", drawn())


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Codes for Diagnosis").get_by_role("option")


def test_a_code_is_found_by_words_and_taken_by_keyboard(visit: Visit) -> None:
    clinician = visit("Sorrel", at="/cases/new")
    clinician.see("Submit a case")
    page = clinician.page
    swap_in(page)
    box = page.get_by_role("combobox", name="Diagnosis", exact=True)
    found, spoken = options(page), page.locator("#say")
    page.locator("#diagnosis").press_sequentially("upper outer br")
    expect(found).to_have_count(1)
    expect(spoken).to_have_text("1 code found")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert Axe().run(page).violations_count == 0
    box.press("Escape")
    expect(found).to_have_count(0)
    expect(box).to_have_value("upper outer br")
    box.press("ArrowDown")
    expect(found).to_have_count(1)
    expect(box).to_have_value("upper outer br")
    box.press("ArrowDown")
    expect(found.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("C50.4")
    expect(page.locator("#diagnosis-words")).to_have_text("Breast cancer, upper outer quadrant")
    expect(spoken).to_have_text("C50.4 Breast cancer, upper outer quadrant")
    expect(page.get_by_role("heading", level=1, name="Submit a case")).to_be_visible()


def test_a_code_is_typed_by_who_knows_it_and_nothing_typed_is_lost_where_the_search_fails(visit: Visit) -> None:
    clinician = visit("Sorrel", at="/cases/new", size=PHONE)
    clinician.see("Submit a case")
    page = clinician.page
    swap_in(page)
    box, words = page.locator("#diagnosis"), page.locator("#diagnosis-words")
    box.press_sequentially("c509")
    expect(words).to_have_text("Breast cancer, part not stated")
    expect(options(page)).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    options(page).filter(has_text="C50.912").click()
    expect(box).to_have_value("C50.912")
    page.route("**/codes/search", lambda route: route.fulfill(body="Something in between answered."))
    box.fill("zebra")
    expect(words).to_have_text("The search does not answer. Type the code itself.")
    expect(box).to_have_value("zebra")
