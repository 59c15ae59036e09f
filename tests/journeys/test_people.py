"""People in a browser: a list invited, an absence with a deputy, somebody who leaves."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Post
from tumorboard.demo.hospital.boards import GASTROINTESTINAL

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
    assert (absent, "No longer invited") in told
    invitation = next(letter for letter in letters if (letter.to, letter.kind) == (deputy, "Invitation"))
    assert "you stand in for Tamarisk, Jonas, who is absent" in " ".join(invitation.text.split())
    gone = next(letter for letter in letters if letter.to == absent)
    assert "you are absent then, and Sorrel, Ada stands in for you" in " ".join(gone.text.split())

    window.press(re.compile("^Take back"))
    window.hear("The absence is over.")
    assert {letter.kind for letter in post.collect() if letter.to == absent} == {"Invitation", "Agenda"}


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
