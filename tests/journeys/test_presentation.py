"""A case of each kind, typed until its board has all that it asks; what each cost is printed."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.window import PHONE, Window
from tumorboard.domain.minimum_data_sets import Item, template
from tumorboard.vocabulary import CaseFact, TumorType
from tumorboard.words import date_words

pytestmark = pytest.mark.journey

YESTERDAY = date_words(date.today() - timedelta(days=1))  # noqa: DTZ011 - any day of this week does
BORN = "03-May-1961"
TIMES = itertools.count(1)
TOLD = "Does the patient know that the board discusses this, and agree?"


@dataclass(frozen=True)
class Kind:
    """One kind of case, and the codes and stage that its form is given."""

    tumor_type: TumorType
    icd10: str
    morphology: str
    stage: str
    case_type: str = "Treatment decision"
    born: str = BORN
    question: str = "Surgery first, or systemic treatment first?"

    @property
    def name(self) -> str:
        return f"{self.tumor_type.value}, {self.case_type.lower()}"


KINDS = (
    Kind(TumorType.BREAST, "C50.4", "8500/3", "cT2 cN1 cM0"),
    Kind(TumorType.LUNG, "C34.1", "8140/3", "cT2a cN0 cM0"),
    Kind(TumorType.RECTUM, "C20", "8140/3", "cT3 cN1 cM0"),
    Kind(TumorType.PROSTATE, "C61", "8140/3", "cT2 cN0 cM0"),
    Kind(TumorType.LYMPHOMA, "C83.3", "9680/3", "III"),
    Kind(TumorType.LEUKEMIA, "C92.0", "9861/3", "Intermediate"),
    Kind(TumorType.GLIOMA, "C71.9", "9440/3", "4"),
    Kind(TumorType.CHILDHOOD, "C64.9", "8960/3", "II", born="03-May-2021"),
    Kind(TumorType.HIGH_RISK, "", "", "", case_type="High risk or prevention", question="Risk-reducing surgery now?"),
    Kind(TumorType.BREAST, "C50.9", "8500/3", "cT1 cN0 cM0", case_type="Second opinion"),
)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_case_is_typed_until_its_board_has_all_that_it_asks(
    visit: Visit, kind: Kind, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = visit("Sorrel")
    count = Count(ada)
    ada.follow("Submit a case")
    ada.see("Submit a case")
    type_the_question(ada, kind, f"T {KINDS.index(kind):03}")
    fill_what_is_asked(ada, kind)
    expect(ada.page.locator("#progress")).to_contain_text("Everything the board asks is there.")
    ada.press("Submit case")
    ada.hear("Submitted to the Breast board.")
    expect(ada.page.get_by_role("complementary", name="What is missing")).to_contain_text(
        "Everything the board asks is there."
    )
    with capsys.disabled():
        print(f"\n{kind.name}: {count}")  # noqa: T201 - the counts are what was asked for


def type_the_question(ada: Window, kind: Kind, mrn: str) -> None:
    ada.write("MRN", mrn)
    ada.write("Date of birth", kind.born)
    ada.write("Family name", "Fernhollow")
    ada.write("Given name", "Imogen")
    ada.tick("Sex", "Female")
    ada.choose("Board", "Breast board")
    ada.choose("Tumor type", kind.tumor_type.label)
    ada.tick("What kind of question is it?", "Something else")
    ada.tick("Why does the case come?", kind.case_type)
    ada.write("Question for the board", kind.question)


def fill_what_is_asked(ada: Window, kind: Kind) -> None:
    """Answers whatever the card beside the form says is missing, as it says so, until it says that all is there."""
    data_set = template(kind.tumor_type)
    for _ in range(4):  # an answer may bring another question
        saved(ada)
        missing = ada.page.locator("#progress .tb-items .is-missing a").all_inner_texts()
        if not missing:
            return
        for label in missing:
            item = next(each for each in data_set.items if each.label == label)
            answer(ada, item, kind)


def saved(ada: Window) -> None:
    """Waits until all that was typed is saved, and what is asked stands on the page."""
    words = f"Seen {next(TIMES)} times."
    with ada.page.expect_response(lambda answer: words in (answer.request.post_data or "")) as told:
        ada.write("Clinical summary", words)
    expect(ada.page.locator("[name=revision]")).to_have_value(str(told.value.json()["revision"]))


def answer(ada: Window, item: Item, kind: Kind) -> None:
    if item.fact:
        STATE[item.fact](ada, kind)
        return
    row = ada.page.locator(f"#item_{item.key}")
    if item.answers:
        row.get_by_role("radio", name=item.answers[0], exact=True).check()
    else:
        row.locator(f"[name='item_{item.key}-value']").fill("12" if item.unit else "As in the report")
    write_if_there(row.locator(f"[name='item_{item.key}-dated_on']"), YESTERDAY)


def write_if_there(box: Locator, text: str) -> None:
    if box.count():
        box.fill(text)


def state_stage(ada: Window, kind: Kind) -> None:
    if kind.stage.startswith("c"):
        ada.paste("T", kind.stage)
    else:
        ada.page.locator("#stage_group").fill(kind.stage)


def state_voice(ada: Window, _kind: Kind) -> None:
    ada.write("In the patient’s words", "To stay at home as long as it goes.")
    ada.write("Living and family", "Lives with her sister; no car.")


STATE: dict[CaseFact, Callable[[Window, Kind], None]] = {
    CaseFact.DIAGNOSIS: lambda ada, kind: ada.page.locator("#icd10").fill(kind.icd10),
    CaseFact.HISTOLOGY: lambda ada, kind: ada.page.locator("#morphology").fill(kind.morphology),
    CaseFact.STAGE: state_stage,
    CaseFact.PERFORMANCE_STATUS: lambda ada, _kind: ada.tick("Performance status (ECOG)", "1 Light work"),
    CaseFact.PRIOR_TREATMENT: lambda ada, _kind: ada.write("Prior treatment", "None."),
    CaseFact.PREFERENCES: state_voice,
    CaseFact.NEEDS: state_voice,
    CaseFact.TOLD: lambda ada, _kind: ada.tick(TOLD, "Yes, and agrees"),
}


def test_pending_with_a_date_is_an_honest_answer_on_a_phone(visit: Visit) -> None:
    ada = visit("Sorrel", size=PHONE)
    ada.follow("Submit a case")
    ada.see("Submit a case")
    type_the_question(ada, KINDS[0], "T 100")
    row = ada.page.locator("#item_her2")
    row.get_by_role("radio", name="Pending").check()
    row.get_by_role("textbox", name="HER2, expected on").fill(date_words(date.today() + timedelta(days=2)))  # noqa: DTZ011
    saved(ada)
    ada.press("Submit case")
    ada.hear("Submitted to the Breast board.")
    gap = ada.page.get_by_role("complementary", name="What is missing").locator(".is-pending", has_text="HER2")
    expect(gap).to_contain_text("Expected")
    ada.see("Fernhollow, Imogen")


def test_a_pasted_report_fills_the_boxes_one_by_one(visit: Visit) -> None:
    ada = visit("Sorrel")
    ada.follow("Submit a case")
    ada.see("Submit a case")
    type_the_question(ada, KINDS[0], "T 101")
    ada.page.get_by_text("Paste a report").click()
    ada.write("A report, pasted", "ER positive (90 %), PR negative, HER2 1+. Clinical stage cT2 cN1 cM0.")
    ada.press("Read the report")
    ada.press("Take ER positive, 90 %")
    er = ada.page.locator("#item_er")
    expect(er.get_by_role("radio", name="Positive", exact=True)).to_be_checked()
    expect(er.locator("[name='item_er-value']")).to_have_value("90")
    expect(ada.page.locator("#item_pr").get_by_role("radio", name="Negative")).not_to_be_checked()
    ada.see("Submit a case")


def test_what_is_chosen_by_slip_is_taken_back_by_pressing_it_again(visit: Visit) -> None:
    ada = visit("Sorrel")
    ada.follow("Submit a case")
    ada.see("Submit a case")
    ada.choose("Board", "Breast board")
    ada.choose("Tumor type", "Breast")
    three = ada.page.locator("#item_her2").get_by_role("radio", name="3+")
    three.check()
    expect(three).to_be_checked()
    three.click()
    expect(three).not_to_be_checked()
