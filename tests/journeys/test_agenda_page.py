"""The agenda's page under quick hands: a step that could not be saved, a key that is held, minutes that run over."""

import re

import pytest
from playwright.sync_api import Locator, Request, ViewportSize, expect

from tests.journeys import acts
from tests.journeys.conftest import Visit
from tests.journeys.window import Window

pytestmark = pytest.mark.journey

BOARD = "Gastrointestinal board"
COORDINATOR = "Fairweather"
SMALLEST = ViewportSize(width=320, height=640)


@pytest.fixture
def noor(visit: Visit) -> Window:
    return on_the_agenda(visit)


def on_the_agenda(visit: Visit) -> Window:
    window = visit(COORDINATOR)
    acts.open_next_meeting(window, BOARD)
    acts.open_agenda(window)
    return window


def slots(window: Window) -> Locator:
    return window.page.get_by_role("list", name="Agenda items in order").get_by_role("listitem")


def names(window: Window) -> list[str]:
    """Whose cases stand on the agenda, in order."""
    return [slot.get_by_role("link").first.inner_text() for slot in slots(window).all()]


def minutes(window: Window) -> str:
    """How long the first case takes."""
    return slots(window).first.get_by_role("status").inner_text()


def saved(window: Window) -> None:
    expect(window.main).to_contain_text(re.compile(r"Saved \d\d:\d\d"))


def hold(window: Window, key: str, times: int) -> None:
    """Holds a key down for so long that it repeats; the browser tells the first press from its repeats."""
    for _ in range(times):
        window.page.keyboard.down(key)
    window.page.keyboard.up(key)


def count_saves(window: Window) -> list[Request]:
    """Fills with every saving of the order and the minutes from now on."""
    saves: list[Request] = []
    window.page.on("request", lambda request: saves.append(request) if request.url.endswith("/arrange") else None)
    return saves


def test_whoever_leaves_right_after_a_step_that_could_not_be_saved_stays_and_is_told(
    noor: Window, visit: Visit
) -> None:
    other, [first, *_] = on_the_agenda(visit), names(noor)
    here = noor.page.url

    other.press(f"One minute more: {first}")
    saved(other)
    noor.press(f"One minute less: {first}")
    noor.follow("Meeting", within=noor.page.get_by_role("navigation", name="Where you are"))
    noor.hear("Somebody else changed this while you had it open.")
    assert noor.page.url == here

    noor.follow("Reload the agenda")
    expect(slots(noor).first).to_contain_text(minutes(other))
    before = minutes(other)
    with other.page.expect_response("**/arrange"):
        other.press(f"One minute less: {first}")
    assert minutes(other) != before
    noor.press(f"One minute more: {first}")
    noor.press(f"Take off: {first}")
    noor.hear("Somebody else changed this while you had it open.")
    assert noor.page.url == here
    noor.page.reload()
    assert names(noor)[0] == first


def test_whoever_leaves_right_after_a_step_gets_there_when_it_is_saved(noor: Window) -> None:
    first, second, *_ = names(noor)
    noor.press(f"Earlier: {second}")
    noor.follow("Meeting", within=noor.page.get_by_role("navigation", name="Where you are"))
    noor.see(re.compile(f"^{BOARD}, "))
    noor.page.go_back()
    noor.page.reload()
    assert names(noor)[:2] == [second, first]
    noor.press(f"Earlier: {first}")
    saved(noor)


def test_a_held_arrow_takes_a_case_along_and_is_saved_once(noor: Window) -> None:
    before = names(noor)
    assert len(before) > 2
    saves = count_saves(noor)
    slots(noor).first.get_by_role("button", name=f"Move {before[0]}").focus()

    noor.page.keyboard.down("Alt")
    hold(noor, "ArrowDown", len(before))
    noor.page.keyboard.up("Alt")
    saved(noor)

    assert names(noor) == [*before[1:], before[0]]
    assert len(saves) == 1
    grip = slots(noor).last.get_by_role("button", name=f"Move {before[0]}")
    expect(grip).to_be_focused()
    noor.page.reload()
    assert names(noor) == [*before[1:], before[0]]
    grip.focus()
    noor.page.keyboard.down("Alt")
    hold(noor, "ArrowUp", len(before))
    noor.page.keyboard.up("Alt")
    saved(noor)
    assert names(noor) == before


def test_minutes_beyond_the_meeting_are_said_at_once_and_saved_once(noor: Window) -> None:
    [first, *_] = names(noor)
    saves = count_saves(noor)
    grip = slots(noor).first.get_by_role("button", name=f"Move {first}")
    grip.focus()

    hold(noor, "+", 90)

    expect(noor.main).to_contain_text(re.compile(r"Ends \d\d:\d\d \w+, \d+ minutes over\."))
    saved(noor)
    assert len(saves) == 1
    noor.page.reload()
    expect(noor.main).to_contain_text(re.compile(r"\d+ minutes over\."))
    grip.focus()
    hold(noor, "-", 90)
    expect(noor.main).not_to_contain_text("minutes over")
    saved(noor)


def test_a_new_version_is_offered_only_while_the_agenda_differs_from_the_published_one(noor: Window) -> None:
    [first, *_] = names(noor)
    publish = noor.page.get_by_role("link", name="Publish version 2…")
    expect(publish).to_be_hidden()
    noor.hear("Nothing has changed since.")

    noor.press(f"One minute more: {first}")
    expect(publish).to_be_visible()
    expect(noor.main).to_contain_text("The minutes of some cases have changed")

    noor.press(f"One minute less: {first}")
    expect(publish).to_be_hidden()
    noor.hear("Nothing has changed since.")


def test_a_held_letter_acts_once_in_the_queue(visit: Visit) -> None:
    noor = visit(COORDINATOR)
    noor.open("/queue?board=gastrointestinal")
    noor.see("Queue")
    rows = noor.page.get_by_role("list", name="Cases, submitted").get_by_role("listitem")
    before = rows.count()
    assert before > 1

    noor.page.keyboard.press("j")
    noor.page.keyboard.down("a")
    noor.hear("Accepted. The case waits for a place on an agenda.")
    noor.page.keyboard.down("a")
    noor.page.keyboard.up("a")

    expect(rows).to_have_count(before - 1)
    noor.page.reload()
    expect(rows).to_have_count(before - 1)


def test_every_place_is_within_reach_on_the_smallest_phone(visit: Visit) -> None:
    noor = visit(COORDINATOR, size=SMALLEST)
    bar = noor.page.get_by_role("navigation", name="Main")
    for place, heading in (("Queue", "Queue"), ("Meetings", "Meetings"), ("Boards", "Boards"), ("Today", "day ")):
        noor.follow(place, within=bar)
        noor.see(re.compile(heading))
    acts.open_next_meeting(noor, BOARD)
    acts.open_agenda(noor)
