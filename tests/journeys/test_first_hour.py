"""A new coordinator's first hour: from an empty form to the first published agenda, left and resumed in the middle."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.conftest import Tell
from tests.journeys import acts
from tests.journeys.case import TypedCase, type_case, written
from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Post
from tests.journeys.window import TODAY, Window
from tumorboard.demo.hospital.people import CHICAGO

pytestmark = pytest.mark.journey

BOARD = "Gynecology board"
HOUR = f"{BOARD}: its first hour"
LIST = """
Bellwether, Amos; surgery; chair
Brindle, Saoirse <s.brindle@eastmere.example>
h.haverly@eastmere.example; radiation oncology
Okafor-Lind Chidi
Duskwell, Marguerite; radiology
Thornbury, Esme <e.thornbury@eastmere.example>; nursing; extended
""".strip()
"""As it stands in somebody's mail: names, addresses, one of them wrong, and one person who has no account yet."""
NEW = "e.thornbury@eastmere.example"
MEMBERS = {
    NEW,
    *(PERSON[name].email for name in ("Lockridge", "Bellwether", "Brindle", "Okafor-Lind", "Duskwell", "Haverley")),
}
CASE = TypedCase(
    family_name="Thistlemere",
    given_name="Orla",
    birth_date=date(1966, 2, 11),
    sex="Female",
    mrn="E 733 105",
    board=BOARD,
    tumor_type="Ovary",
    question="Interval debulking after three cycles, or three more first?",
)
PASTED = [
    TypedCase(
        family_name=family_name,
        given_name=given_name,
        birth_date=born,
        sex="Female",
        mrn=mrn,
        board=BOARD,
        tumor_type=tumor_type,
        question=question,
    )
    for family_name, given_name, born, mrn, tumor_type, question in (
        ("Larkspurne", "Wilhelmina", date(1959, 4, 3), "E 733 106", "Ovary", "Maintenance after platinum, or none?"),
        (
            "Fenwickton",
            "Odette",
            date(1948, 9, 17),
            "E 733 107",
            "Endometrium",
            "Brachytherapy alone, or with chemotherapy?",
        ),
        ("Ravensmoor", "Cecily", date(1971, 12, 30), "E 733 108", "Cervix", "Surgery after chemoradiation, or watch?"),
    )
]
HEAD = ("MRN", "Patient", "DOB", "Gender", "Cancer", "Question", "Dr", "Phone")


def rows_to_paste() -> str:
    """As a spreadsheet puts them on the clipboard; of the last one the doctor is not in the directory."""
    doctors = ("Brindle", "Dr. Bellwether", "Dr. B.")
    rows = [
        (case.mrn, case.name, f"{case.birth_date:%d.%m.%Y}", case.sex[0], case.tumor_type, case.question, doctor, "")
        for case, doctor in zip(PASTED, doctors, strict=True)
    ]
    return "\n".join("\t".join(row) for row in (HEAD, *rows))


def test_12_the_first_hour_ends_with_a_published_agenda(demo: Demo, visit: Visit, tell: Tell) -> None:
    post, tobias = Post(demo), visit("Lockridge")
    count = Count(tobias)
    begin_a_board(tobias)
    tell(f"12, a board: {count}; at most 6 fields")
    count.is_at_most(acts=4, fields=6, loads=4)
    count.start_again()
    take_the_members(tobias)
    tell(f"12, its members from a list: {count}")
    count.is_at_most(acts=5, fields=2, loads=5)
    assert {letter.kind for letter in post.collect()} == {"Join Tumorboard"}, "nobody hears of the board yet"
    tobias.page.context.close()

    tobias = visit("Lockridge")
    count = Count(tobias)
    day = begin_the_series(tobias)
    tell(f"12, its series: {count}; at most 4 fields")
    count.is_at_most(acts=3, fields=4, loads=3)
    invited = post.collect()
    assert {letter.to for letter in invited} == MEMBERS
    assert {letter.kind for letter in invited} == {"Invitation"}
    count.start_again()
    paste_cases(tobias)
    tell(f"12, its first {len(PASTED)} cases pasted, one of them mended: {count}")
    count.is_at_most(acts=4, fields=2, loads=4)
    tobias.open("/")
    count.start_again()
    type_a_case(tobias)
    tell(f"12, its first case: {count}; at most 22 clicks, 16 fields")
    count.is_at_most(acts=22, fields=16, loads=5)
    count.start_again()
    publish_the_agenda(tobias)
    tell(f"12, its first agenda: {count}; at most 12 clicks")
    count.is_at_most(acts=12, fields=1, loads=5)
    assert {letter.to for letter in post.collect() if letter.kind == "Agenda"} == MEMBERS
    expect(tobias.main).to_contain_text(written(day))
    tobias.open("/")
    tobias.see(TODAY)
    expect(tobias.region(HOUR)).to_have_count(0)


def begin_a_board(tobias: Window) -> None:
    tobias.follow("Boards", within=tobias.page.get_by_role("navigation", name="Main"))
    tobias.follow("New board")
    tobias.see("New board")
    tobias.press("Gynecology")
    expect(tobias.page.get_by_role("textbox", name="Name, without “board”")).to_have_value("Gynecology")
    tobias.write("Room", "Lakeside 1, Eastmere Hospital")
    tobias.press("Begin the board")
    tobias.hear(f"The {BOARD} is there.")
    done_until(tobias, 1)


def take_the_members(tobias: Window) -> None:
    tobias.see("Members from a list")
    box = tobias.page.get_by_role("textbox", name="Names, addresses or both, one a line")
    box.fill(LIST)
    tobias.press("Read the list")
    expect(tobias.main).to_contain_text("1 line needs you, 5 are ready")
    expect(tobias.main).to_contain_text("Line 3: Nobody here has this address.")
    tobias.look_again()
    tobias.press("Take the 5 that are ready")
    tobias.hear("5 members added. 1 invitation on the way.")
    expect(box).to_have_value("h.haverly@eastmere.example; radiation oncology")
    box.fill("Haverley")
    tobias.press("Read it again")
    tobias.press("Take the 1 that is ready")
    tobias.hear("1 member added. 0 invitations on the way.")
    done_until(tobias, 2)


def begin_the_series(tobias: Window) -> date:
    """Goes on from Today, where the board waits."""
    waiting = tobias.region(HOUR)
    done_until(tobias, 2, within=waiting)
    tobias.follow("Go on with: series", within=waiting)
    tobias.see(f"Begin a series of the {BOARD}")
    day = datetime.now(ZoneInfo(CHICAGO)).date() + timedelta(days=9)
    tobias.choose("Repeats", "Every second week")
    tobias.write("First date", written(day))
    tobias.write("From", "07:15")
    tobias.write("To", "08:15")
    tobias.press("See the dates…")
    expect(tobias.page.get_by_role("heading", name="The first dates")).to_be_focused()
    tobias.look_again()
    tobias.press(f"Begin the series, send {len(MEMBERS)} mails")
    tobias.hear(f"The series begins. {len(MEMBERS)} mails on the way.")
    done_until(tobias, 3)
    return day


def paste_cases(tobias: Window) -> None:
    """From the guide to the queue; what is wrong is mended where it stands, and nobody hears of it."""
    tobias.follow("paste a list")
    tobias.see(f"Cases from a list, {BOARD}")
    for case in PASTED:
        tobias.remember_typed(case)
    tobias.page.get_by_role("textbox", name="Rows of a spreadsheet, one case a row").fill(rows_to_paste())
    tobias.press("Read the rows")
    expect(tobias.main).to_contain_text("1 row needs you, 2 are right")
    expect(tobias.main).to_contain_text("Row 4, G4: Nobody here is called “Dr. B.”.")
    tobias.look_again()
    tobias.write("Mend row 4", PERSON["Bellwether"].email)
    tobias.press("Check them again")
    tobias.press("Load 3 cases")
    tobias.hear("3 cases loaded into the queue. Nobody gets a mail.")
    tobias.see("Queue")
    expect(tobias.page.get_by_role("list", name="Cases, submitted").get_by_role("listitem")).to_have_count(len(PASTED))


def type_a_case(tobias: Window) -> None:
    guide = tobias.region(HOUR).get_by_role("list", name="The first hour of a board")
    tobias.follow(re.compile("Cases"), within=guide)
    tobias.see("Submit a case")
    type_case(tobias, CASE)
    tobias.press("Submit case")
    tobias.hear(f"Submitted to the {BOARD}.")
    acts.accept(tobias, CASE.name, BOARD)


def publish_the_agenda(tobias: Window) -> None:
    tobias.open("/")
    done_until(tobias, 4, within=tobias.region(HOUR))
    tobias.follow("Go on with: first agenda", within=tobias.region(HOUR))
    tobias.see(re.compile("^Agenda, "))
    acts.add_to_the_agenda(tobias, CASE.name)
    tobias.hear("Added at the end of the agenda.")
    acts.publish(tobias, version=1, mails=len(MEMBERS))


def done_until(tobias: Window, steps: int, *, within: Locator | None = None) -> None:
    """The guide on the page says of so many of the five steps that they are done."""
    guide = (within or tobias.page).get_by_role("list", name="The first hour of a board")
    expect(guide.get_by_role("listitem")).to_have_count(5)
    expect(guide.get_by_role("link", name=re.compile(", done$"))).to_have_count(steps)
