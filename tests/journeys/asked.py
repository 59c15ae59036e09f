"""What a board asks of a case, answered in the open form as the card beside it names what is missing."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from tests.journeys.window import Window
from tumorboard.domain.minimum_data_sets import Item, template
from tumorboard.vocabulary import CaseFact, TumorType
from tumorboard.words import date_words

YESTERDAY = date_words(date.today() - timedelta(days=1))  # noqa: DTZ011 - any day of this week does
ALL_IS_THERE = "Everything the board asks is there."
TOLD = "Does the patient know that the board discusses this, and agree?"
TIMES = itertools.count(1)
WRITE = "(box, words) => { box.value = words; box.dispatchEvent(new Event('input', { bubbles: true })); }"


@dataclass(frozen=True)
class Coded:
    """What a form is told of a disease where only a code or a stage will do; all else is answered in words."""

    icd10: str
    morphology: str
    stage: str
    kind: str = ""
    """Of several kinds that are chosen from, this one; elsewhere the first answer does."""


def missing(window: Window) -> list[str]:
    """By the words of the card, in its order."""
    gaps = card(window).get_by_role("listitem").filter(has_text=" · ").filter(has_not_text="Expected ")
    return gaps.get_by_role("link").all_inner_texts()


def card(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="The board and what is missing")


def fill_what_is_asked(window: Window, tumor_type: TumorType, coded: Coded) -> set[str]:
    """Answers whatever the card says is missing until it says that all is there; what it said, by name."""
    items, said = {item.label: item for item in template(tumor_type).items}, set[str]()
    for _ in range(4):  # an answer may bring another question
        saved(window)
        labels = missing(window)
        if not labels:
            break
        said.update(labels)
        for label in labels:
            answer(window, items[label], coded)
        date_all(window)
    expect(card(window)).to_contain_text(ALL_IS_THERE)
    return said


def saved(window: Window) -> None:
    """Waits until all that was typed is saved, and what is asked stands on the page."""
    words = f"Seen {next(TIMES)} times."
    box = window.page.get_by_role("textbox", name="What the patient wants to ask the board", exact=True)
    with window.page.expect_response(lambda answer: words in (answer.request.post_data or "")) as told:
        box.evaluate(WRITE, words)  # nobody's act: it is not counted among the fields that somebody filled in
        window.page.get_by_role("textbox", name="Date of birth", exact=True).press("Enter")  # saves at once, and stays
    expect(window.page.locator("[name=revision]")).to_have_value(str(told.value.json()["revision"]))


def answer(window: Window, item: Item, coded: Coded) -> None:
    if item.fact:
        return STATE[item.fact](window, coded)
    row = window.page.get_by_role("group", name=item.label, exact=True)
    none = row.get_by_role("button", name="None")
    if item.answers:
        chosen = coded.kind if coded.kind in item.answers else item.answers[0]
        row.get_by_role("radio", name=chosen, exact=True).check()
    elif none.count():
        none.click()
    else:
        window.write(box_of(item), "12" if item.unit else f"As in the report of {YESTERDAY}.", within=row)
    return None


def date_all(window: Window) -> None:
    """A day for what has none yet: the first of a part by hand, the others as it."""
    for part in window.page.locator("section", has=window.page.locator("[name$='-dated_on']")).all():
        undated = [box for row in part.locator(".tb-item").all() if is_answered(row) for box in days_of(row)]
        undated = [box for box in undated if not box.input_value()]
        same = part.get_by_role("button", name="Same day for all")
        if undated and not any(box.input_value() for box in part.locator("[name$='-dated_on']").all()):
            undated.pop(0).fill(YESTERDAY)
        if undated and same.count():
            same.click()
        elif undated:
            undated[0].fill(YESTERDAY)


def is_answered(row: Locator) -> bool:
    return bool(row.get_by_role("radio", checked=True).count() or row.locator("[name$='-value']").first.input_value())


def days_of(row: Locator) -> list[Locator]:
    return row.locator("[name$='-dated_on']").all()


def box_of(item: Item) -> str:
    """What the box is called in which an item without choices is answered."""
    return f"{item.label}, {item.unit}" if item.unit else item.label


def state_stage(window: Window, coded: Coded) -> None:
    if coded.stage.startswith("c"):
        window.paste("T", coded.stage)
    else:
        group = window.page.get_by_role("button", name=f"{coded.stage} for stage group", exact=True)
        if group.count():
            return group.click()
        window.page.get_by_label("Stage group", exact=True).fill(coded.stage)
    return None


def write_code(window: Window, name: str, code: str) -> None:
    window.page.get_by_label(name, exact=True).fill(code)


STATE: dict[CaseFact, Callable[[Window, Coded], None]] = {
    CaseFact.DIAGNOSIS: lambda window, coded: write_code(window, "Diagnosis, ICD-10", coded.icd10),
    CaseFact.HISTOLOGY: lambda window, coded: write_code(window, "Histology, ICD-O-3", coded.morphology),
    CaseFact.STAGE: state_stage,
    CaseFact.PERFORMANCE_STATUS: lambda window, _: window.tick("Performance status (ECOG)", "1 Light work"),
    CaseFact.PRIOR_TREATMENT: lambda window, _: window.press("None for prior treatment"),
    CaseFact.PREFERENCES: lambda window, _: window.write("In the patient’s words", "To stay at home."),
    CaseFact.NEEDS: lambda window, _: window.write("Living and family", "Lives with her sister; no car."),
    CaseFact.TOLD: lambda window, _: window.tick(TOLD, "Yes, and agrees"),
}
