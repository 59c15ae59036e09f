"""Nothing that somebody typed is lost: to another tab, to another person at the same desk, to a key or a slip; and what
becomes of it is said once.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.journeys.conftest import Visit
from tests.journeys.demo import PERSON, Demo
from tests.journeys.window import DESK, PHONE, TODAY, Watch, Window

pytestmark = pytest.mark.journey

QUESTION = "Typed at a desk that two people share?"


@pytest.fixture
def desk(demo: Demo, chromium: Browser, watch: Watch) -> Iterator[Window]:
    """A browser in which Sorrel is signed in, and whose savings may be refused."""
    context = chromium.new_context(base_url=demo.base_url, viewport=DESK, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    window = Window(context.new_page(), Watch(watch.looked_at))
    window.open("/")
    window.sign_in(PERSON["Sorrel"])
    yield window
    context.close()


def dialog(window: Window, title: str) -> Locator:
    return window.page.get_by_role("dialog", name=title)


def box(window: Window, name: str) -> Locator:
    return window.page.get_by_role("textbox", name=name, exact=True)


def save(window: Window, name: str, text: str) -> None:
    """Types the text and waits until the draft has it."""
    with window.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        window.write(name, text)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_who_signs_out_in_one_tab_covers_every_other_until_they_are_back(desk: Window) -> None:
    desk.open("/cases/new")
    save(desk, "Family name", "Quillfeather")
    desk.write("Question for the board", QUESTION)
    reading = desk.another_tab(a_case_of(desk))
    expect(reading.main).to_contain_text("Quillfeather, Anneliese")
    other = desk.another_tab("/")
    other.press("Sign out")
    other.see("Sign in")
    for tab in (desk, reading):
        signed_out = dialog(tab, "You were signed out")
        expect(signed_out).to_be_visible()
        nothing_can_be_read(tab)
        tab.page.keyboard.press("Escape")
        tab.page.keyboard.press("Escape")
        expect(signed_out).to_be_visible()
        tab.press("Go on", within=signed_out)
        expect(signed_out).to_contain_text("Not signed in yet.")

    other.sign_in(PERSON["Sorrel"])
    expect(other.main).to_contain_text(TODAY)
    for tab in (desk, reading):
        tab.press("Go on", within=dialog(tab, "You were signed out"))
    expect(box(desk, "Question for the board")).to_have_value(QUESTION)
    expect(reading.page.get_by_role("heading", name="Quillfeather, Anneliese")).to_be_visible()
    assert reading.page.title().startswith("Case ")


def a_case_of(window: Window) -> str:
    tab = window.another_tab("/cases")
    tab.follow("Quillfeather, Anneliese")
    tab.page.wait_for_url("**/cases/*-*")
    address = tab.page.url
    tab.page.close()
    return address


def nothing_can_be_read(tab: Window) -> None:
    expect(tab.page.locator("main")).to_be_hidden()
    expect(tab.page.get_by_role("navigation")).to_have_count(0)
    assert tab.page.title() == "Signed out · Tumorboard"


def test_a_session_that_somebody_else_began_gets_nothing_of_what_was_typed(desk: Window) -> None:
    desk.open("/cases/new")
    other = desk.another_tab("/")
    desk.page.route("**/session", lambda route: route.abort())  # this tab did not hear of it
    other.press("Sign out")
    other.see("Sign in")
    desk.write("Question for the board", QUESTION)
    signed_out = dialog(desk, "You were signed out")
    expect(signed_out).to_be_visible()
    desk.page.unroute("**/session")

    kestrel = PERSON["Kestrel"]
    other.sign_in(kestrel)
    expect(other.main).to_contain_text(TODAY)
    desk.press("Go on", within=signed_out)
    expect(signed_out).to_contain_text(f"{kestrel.family_name}, {kestrel.given_name} has signed in")
    nothing_can_be_read(desk)
    other.open("/")
    expect(other.main).not_to_contain_text(QUESTION)

    other.press("Sign out")
    other.sign_in(PERSON["Sorrel"])
    expect(other.main).to_contain_text(TODAY)
    desk.press("Go on", within=signed_out)
    expect(signed_out).to_be_hidden()
    expect(desk.main).to_contain_text("Draft saved")
    desk.page.reload()
    expect(box(desk, "Question for the board")).to_have_value(QUESTION)


def test_a_lock_that_somebody_else_opens_is_not_this_persons(desk: Window) -> None:
    """The tabs of one browser tell each other when they are locked and unlocked: each person's their own."""
    desk.page.wait_for_load_state()
    desk.page.evaluate("new BroadcastChannel('session').postMessage({ words: 'locked', person: 'another' })")
    other = desk.another_tab("/")
    desk.hold_the_clock()
    desk.page.clock.fast_forward("20:00")
    locked = dialog(desk, "Locked for privacy")
    expect(locked).to_be_visible()
    expect(dialog(other, "Locked for privacy")).to_be_visible()
    other.page.evaluate("new BroadcastChannel('session').postMessage({ words: 'unlocked', person: 'another' })")
    expect(locked).to_be_visible()
    desk.press("Unlock", within=locked)
    expect(locked).to_be_hidden()
    expect(dialog(other, "Locked for privacy")).to_be_hidden()


def test_of_two_tabs_the_one_that_was_overtaken_keeps_its_text_and_can_take_it_along(desk: Window) -> None:
    slow = overtaken(desk)
    slow.press("Submit case")
    expect(box(slow, "Question for the board")).to_have_value("As the second tab has it?")
    slow.press("Copy my text")
    slow.press("Copy", within=dialog(slow, "What stands in this form"), exact=True)
    assert "Question for the board: As the second tab has it?" in clipboard(slow.page)
    slow.press("Close", within=dialog(slow, "What stands in this form"))

    warnings = []
    slow.page.on("dialog", lambda asked: (warnings.append(asked.type), asked.accept()))
    slow.page.close(run_before_unload=True)
    slow.page.wait_for_event("close")
    assert warnings == ["beforeunload"]
    desk.page.reload()
    expect(box(desk, "Question for the board")).to_have_value("As the first tab has it?")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_what_two_tabs_have_changed_is_chosen_by_keyboard_and_the_rest_comes_together(
    desk: Window, viewport: ViewportSize
) -> None:
    slow = overtaken(desk)
    slow.page.set_viewport_size(viewport)
    slow.press("See both")
    both = slow.region("Changed in two places")
    expect(both).to_be_focused()
    slow.look_again()
    expect(both.get_by_role("radio", checked=True)).to_have_count(0)
    slow.press("Save what I chose and go on")
    expect(both).to_be_focused()
    slow.page.keyboard.press("Tab")
    slow.page.keyboard.press("Space")
    expect(both.get_by_role("radio", name="As it is saved")).to_be_checked()
    expect(both.get_by_role("radio", name="As it is saved")).to_have_accessible_description("As the first tab has it?")
    slow.page.keyboard.press("ArrowRight")
    expect(both.get_by_role("radio", name="As you have it here")).to_be_checked()
    both.get_by_role("button", name="Save what I chose and go on").press("Enter")
    expect(both).to_have_count(0)
    expect(slow.main).to_contain_text("Taken in as saved elsewhere: Family name.")
    expect(box(slow, "Family name")).to_have_value("Quillfeather")
    slow.page.reload()
    expect(box(slow, "Question for the board")).to_have_value("As the second tab has it?")
    expect(box(slow, "Family name")).to_have_value("Quillfeather")


def overtaken(desk: Window) -> Window:
    """A tab with a question of its own in a draft that another tab has saved since with another, and with a name."""
    desk.open("/cases/new")
    save(desk, "Question for the board", "As it was?")
    desk.page.wait_for_url(re.compile("/draft$"))
    slow = desk.another_tab(desk.page.url)
    save(desk, "Family name", "Quillfeather")
    save(desk, "Question for the board", "As the first tab has it?")
    slow.write("Question for the board", "As the second tab has it?")
    expect(slow.main).to_contain_text("This draft was changed in another tab")
    return slow


def test_two_tabs_that_change_different_boxes_go_on_with_both(desk: Window) -> None:
    desk.open("/cases/new")
    save(desk, "Question for the board", "As it was?")
    desk.page.wait_for_url(re.compile("/draft$"))
    slow = desk.another_tab(desk.page.url)
    save(desk, "Family name", "Quillfeather")
    save(slow, "Given name", "Anneliese")
    expect(box(slow, "Family name")).to_have_value("Quillfeather")
    expect(box(slow, "Given name")).to_be_focused()
    expect(slow.main).to_contain_text("Taken in as saved elsewhere: Family name.")
    save(desk, "MRN", "0099 1234")
    expect(box(desk, "Given name")).to_have_value("Anneliese")


def test_a_form_that_was_overtaken_shows_the_newest_text_before_it_is_sent(desk: Window) -> None:
    desk.open("/cases/new")
    save(desk, "Question for the board", "Typed here?")
    desk.page.wait_for_url(re.compile("/draft$"))
    slow = desk.another_tab(desk.page.url)
    save(desk, "Question for the board", "Typed later?")
    slow.press("Submit case")
    expect(slow.main).to_contain_text("Taken in as saved elsewhere: Question for the board.")
    expect(box(slow, "Question for the board")).to_have_value("Typed later?")
    slow.press("Submit case")
    expect(slow.page.get_by_role("heading", name="There is a problem")).to_be_visible()


def test_going_back_to_a_form_shows_the_draft_as_it_is_now(desk: Window) -> None:
    desk.open("/cases/new")
    save(desk, "Question for the board", "As it was left?")
    desk.page.wait_for_url(re.compile("/draft$"))
    address = desk.page.url
    desk.open("/")
    save(desk.another_tab(address), "Question for the board", "As another tab has it since?")
    desk.page.go_back()
    expect(box(desk, "Question for the board")).to_have_value("As another tab has it since?")


def test_an_examination_that_was_removed_is_put_back(desk: Window) -> None:
    desk.open("/cases/new")
    imaging = desk.region("Imaging")
    rows = imaging.get_by_role("group", name="One imaging study")
    desk.press("Add an imaging study")
    desk.write("What it shows", "CT of the chest", within=rows.nth(0))
    desk.press("Add an imaging study")
    desk.write("What it shows", "PET", within=rows.nth(1))
    desk.press("Remove this imaging study", within=rows.nth(0))
    expect(rows).to_have_count(1)
    desk.press("Put the removed imaging study back")
    expect(rows.nth(0).get_by_role("textbox", name="What it shows")).to_have_value("CT of the chest")
    expect(rows.nth(1).get_by_role("textbox", name="What it shows")).to_have_value("PET")
    expect(desk.main).to_contain_text("Draft saved")
    desk.page.reload()
    expect(rows.nth(0).get_by_role("textbox", name="What it shows")).to_have_value("CT of the chest")


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_box_keeps_the_draft_and_stays(
    demo: Demo, chromium: Browser, watch: Watch, *, scripts: bool
) -> None:
    context = chromium.new_context(base_url=demo.base_url, viewport=DESK, java_script_enabled=scripts)
    window = Window(context.new_page(), Watch(watch.looked_at))
    window.open("/")
    window.press("Sign in as Sorrel, ")
    window.open("/cases/new")
    window.write("MRN", "0099 1234")
    box(window, "MRN").press("Enter")
    if scripts:
        expect(window.main).to_contain_text("Draft saved")
    window.page.wait_for_url(re.compile("/draft$"))
    expect(box(window, "MRN")).to_have_value("0099 1234")
    expect(window.page.get_by_role("heading", name="There is a problem")).to_be_hidden()
    context.close()


def test_an_empty_reason_stays_in_the_dialog(visit: Visit) -> None:
    ada = visit("Sorrel")
    ada.open("/cases")
    ada.follow("Quillfeather, Anneliese")
    ada.page.wait_for_url("**/cases/*-*")  # and its scripts
    ada.follow("Withdraw…")
    asking = ada.page.get_by_role("dialog", name=re.compile(r"^Withdraw case \d+\?$"))
    reason = asking.get_by_role("textbox", name="Reason, shown with the case")
    address = ada.page.url
    for text in ("", "   "):
        reason.fill(text)
        ada.press("Withdraw the case", within=asking)
        expect(reason).to_be_focused()
        assert reason.evaluate("box => box.validationMessage") == "Say why, in a few words."
    expect(asking).to_be_visible()
    assert ada.page.url == address
    ada.press("Keep the case", within=asking)


def test_what_was_done_and_what_was_refused_is_spoken_once(visit: Visit) -> None:
    ruth = visit("Hazelden")
    ruth.see(TODAY)
    ruth.hold_the_clock()
    spoken = ruth.page.get_by_role("status")
    ruth.open("/boards/breast/members")
    ruth.follow("Change… Hazelden, Ruth")
    ruth.tick("Board role from now on", "Core member")
    ruth.press("Change the role")
    expect(ruth.page.get_by_role("alert")).to_contain_text("A board needs a coordinator.")
    ruth.page.clock.run_for(2000)
    expect(spoken).to_be_empty()
    ruth.press("Sign out")
    ruth.page.wait_for_url("**/sign-in")
    expect(ruth.page.get_by_role("alert")).to_have_count(0)
    ruth.page.clock.run_for(2000)
    expect(spoken).to_have_text("You are signed out.")


def test_a_connection_that_is_cut_while_somebody_types_loses_nothing(desk: Window) -> None:
    desk.open("/cases/new")
    save(desk, "Question for the board", "As it was?")
    desk.page.wait_for_url(re.compile("/draft$"))
    desk.page.context.set_offline(True)
    desk.write("Question for the board", QUESTION)
    expect(desk.main).to_contain_text(
        "No connection: not saved. Keep this tab open; it saves itself once you are back."
    )
    desk.press("Submit case")
    desk.press("Copy my text")
    expect(dialog(desk, "What stands in this form").get_by_role("textbox")).to_have_value(
        re.compile(re.escape(QUESTION))
    )
    desk.press("Close", within=dialog(desk, "What stands in this form"))
    with desk.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        desk.page.context.set_offline(False)
    expect(desk.main).to_contain_text("Draft saved")
    desk.page.reload()
    expect(box(desk, "Question for the board")).to_have_value(QUESTION)


def test_a_form_that_has_no_connection_is_not_sent_and_stays_as_it_was_typed(desk: Window) -> None:
    desk.open(a_case_of(desk))
    desk.follow("Change… Treatment and history")
    before = box(desk, "Prior treatment").input_value()
    desk.write("Prior treatment", "Typed in a lift.")
    desk.page.context.set_offline(True)
    saving = desk.page.get_by_role("button", name="Save", exact=True)
    desk.press("Save", exact=True)
    expect(saving).to_have_js_property(
        "validationMessage", "No connection: not sent. Keep this page open and try again."
    )
    expect(box(desk, "Prior treatment")).to_have_value("Typed in a lift.")
    desk.page.context.set_offline(False)
    desk.write("Prior treatment", before)
    desk.press("Save", exact=True)
    desk.hear("Nothing was changed.")


def test_a_paste_that_is_too_long_stays_whole_and_the_box_says_by_how_much(desk: Window) -> None:
    desk.open("/cases/new")
    question = box(desk, "Question for the board")
    desk.paste("Question for the board", f"{'w' * 511}?")
    expect(question).to_have_value(f"{'w' * 511}?")
    sentence = "12 characters too many. Shorten this to 500; nothing was cut off."
    expect(question).to_have_accessible_description(re.compile(re.escape(sentence)))
    expect(question).to_have_attribute("aria-invalid", "true")
    expect(desk.main).to_contain_text("Draft saved")
    desk.look_again()
    desk.page.reload()
    expect(desk.main.get_by_text(sentence)).to_be_visible()
    desk.press("Submit case")
    expect(desk.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(question).to_have_value(f"{'w' * 511}?")
    expect(desk.main.locator("p").get_by_text(sentence)).to_have_count(1)
    question.fill(f"{'w' * 499}?")
    expect(desk.main.locator("p").get_by_text(sentence)).to_have_count(0)
    expect(question).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    ("who", "change", "name"),
    [
        ("Sorrel", "Change… Treatment and history", "Prior treatment"),
        ("Oduya", re.compile("^(Change…|Add preferences)$"), "In the patient’s words"),
    ],
)
def test_leaving_what_was_typed_into_a_case_warns_until_it_is_saved(
    visit: Visit, who: str, change: str | re.Pattern[str], name: str
) -> None:
    window = visit(who)
    address = a_case_of(window)
    window.open(address)
    window.follow(change)
    expect(box(window, name)).to_be_visible()
    warnings: list[str] = []
    window.page.on("dialog", lambda asked: (warnings.append(asked.type), asked.dismiss()))
    window.follow("Meetings")
    window.see("Meetings")
    assert warnings == []
    window.open(address)
    window.follow(change)
    before = box(window, name).input_value()
    window.write(name, f"{before} As typed on the ward.")
    window.follow("Meetings")
    expect(box(window, name)).to_be_visible()
    assert warnings == ["beforeunload"]
    expect(box(window, name)).to_have_value(f"{before} As typed on the ward.")
    window.page.get_by_role("button", name=re.compile("^Save($|,)")).click()
    window.hear("Saved, with your name")
    assert warnings == ["beforeunload"]


def test_going_back_without_saving_is_taken_at_its_word(visit: Visit) -> None:
    ada = visit("Sorrel")
    address = a_case_of(ada)
    ada.open(address)
    ada.follow("Change… Treatment and history")
    ada.write("Prior treatment", "x" * 10_001)
    ada.press("Save", exact=True)
    expect(ada.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    ada.page.wait_for_load_state()
    ada.page.get_by_role("heading", name="There is a problem").click()  # a page that nobody touched does not warn
    warnings: list[str] = []
    ada.page.on("dialog", lambda asked: (warnings.append(asked.type), asked.dismiss()))
    ada.follow(re.compile(r"^Case \d+$"))
    expect(ada.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert warnings == ["beforeunload"]
    ada.follow("Back without saving")
    ada.page.wait_for_url(address)
    assert warnings == ["beforeunload"]
