"""From the invitation to a session, and what happens to a session that is left alone or ends while somebody types."""

import pyotp
import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Post
from tests.journeys.window import TODAY, Window

pytestmark = pytest.mark.journey

EMAIL = "i.redgrave@eastmere.example"
PASSWORD = "lanterns under the sea"
A_WHILE = "16:00"
"""Minutes; the demo locks a page after fifteen."""


def invite(felix: Window) -> None:
    felix.open("/people/invite")
    felix.see("Invite a person")
    felix.write("E-mail", EMAIL)
    felix.write("Family name", "Redgrave-Moss")
    felix.write("Given name", "Ines")
    felix.choose("Discipline", "Pharmacy")
    felix.choose("Hospital", "Eastmere Hospital")
    felix.press("Invite, send 1 mail")
    felix.page.wait_for_url(lambda url: not url.endswith("/invite"))


def give_authenticator(window: Window) -> None:
    """A device that holds passkeys and knows its owner's finger."""
    line = window.page.context.new_cdp_session(window.page)
    line.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"isUserVerified": True}})


def box(window: Window, name: str) -> Locator:
    return window.page.get_by_label(name, exact=True)


def an_app(window: Window) -> pyotp.TOTP:
    return pyotp.TOTP(window.page.locator("code").inner_text().replace(" ", ""))


def test_invited_then_password_codes_and_a_passkey(demo: Demo, visit: Visit) -> None:
    post = Post(demo)
    invite(visit("Dunmore"))
    (letter,) = [letter for letter in post.collect() if letter.to == EMAIL]
    assert letter.subject.startswith("Join Tumorboard: Dunmore, Felix invites you")

    ines = visit(at=letter.link)
    ines.see("Welcome, Redgrave-Moss, Ines")
    count = Count(ines)
    box(ines, "New password").fill("lanterns under")
    ines.press("Set the password")
    expect(ines.main).to_contain_text("14 characters: add a word")
    ines.page.wait_for_load_state()
    count.start_again()
    box(ines, "New password").fill(PASSWORD)
    ines.press("Set the password")
    ines.see("Add a second factor")
    app = an_app(ines)
    box(ines, "Code from the app").fill(app.now())
    ines.press("Confirm")
    ines.see("Eight codes for a lost phone")
    ines.page.get_by_label("I have put them somewhere safe").check()
    ines.press("Go on")
    ines.see(TODAY)
    count.is_at_most(acts=4, fields=2, loads=3)

    give_authenticator(ines)
    ines.open("/me/sign-in")
    ines.see("Sign-in and sessions")
    expect(ines.main).to_contain_text("8 of 8 codes left")
    ines.page.wait_for_load_state()
    count.start_again()
    ines.follow("Add a passkey")
    ines.see("Add a passkey")
    box(ines, "Name it").fill("Workstation, pharmacy")
    ines.press("Create the passkey")
    ines.hear("“Workstation, pharmacy”")
    count.is_at_most(acts=2, fields=1, loads=2)

    ines.press("Sign out")
    ines.see("Sign in")
    ines.page.wait_for_load_state()
    count.start_again()
    ines.write("E-mail", EMAIL)
    box(ines, "Password").fill(PASSWORD)
    ines.press("Sign in", exact=True)
    ines.see("Confirm it is you")
    ines.press("Use a passkey")
    ines.see(TODAY)
    count.is_at_most(acts=2, fields=2, loads=2)
    told = {letter.text.split("\n\n")[1].split(".")[0] for letter in post.collect() if letter.to == EMAIL}
    assert "A passkey was added to your account" in told

    lock_and_unlock(ines)


def lock_and_unlock(ines: Window) -> None:
    """With text that no draft keeps, and with a passkey the second time."""
    ines.hold_the_clock()
    ines.open("/me/sign-in/address")
    box(ines, "New e-mail").fill("typed.before@eastmere.example")
    locked = ines.page.get_by_role("dialog", name="Locked for privacy")
    ines.page.clock.fast_forward(A_WHILE)
    expect(locked).to_be_visible()
    expect(box(ines, "New e-mail")).to_be_hidden()
    assert ines.page.title() == "Locked · Tumorboard"
    ines.page.keyboard.press("Escape")
    expect(locked).to_be_visible()
    elsewhere = ines.another_tab("/meetings")
    elsewhere.see("Locked for privacy")
    elsewhere.page.close()
    locked.get_by_label("Password of").fill(PASSWORD)
    ines.press("Unlock", within=locked)
    expect(locked).to_be_hidden()
    expect(box(ines, "New e-mail")).to_have_value("typed.before@eastmere.example")

    ines.page.clock.fast_forward(A_WHILE)
    expect(locked).to_be_visible()
    ines.press("Use a passkey", within=locked)
    expect(locked).to_be_hidden()
    ines.page.clock.fast_forward(A_WHILE)
    ines.press("I am someone else", within=locked)
    ines.see("Sign in")
    ines.page.go_back()
    expect(ines.page.get_by_role("heading", level=1, name="Sign in", exact=True)).to_be_visible()


def test_a_session_that_ends_during_a_submission_loses_nothing(visit: Visit) -> None:
    """In a form that no draft keeps: it is covered at once, and goes as it was typed after signing in again."""
    ada = visit("Sorrel")
    ada.open("/me/sign-in/address")
    box(ada, "New e-mail").fill("a.sorrel.two@larkmoor.example")
    other = ada.another_tab("/")
    other.press("Sign out")
    other.see("Sign in")
    signed_out = ada.page.get_by_role("dialog", name="You were signed out")
    expect(signed_out).to_be_visible()
    other.sign_in(PERSON["Sorrel"])
    other.see(TODAY)
    ada.press("Go on", within=signed_out)
    ada.press("Send the link")
    ada.hear("A link is on its way to the new address.")
