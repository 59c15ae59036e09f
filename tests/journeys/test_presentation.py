"""A case of each kind, typed until its board has all that it asks; what each cost is told."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.conftest import Tell
from tests.journeys.asked import ALL_IS_THERE, Coded, fill_what_is_asked, saved
from tests.journeys.conftest import Visit
from tests.journeys.counts import NOTHING_KNOWN, Count
from tests.journeys.window import PHONE, Window
from tumorboard.vocabulary import TumorType
from tumorboard.words import date_words

pytestmark = pytest.mark.journey

BORN = "03-May-1961"


@dataclass(frozen=True)
class Kind:
    """One kind of case, and the codes and stage that its form is given."""

    tumor_type: TumorType
    coded: Coded
    case_type: str = "Treatment decision"
    born: str = BORN
    question: str = "Surgery first, or systemic treatment first?"

    @property
    def name(self) -> str:
        return f"{self.tumor_type.value}, {self.case_type.lower()}"


KINDS = (
    Kind(TumorType.BREAST, Coded("C50.4", "8500/3", "cT2 cN1 cM0")),
    Kind(TumorType.LUNG, Coded("C34.1", "8140/3", "cT2a cN0 cM0")),
    Kind(TumorType.RECTUM, Coded("C20", "8140/3", "cT3 cN1 cM0")),
    Kind(TumorType.PROSTATE, Coded("C61", "8140/3", "cT2 cN0 cM0")),
    Kind(TumorType.LYMPHOMA, Coded("C83.3", "9680/3", "III")),
    Kind(TumorType.LEUKEMIA, Coded("C92.0", "9861/3", "Intermediate")),
    Kind(TumorType.GLIOMA, Coded("C71.9", "9440/3", "4")),
    Kind(TumorType.CHILDHOOD, Coded("C64.9", "8960/3", "II", kind="Wilms tumor"), born="03-May-2021"),
    Kind(
        TumorType.HIGH_RISK,
        Coded("", "", ""),
        case_type="High risk or prevention",
        question="Risk-reducing surgery now?",
    ),
    Kind(TumorType.BREAST, Coded("C50.9", "8500/3", "cT1 cN0 cM0"), case_type="Second opinion"),
)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_case_is_typed_until_its_board_has_all_that_it_asks(visit: Visit, kind: Kind, tell: Tell) -> None:
    simon = visit("Penhallow")
    count = Count(simon)
    simon.follow("Submit a case")
    simon.see("Submit a case")
    type_the_question(simon, kind, f"T {KINDS.index(kind):03}")
    fill_what_is_asked(simon, kind.tumor_type, kind.coded)
    simon.press("Submit case")
    simon.hear("Submitted to the Breast board.")
    expect(simon.page.get_by_role("complementary", name="What is missing")).to_contain_text(ALL_IS_THERE)
    count.is_at_most(**NOTHING_KNOWN)
    tell(f"{kind.name}: {count.beside(**NOTHING_KNOWN)}")


def type_the_question(simon: Window, kind: Kind, mrn: str) -> None:
    simon.write("MRN", mrn)
    simon.write("Date of birth", kind.born)
    simon.write("Family name", "Fernhollow")
    simon.write("Given name", "Imogen")
    simon.tick("Sex", "Female")
    board = simon.page.get_by_role("combobox", name="Board", exact=True)  # filled in: his latest cases all went there
    expect(board.locator(":checked")).to_have_text("Breast board")
    simon.choose("Tumor type", kind.tumor_type.label)
    simon.tick("What kind of question is it?", "Something else")
    simon.tick("Why does the case come?", kind.case_type)
    simon.write("Question for the board", kind.question)


def test_pending_with_a_date_is_an_honest_answer_on_a_phone(visit: Visit) -> None:
    simon = visit("Penhallow", size=PHONE)
    simon.follow("Submit a case")
    simon.see("Submit a case")
    type_the_question(simon, KINDS[0], "T 100")
    row = simon.page.locator("#item_her2")
    row.get_by_role("radio", name="Pending").check()
    row.get_by_role("textbox", name="HER2, expected on").fill(date_words(date.today() + timedelta(days=2)))  # noqa: DTZ011
    saved(simon)
    simon.press("Submit case")
    simon.hear("Submitted to the Breast board.")
    gap = simon.page.get_by_role("complementary", name="What is missing").locator(".is-pending", has_text="HER2")
    expect(gap).to_contain_text("Expected")
    simon.see("Fernhollow, Imogen")


def test_a_pasted_report_fills_the_boxes_one_by_one(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.follow("Submit a case")
    simon.see("Submit a case")
    type_the_question(simon, KINDS[0], "T 101")
    simon.page.get_by_text("Paste a report").click()
    simon.write("A report, pasted", "ER positive (90 %), PR negative, HER2 1+. Clinical stage cT2 cN1 cM0.")
    simon.press("Read the report")
    simon.press("Take ER positive, 90 %")
    er = simon.page.locator("#item_er")
    expect(er.get_by_role("radio", name="Positive", exact=True)).to_be_checked()
    expect(er.locator("[name='item_er-value']")).to_have_value("90")
    expect(simon.page.locator("#item_pr").get_by_role("radio", name="Negative")).not_to_be_checked()
    simon.see("Submit a case")


def test_what_is_chosen_by_slip_is_taken_back_by_pressing_it_again(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.follow("Submit a case")
    simon.see("Submit a case")
    simon.choose("Board", "Breast board")
    simon.choose("Tumor type", "Breast")
    three = simon.page.locator("#item_her2").get_by_role("radio", name="3+")
    three.check()
    expect(three).to_be_checked()
    three.click()
    expect(three).not_to_be_checked()


def test_a_day_and_a_number_in_the_words_fill_their_boxes_while_these_are_empty(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.follow("Submit a case")
    simon.see("Submit a case")
    simon.choose("Tumor type", "Breast")
    words, day, number = (
        simon.page.locator(f"[name=item_mammogram_us-{part}]") for part in ("value", "dated_on", "number")
    )
    for typed in (
        "31 mm; none on 02-Mar-2026 and 03-Mar-2026",
        "Seen on 31-Feb-2026",
        "Planned for 02-Mar-2199",
        "04/05/2026",
    ):
        words.fill(typed)
        words.press("Tab")
        expect(day).to_have_value("")
    words.fill("Mammogram of 2 March 2026, LR26-208114: 31 mm.")
    words.press("Tab")
    expect(day).to_have_value("02-Mar-2026")
    expect(number).to_have_value("LR26-208114")
    words.fill("Mammogram of 03-Mar-2026, LR26-208115: 31 mm.")
    words.press("Tab")
    expect(number).to_have_value("LR26-208114")  # what stands there stays
    expect(day).to_have_value("02-Mar-2026")


def test_taking_what_a_report_offers_goes_on_by_keys_from_one_offer_to_the_next(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.follow("Submit a case")
    simon.see("Submit a case")
    simon.choose("Board", "Breast board")
    simon.choose("Tumor type", "Breast")
    simon.page.get_by_text("Paste a report").click()
    simon.write("A report, pasted", "ER positive (90 %), PR negative, HER2 1+.")
    simon.press("Read the report")
    for taken, following in (("ER", "PR"), ("HER2", "PR"), ("PR", "")):
        button = simon.page.get_by_role("button", name=re.compile(f"^Take {taken} "))
        button.focus()
        button.press("Enter")
        expect(simon.page.get_by_role("button", name=re.compile(f"^Take {taken} "))).to_have_count(0)
        name = re.compile(f"^Take {following} ") if following else "Read the report"
        expect(simon.page.get_by_role("button", name=name)).to_be_focused()


def test_a_section_is_changed_where_it_stands_and_who_saves_it_goes_on_from_its_heading(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.open("/cases")
    simon.page.get_by_role("link", name="Quillfeather, Anneliese").first.click()
    change, history = "Change… Treatment and history", simon.region("Treatment and history")
    simon.follow(change)
    expect(history.get_by_role("textbox", name="Prior treatment")).to_be_focused()
    simon.look_again()
    simon.follow("Back without saving", within=history)
    expect(history).to_contain_text("Prior treatment")
    expect(history.get_by_role("textbox")).to_have_count(0)
    expect(simon.page.get_by_role("link", name=change)).to_be_focused()
    simon.page.keyboard.press("Enter")
    simon.press("Save", exact=True)
    simon.hear("Nothing was changed.")
    heading = simon.page.get_by_role("heading", level=2, name="Treatment and history", exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    simon.page.keyboard.press("Tab")
    expect(simon.page.get_by_role("link", name=change)).to_be_focused()


def test_the_button_that_submits_is_in_sight_wherever_the_form_is_scrolled_to(visit: Visit) -> None:
    simon = visit("Penhallow")
    simon.follow("Submit a case")
    simon.see("Submit a case")
    type_the_question(simon, KINDS[0], "T 102")
    progress = simon.page.locator("#progress")
    expect(progress).to_contain_text("Ready to submit")
    for end in ("Home", "End"):
        simon.page.get_by_role("heading", level=1).click()
        simon.page.keyboard.press(f"Control+{end}")
        expect(simon.page.get_by_role("button", name="Submit case")).to_be_in_viewport(ratio=1)
    simon.page.get_by_role("link", name="Patient told and agrees").focus()
    expect(simon.page.get_by_role("link", name="Patient told and agrees")).to_be_in_viewport(ratio=1)
