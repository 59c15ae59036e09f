"""Whom a case invites: a guest who is unticked hears nothing, and one who is taken off later hears of that alone."""

from collections import Counter
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.case import TypedCase, type_case
from tests.journeys.conftest import Visit
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Letter, Post
from tests.journeys.window import Window
from tumorboard.demo.hospital.boards import GASTROINTESTINAL
from tumorboard.demo.hospital.people import MOVED_AWAY

pytestmark = pytest.mark.journey

BOARD = "Gastrointestinal board"
CASE = TypedCase(
    family_name="Rushbottom",
    given_name="Alaric",
    birth_date=date(1952, 8, 21),
    sex="Male",
    mrn="E 551 902",
    board=BOARD,
    tumor_type="Stomach",
    question="Is a total gastrectomy worth its cost to him?",
)
NEVER_ASKED, UNTICKED_LATER, LEAVES_LATER = "Kestrel", "Marlowe", "Birdsong"
GUESTS = (NEVER_ASKED, UNTICKED_LATER, LEAVES_LATER)
MEMBERS = {name for name, _ in GASTROINTESTINAL.members}
ASKED_TO_PREPARE = {"Okafor-Lind", "Duskwell", "Silverthorn", "Amberley", LEAVES_LATER}
"""The pathologist, the radiologist, nurse and social worker of the board, and the social worker of the care team."""
EVERYBODY = MEMBERS | {UNTICKED_LATER, LEAVES_LATER}


def test_only_those_ticked_are_invited_and_whoever_is_taken_off_is_told(demo: Demo, visit: Visit) -> None:
    post = Post(demo)
    edda, noor = visit("Stonecroft"), visit("Fairweather")
    submit_with_guests(edda)
    invite(edda, NEVER_ASKED, yes=False)
    edda.hear("Saved whom to invite. No mail goes out.")
    publish(demo, noor)
    published = post.collect()
    reached = EVERYBODY - {MOVED_AWAY}
    assert Counter((letter.to, letter.kind) for letter in published) == {
        (PERSON[name].email, kind): 1 for name in reached for kind in ("Agenda", "Invitation")
    } | {(PERSON[name].email, "To prepare"): 1 for name in ASKED_TO_PREPARE}

    invite(edda, UNTICKED_LATER, yes=False)
    edda.hear("Saved whom to invite. 1 mail on the way.")
    takes_it_away_from(UNTICKED_LATER, post.collect(), published)
    edda.press(f"Take off the care team: {PERSON[LEAVES_LATER].family_name}")
    edda.hear("Taken off the care team.")
    takes_it_away_from(LEAVES_LATER, post.collect(), published)
    invite(edda, NEVER_ASKED, yes=True)
    edda.hear("Saved whom to invite. 2 mails on the way.")
    assert Counter((letter.to, letter.method) for letter in post.collect()) == {
        (PERSON[NEVER_ASKED].email, method): 1 for method in ("", "REQUEST")
    }


def submit_with_guests(edda: Window) -> None:
    edda.follow("Submit a case")
    edda.see("Submit a case")
    type_case(edda, CASE)
    edda.press("Submit case")
    edda.hear(f"Submitted to the {BOARD}.")
    for name in GUESTS:
        acts.add_to_the_care_team(edda, name)


def invite(edda: Window, family_name: str, *, yes: bool) -> None:
    person = PERSON[family_name]
    guests = edda.page.get_by_role("group", name="Invite to this case's meeting")
    box = guests.get_by_role("checkbox", name=f"{person.family_name}, {person.given_name}")
    expect(box).to_be_checked(checked=not yes)
    box.set_checked(yes)
    edda.press("Save whom to invite")


def publish(demo: Demo, noor: Window) -> None:
    """Members are invited as the date is planned beside their series; guests, and whom that did not reach, now."""
    acts.accept(noor, CASE.name, BOARD)
    acts.plan_a_meeting(noor, GASTROINTESTINAL, days=77)
    demo.wait_until_told()
    acts.open_agenda(noor)
    acts.add_to_the_agenda(noor, CASE.name)
    noor.hear("Added at the end of the agenda.")
    acts.publish(noor, version=1, mails=len(EVERYBODY) + len(EVERYBODY - MEMBERS | {MOVED_AWAY}))


def takes_it_away_from(family_name: str, letters: list[Letter], published: list[Letter]) -> None:
    (letter,) = letters
    assert (letter.to, letter.method) == (PERSON[family_name].email, "CANCEL")
    (invitation,) = (each for each in published if each.to == letter.to and each.method == "REQUEST")
    assert letter.event.uid.value == invitation.event.uid.value
    assert int(letter.event.sequence.value) > int(invitation.event.sequence.value)
