"""Who sits on a board and who looks after a patient: calendars follow, each for those concerned and nobody else."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import acts
from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Letter, Post
from tests.journeys.window import PHONE, Window
from tumorboard.demo.hospital.boards import THORACIC
from tumorboard.demo.hospital.thoracic_cases import THORACIC_CASES
from tumorboard.vocabulary import CaseState

pytestmark = pytest.mark.journey

CASE = [case for case in THORACIC_CASES if case.state is CaseState.ACCEPTED][-1]
"""Not the first: a journey before this one may have put it on an agenda."""
PATIENT = f"{CASE.patient.family_name}, {CASE.patient.given_name}"
LEAVES, COMES, GUEST = "Marlowe", "Okafor-Lind", "Silverthorn"
EVERYBODY = {name for name, _ in THORACIC.members} | {CASE.submitter, *CASE.team}


def test_10_a_pathologist_is_replaced_a_day_before_the_meeting(demo: Demo, visit: Visit) -> None:
    post, wendell = Post(demo), visit("Inchbald")
    starts_at, meeting = publish_for_tomorrow(wendell)
    published = of_meeting(post.collect(), starts_at)
    acts.open_members(wendell, THORACIC)
    count = Count(wendell)
    acts.replace_member(wendell, LEAVES, COMES)
    count.is_at_most(acts=6, fields=2, loads=2)

    letters = post.collect()
    assert {letter.to for letter in letters} == {PERSON[LEAVES].email, PERSON[COMES].email}
    gone, invited = (only(of_meeting(letters, starts_at), name) for name in (LEAVES, COMES))
    follows(gone, only(published, LEAVES), "CANCEL", sequence=1)
    assert (invited.method, int(invited.event.sequence.value)) == ("REQUEST", 0)

    acts.open_members(wendell, THORACIC)
    acts.replace_member(wendell, COMES, LEAVES)
    back = of_meeting(post.collect(), starts_at)
    follows(only(back, LEAVES), gone, "REQUEST", sequence=2)
    follows(only(back, COMES), invited, "CANCEL", sequence=1)
    acts.open_members(wendell, THORACIC)
    wendell.choose("When", "Everyone ever")
    wendell.press("Show", exact=True)
    expect(wendell.page.get_by_role("row").filter(has_text=LEAVES)).to_have_count(2)
    the_care_team_follows(wendell, post, starts_at)
    wendell.open(meeting)
    acts.cancel(wendell, "Too few cases", mails=len(EVERYBODY))


def publish_for_tomorrow(wendell: Window) -> tuple[datetime, str]:
    zone = ZoneInfo(THORACIC.time_zone)
    day = datetime.now(zone).date() + timedelta(days=1)
    wendell.open(f"/boards/{THORACIC.slug}")
    wendell.follow("Plan a meeting")
    wendell.write("Date", f"{day:%d-%b-%Y}")
    wendell.write("Start", "17:20")
    wendell.press("See the date…")
    wendell.press("Plan it")
    wendell.hear("Planned.")
    meeting = wendell.page.url
    acts.open_agenda(wendell)
    acts.add_to_the_agenda(wendell, PATIENT)
    wendell.hear("Added at the end of the agenda.")
    acts.publish(wendell, version=1, mails=2 * len(EVERYBODY))
    return datetime(day.year, day.month, day.day, 17, 20, tzinfo=zone).astimezone(UTC), meeting


def of_meeting(letters: list[Letter], starts_at: datetime) -> list[Letter]:
    """What of it changes a calendar at that hour."""
    return [letter for letter in letters if letter.calendar and letter.starts_at == starts_at]


def only(letters: list[Letter], name: str) -> Letter:
    (letter,) = (each for each in letters if each.to == PERSON[name].email)
    return letter


def follows(letter: Letter, earlier: Letter, method: str, *, sequence: int) -> None:
    """The same entry of the same calendar, one step further."""
    assert letter.event.uid.value == earlier.event.uid.value
    assert (letter.method, int(letter.event.sequence.value)) == (method, sequence)


def the_care_team_follows(wendell: Window, post: Post, starts_at: datetime) -> None:
    """Two join at once by the keyboard alone, one of them a guest, who leaves and comes back."""
    wendell.open("/queue?board=thoracic&state=on_agenda")
    wendell.follow(PATIENT)
    wendell.see(PATIENT)
    wendell.follow("Add several, lead, key worker, history")
    wendell.see(PATIENT)
    wendell.page.get_by_role("checkbox", name=re.compile("^Ashgrove")).press("Space")
    add_guest(wendell, 2)
    joined = only(of_meeting(post.collect(), starts_at), GUEST)
    assert joined.method == "REQUEST"
    wendell.press(f"Take off {GUEST}")
    wendell.hear("Taken off the care team.")
    left = of_meeting(post.collect(), starts_at)
    assert [letter.to for letter in left] == [PERSON[GUEST].email]
    follows(left[0], joined, "CANCEL", sequence=1)
    add_guest(wendell, 1)
    follows(only(of_meeting(post.collect(), starts_at), GUEST), joined, "REQUEST", sequence=2)
    for name in (GUEST, "Ashgrove"):
        wendell.press(f"Take off {name}")
        expect(offered(wendell, name)).to_have_count(1)
    post.collect()


def offered(wendell: Window, name: str) -> Locator:
    options = wendell.page.get_by_role("combobox", name="Add to the care team").get_by_role("option")
    return options.filter(has_text=name)


def add_guest(wendell: Window, people: int) -> None:
    wendell.choose("Add to the care team", offered(wendell, GUEST).inner_text())
    wendell.page.get_by_role("button", name="Add", exact=True).press("Enter")
    wendell.hear("Added 2 people to the care team." if people > 1 else "Added to the care team.")


def test_13_a_nurse_adds_preferences_on_her_phone(visit: Visit) -> None:
    grace = visit("Oduya", size=PHONE)
    count = Count(grace)
    asked = grace.region("Ask what they want").get_by_role("link", name=re.compile("^Add")).first
    asked.click()
    grace.write("In the patient’s words", "“No more hospital nights, please. I want my garden in spring.”")
    grace.tick("Distress this week, 0 none to 10 extreme", "6")
    grace.press("Save, shown with the case")
    grace.hear("Saved, with your name.")
    count.is_at_most(acts=3, fields=3, loads=2)
    expect(grace.region("Needs and preferences")).to_contain_text("social work is asked to call")
    grace.follow("Change…", within=grace.region("Needs and preferences"))
    grace.see(re.compile(", "))
    grace.write("Interpreter needed for", "Polish")
    grace.press("Save, shown with the case")
    grace.hear("Polish")
    grace.follow("What was written before")
    grace.see(re.compile(", "))
    expect(grace.page.get_by_role("heading", name="Before, version 1")).to_be_visible()
