"""People in a browser: a list invited, an absence with a deputy, somebody who leaves."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Post
from tests.journeys.window import DESK, PHONE
from tumorboard.demo.hospital.boards import GASTROINTESTINAL
from tumorboard.demo.hospital.breast_cases import BREAST_CASES
from tumorboard.vocabulary import CaseState

CASE = next(case for case in BREAST_CASES if case.state is CaseState.DEFERRED)
PATIENT = f"{CASE.patient.family_name}, {CASE.patient.given_name}"
LIST = """Thistledown, Orla <o.thistledown@eastmere.example>; nursing; Eastmere
Kestrel,Ivo,i.kestrel@larkmoor.example,radiology
Farthing, Jude, j.farthing@eastmere.example
"""


def test_a_list_is_invited_without_its_wrong_lines(demo: Demo, visit: Visit) -> None:
    post, window = Post(demo), visit("Dunmore", at="/people")
    window.see("People")
    window.follow("Paste a list…")
    window.see("Invite a list")
    window.write("Paste the list", LIST)
    window.press("Look at it")
    window.see("Invite 1 person?")
    window.hear("2 lines need a look.")
    assert post.collect() == []

    window.press("Invite 1, send 1 mail")
    window.hear("1 invitation on the way.")
    window.see("People")
    [letter] = post.collect()
    assert (letter.to, letter.subject) == (
        "o.thistledown@eastmere.example",
        "Join Tumorboard: Dunmore, Felix invites you",
    )
    guest = visit(at=letter.link)
    guest.see(re.compile("."))
    assert "Thistledown" in guest.words


def test_an_absence_with_a_deputy_takes_three_clicks_and_their_calendars_follow(demo: Demo, visit: Visit) -> None:
    post = Post(demo)
    window = visit("Tamarisk", at="/me")
    window.see("Your settings")
    count = Count(window)
    day = datetime.now(ZoneInfo(GASTROINTESTINAL.time_zone)).date()
    window.write("From", f"{day:%d-%b-%Y}")
    window.write("To, inclusive", f"{day + timedelta(days=13):%d-%b-%Y}")
    window.choose("Deputy", "Sorrel, Ada, Medical oncology, Larkmoor")
    window.press("Add…")
    window.see("Add an absence")
    window.hear("stands in: published meetings of this time go to them now")
    window.press(re.compile("^Add the absence, send "))
    window.hear("The absence is noted.")
    count.is_at_most(acts=3, fields=3, loads=2)

    letters = post.collect()
    told = {(letter.to, letter.kind) for letter in letters}
    deputy, absent = PERSON["Sorrel"].email, PERSON["Tamarisk"].email
    assert {to for to, _ in told} == {deputy, absent}
    assert (absent, "Changed") in told
    invitation = next(letter for letter in letters if (letter.to, letter.kind) == (deputy, "Invitation"))
    assert "you stand in for Tamarisk, Jonas, who is absent" in " ".join(invitation.text.split())
    gone = next(letter for letter in letters if letter.to == absent)
    assert "and Sorrel, Ada stands in for you" in " ".join(gone.text.split())

    window.press(re.compile("^Take back"))
    window.hear("The absence is over.")
    back = [letter for letter in post.collect() if letter.to == absent]
    assert {letter.method for letter in back} == {"REQUEST"}
    assert {letter.kind for letter in back} <= {"Back in your calendar", "Changed"}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_end_is_planned_and_taken_back_and_what_is_rare_is_looked_at(visit: Visit, size: ViewportSize) -> None:
    name = "Quillon" if size is DESK else "Winterbourne"
    window = visit("Dunmore", at=f"/people?text={name}", size=size)
    window.see("People")
    window.follow(re.compile(f"^{name}"))
    window.see(re.compile(f"^{name}"))
    window.follow("Deactivate…")
    window.see(re.compile(f"^Deactivate {name}"))
    day = f"{datetime.now(UTC) + timedelta(days=40):%d-%b-%Y}"
    window.write("Last day; at once when empty", day)
    window.press("Go on")
    window.page.get_by_role("dialog").get_by_role("button", name=f"Deactivate after {day}").click()
    window.hear(f"The account ends after {day}.")
    window.press("Keep the account")
    window.hear("Taken back:")
    window.follow("Lost…")
    window.see("Lost second factor")
    window.open("/people/offices")
    window.see("Offices")
    window.follow("Take away… the office of Thistlewood, Basil")
    window.see("Administrator: Thistlewood, Basil")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_place_on_a_care_team_ends_after_a_day_and_stays_after_all(visit: Visit, size: ViewportSize) -> None:
    window = visit("Sorrel", at="/cases", size=size)
    window.see("Cases")
    window.page.get_by_role("link", name=PATIENT).first.click()
    window.see(PATIENT)
    window.follow("Add several, lead, key worker, history")
    window.see(PATIENT)
    window.follow(re.compile("^Leaves on… Oduya"))
    expect(window.page.get_by_role("heading", name="Oduya, Grace leaves the care team")).to_be_visible()
    window.see(PATIENT)
    window.write("Last day; now when empty", f"{datetime.now(UTC) + timedelta(days=40):%d-%b-%Y}")
    window.press("Leaves", exact=True)
    window.hear("Oduya, Grace leaves the care team after")
    window.press("Stays Oduya, Grace")
    window.hear("Oduya, Grace stays on the care team.")


def test_who_is_deactivated_is_signed_out_with_the_next_click(demo: Demo, visit: Visit) -> None:
    leaver, window = visit("Thistlewood", at="/people"), visit("Dunmore", at="/people")
    leaver.see("People")
    window.see("People")
    window.open("/people?text=thistlew")
    count = Count(window)
    window.follow("Thistlewood, Basil")
    window.see("Thistlewood, Basil")
    window.follow("Deactivate…")
    window.see("Deactivate Thistlewood, Basil")
    window.press("Go on")
    window.press("Deactivate", exact=True)
    window.hear("Thistlewood, Basil is deactivated.")
    count.is_at_most(acts=4, fields=3, loads=3)

    leaver.follow("Boards")
    leaver.see("Sign in")
    window.press("Reactivate")
    window.hear("can sign in again, and is on no board.")
