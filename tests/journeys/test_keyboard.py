"""From a clinician's sign-in to a published agenda with nothing but keys."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.conftest import Tell
from tests.journeys import acts
from tests.journeys.asked import ALL_IS_THERE, TOLD, YESTERDAY, box_of, card
from tests.journeys.case import TypedCase, find_case_whole, written
from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.keyboard import Keyboard, has_focus
from tests.journeys.post import Post
from tests.journeys.window import TODAY, Window
from tumorboard.demo.hospital.boards import THORACIC
from tumorboard.demo.hospital.thoracic_cases import THORACIC_CASES
from tumorboard.domain.minimum_data_sets import template
from tumorboard.vocabulary import CaseState, ItemNeed, Section, TumorType, When

pytestmark = pytest.mark.journey

BOARD = "Thoracic board"
CASE = TypedCase(
    family_name="Quincewater",
    given_name="Leonie",
    birth_date=date(1961, 2, 17),
    sex="Female",
    mrn="0063 1188",
    board=BOARD,
    tumor_type="Lung, non-small cell",
    question="Is she to be operated first, or treated first?",
    summary="Adenocarcinoma of the left upper lobe, 41 mm, one node in station 5.",
    urgency="Within two weeks",
    performance_status="0 Fully active",
)
ASKED = [
    item
    for item in template(TumorType.LUNG).asked_as_results
    if item.need is ItemNeed.MUST and item.when in {When.ALWAYS, When.IF_ANSWER}
]
"""What the board asks of a tumor that has not spread, in rows of their own."""
ANOTHER = next(case.patient for case in THORACIC_CASES if case.state is CaseState.ACCEPTED)


def test_nothing_but_keys(demo: Demo, visit: Visit, tell: Tell) -> None:
    post = Post(demo)
    planned = acts.plan_a_meeting(visit("Inchbald"), THORACIC, days=63)
    submit(visit(), tell)
    wendell = visit()
    accept(wendell)
    arrange(wendell, planned)
    publish(wendell)
    assert {letter.kind for letter in post.collect()} == {"Agenda", "Invitation", "To prepare"}


def sign_in(window: Window, family_name: str) -> Keyboard:
    person, keys = PERSON[family_name], Keyboard(window)
    window.see("Sign in")
    keys.press(re.compile(f"^Sign in as {person.family_name}, {person.given_name}"))
    window.see(TODAY)
    return keys


def submit(ada: Window, tell: Tell) -> None:
    """With every item of the minimum data set, down the page."""
    keys = sign_in(ada, "Sorrel")
    count = Count(ada)
    keys.follow("Submit a case")
    ada.see("Submit a case")
    ada.remember_typed(CASE)
    keys.write("MRN", CASE.mrn)
    keys.write("Date of birth", written(CASE.birth_date))
    keys.write("Family name", CASE.family_name)
    keys.write("Given name", CASE.given_name)
    keys.tick("Sex", CASE.sex)
    keys.choose("Board", CASE.board)
    keys.choose("Tumor type", CASE.tumor_type)
    keys.tick("Why does the case come?", CASE.case_type)
    keys.tick("What kind of question is it?", CASE.question_type)
    keys.write("Question for the board", CASE.question)
    keys.write("Clinical summary", CASE.summary)
    keys.tick("When is the answer needed?", CASE.urgency)
    keys.write_code("Diagnosis, ICD-10", "C34.1")
    keys.write_code("Histology, ICD-O-3", "8140/3")
    keys.write("T", "cT2a cN0 cM0")
    for section in (Section.STAGE, Section.PATHOLOGY, Section.BIOMARKERS, Section.LABS, Section.IMAGING):
        answer_rows(keys, ada, section)
    keys.tick("Performance status (ECOG)", CASE.performance_status)
    for section in (Section.FITNESS, Section.HISTORY):
        answer_rows(keys, ada, section)
    keys.tick(TOLD, "Yes, and agrees")
    keys.write("In the patient’s words", "To be home before the harvest.")
    keys.write("Living and family", "A farm, with her brother.")
    expect(card(ada)).to_contain_text(ALL_IS_THERE)
    keys.press("Submit case")
    ada.hear(f"Submitted to the {BOARD}.")
    count.is_at_most(acts=22, fields=26, loads=2)
    tell(f"with nothing but keys, every item of lung: {count}")
    find_case_whole(ada, CASE)


def answer_rows(keys: Keyboard, ada: Window, section: Section) -> None:
    """What the board asks in rows of this section, each in the way that it is asked."""
    for item in ASKED:
        if item.section is not section:
            continue
        if item.answers:
            keys.tick(item.label, item.answers[0])
        else:
            keys.write(box_of(item), "12" if item.unit else "As in the report")
        if ada.page.get_by_role("textbox", name=f"{item.label}, date", exact=True).count():
            keys.write(f"{item.label}, date", YESTERDAY)


def accept(wendell: Window) -> None:
    keys = sign_in(wendell, "Inchbald")
    keys.go("Queue")
    rows = wendell.page.get_by_role("list", name="Cases, submitted")
    for _ in range(rows.get_by_role("listitem").count()):
        keys.strike("j")
        if has_focus(rows.get_by_role("link", name=CASE.name)):
            break
    keys.strike("a")
    wendell.hear("Accepted. The case waits for a place on an agenda.")
    expect(rows.get_by_role("link").and_(wendell.page.locator(":focus"))).to_have_count(1)  # the next row is current


def arrange(wendell: Window, planned: date) -> None:
    keys = Keyboard(wendell)
    keys.go("Meetings")
    keys.follow(re.compile(written(planned)))
    wendell.see(re.compile(f"^{BOARD}, {written(planned)}"))
    keys.follow("Open the agenda")
    wendell.see(re.compile("^Agenda, "))
    slots = wendell.page.get_by_role("list", name="Agenda items in order").get_by_role("listitem")
    for place, name in enumerate((f"{ANOTHER.family_name}, {ANOTHER.given_name}", CASE.name), 1):
        keys.press(f"Add: {name}")  # in nine weeks much of it is too old
        expect(wendell.page.get_by_role("dialog", name=re.compile(r"missing\?$"))).to_be_visible()
        expect(wendell.page.get_by_role("textbox", name="Why it cannot wait")).to_be_focused()
        wendell.page.keyboard.type("The treatment begins on Monday.")
        keys.press("Add it nevertheless")
        expect(slots).to_have_count(place)
    grip = wendell.page.get_by_role("button", name=f"Move {CASE.name}")
    keys.tab_to(grip)
    keys.strike("Alt+ArrowUp", "+", "+")
    expect(wendell.main).to_contain_text("Saved")
    expect(slots.first).to_contain_text(re.compile(rf"{CASE.name}.*{THORACIC.minutes_per_case + 2} min", re.DOTALL))
    assert has_focus(grip), "the focus goes along with what is moved"


def publish(wendell: Window) -> None:
    keys = Keyboard(wendell)
    keys.tab_back_to(wendell.page.get_by_role("link", name="Publish version 1"))
    keys.strike("Enter")
    wendell.see(re.compile("^Publish the agenda"))
    keys.press(re.compile(r"^Publish, send \d+ mails"))
    wendell.hear("Published.")
