"""A submitted case that others work on: returned and answered, and written by two people at once."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.conftest import Tell
from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.keyboard import Keyboard, has_focus
from tests.journeys.post import Post
from tests.journeys.window import Window

pytestmark = pytest.mark.journey

RETURNED, WRITTEN = "Thistledown", "Oatmeadow"
"""Two submitted cases of the Breast board that no other journey touches."""
MISSING = ("Ki-67", "Needs and support")
NOTE = "Who takes her to treatment?"
REST = "Her neighbor drives."


def test_a_returned_case_is_answered_on_its_page_and_keeps_its_clock_and_thread(
    demo: Demo, visit: Visit, tell: Tell
) -> None:
    post = Post(demo)
    ruth, ada = visit("Hazelden"), visit()
    ruth.open("/queue?board=breast")
    waited = since(row_in_queue(ruth))
    asking = Count(ruth)
    return_by_keys(ruth)
    tell(f"returned for information, the coordinator: {asking}")

    (letter,) = [each for each in post.collect() if each.to == PERSON["Sorrel"].email]
    assert letter.subject == "A question about a case, Breast board"
    ada.open(letter.link)
    ada.sign_in(PERSON["Sorrel"])
    ada.see(re.compile(f"^{RETURNED}"))
    answering = Count(ada)
    asked = ada.page.get_by_role("region", name=f"Hazelden, Ruth asks: “{NOTE}”")
    only_what_is_asked_stands_on_top(ada, asked)
    ada.write("Ki-67, % of nuclei", "12", within=asked)
    ada.write("Living and family", "Lives alone, third floor.", within=asked)
    ada.write("Anything else to say?", REST, within=asked)
    address = ada.page.url
    ada.press("Answer and resubmit")
    ada.hear("Answered. The case waits for the coordinator at the place that it had.")
    assert ada.page.url == address
    answering.is_at_most(acts=3, fields=1 + len(MISSING), loads=1)
    tell(f"returned for information, the submitter: {answering}")

    ruth.open("/queue?board=breast")
    row = row_in_queue(ruth)
    expect(row).to_contain_text(re.compile("Answered .* ago"))
    assert since(row) == waited
    ruth.follow(re.compile(f"^{RETURNED}"), within=row)
    ruth.see(re.compile(f"^{RETURNED}"))
    thread = ruth.page.get_by_role("complementary").get_by_role("listitem").filter(has_text=NOTE)
    expect(thread).to_contain_text(re.compile(f"Hazelden, Ruth.*{REST}.*Sorrel, Ada", re.DOTALL))
    expect(ruth.region("Biomarkers")).to_contain_text(re.compile("Ki-67.*12", re.DOTALL))


def row_in_queue(window: Window) -> Locator:
    return window.page.get_by_role("listitem").filter(has_text=RETURNED)


def since(row: Locator) -> str:
    """What its place in the queue goes by."""
    found = re.search(r"since (\S+ \S+)", row.inner_text())
    assert found
    return found[1]


def return_by_keys(ruth: Window) -> None:
    """What is missing stands there ticked."""
    keys, name = Keyboard(ruth), ruth.page.get_by_role("link", name=re.compile(f"^{RETURNED}"))
    for _ in range(ruth.page.get_by_role("listitem").filter(has_text="since ").count()):
        keys.strike("j")
        if has_focus(name):
            break
    keys.strike("r")
    ruth.see(re.compile(f"^{RETURNED}"))
    gaps = ruth.page.get_by_role("group", name="What is missing").get_by_role("checkbox")
    expect(gaps).to_have_count(len(MISSING))
    for item in MISSING:
        expect(ruth.page.get_by_role("checkbox", name=f"{item}: Not there yet")).to_be_checked()
    ruth.page.keyboard.type(NOTE)
    keys.press("Return the case")
    ruth.hear("Returned. The mails leave in a minute.")


def only_what_is_asked_stands_on_top(ada: Window, asked: Locator) -> None:
    expect(asked).to_be_visible()
    assert asked.bounding_box()["y"] < ada.region("Question").bounding_box()["y"]
    boxes = asked.get_by_role("textbox").or_(asked.get_by_role("combobox"))
    names = boxes.evaluate_all("boxes => boxes.map((box) => box.labels[0].textContent.trim())")
    assert names == ["Ki-67, % of nuclei", "Living and family", "Anything else to say?"]


def test_two_people_write_one_section_at_once_and_nothing_is_overwritten(visit: Visit, tell: Tell) -> None:
    simon, lise = visit("Penhallow"), visit("Vantongeren")
    for window in (simon, lise):
        window.open("/cases")
        window.follow(re.compile(f"^{WRITTEN}"))
        window.see(re.compile(f"^{WRITTEN}"))
    count = Count(lise)
    for window in (simon, lise):
        window.follow("Change… Treatment and history")
        expect(window.page.get_by_role("textbox", name="Prior treatment")).to_be_focused()
    simon.write("Prior treatment", "Lumpectomy, 14 mm, margins clear.")
    simon.press("Save", exact=True)
    simon.hear("Saved, with your name")
    lise.write("Prior treatment", "Radiation of the left breast ten years ago.")
    lise.press("Save", exact=True)
    both = lise.region("Changed in two places")
    expect(both).to_contain_text("Penhallow, Simon saved this")
    lise.see("Treatment and history")
    saved, here = (
        both.get_by_role("radio", name="As it is saved"),
        both.get_by_role("radio", name="As you have it here"),
    )
    expect(saved).to_have_accessible_description("Lumpectomy, 14 mm, margins clear.")
    expect(here).to_have_accessible_description("Radiation of the left breast ten years ago.")
    assert right_of(here, saved), "side by side"
    simon.page.reload()
    expect(simon.region("Treatment and history")).to_contain_text("Lumpectomy, 14 mm, margins clear.")

    lise.write("Prior treatment", "Radiation of the left breast ten years ago. Lumpectomy, 14 mm, margins clear.")
    here.check()
    lise.press("Save what I chose")
    lise.hear("Saved, with your name")
    tell(f"two people at once in a section, the second: {count}")
    lise.follow(re.compile("^Version "), within=lise.region("Treatment and history"))
    lise.see(re.compile("Treatment and history"))
    for by in ("Penhallow, Simon", "Vantongeren, Lise"):
        expect(lise.main).to_contain_text(by)


def right_of(one: Locator, other: Locator) -> bool:
    first, second = other.bounding_box(), one.bounding_box()
    assert first
    assert second
    return first["x"] < second["x"] and abs(first["y"] - second["y"]) < 2
