"""A mail that failed is seen where the coordinator looks first, and sent again by one press."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Post
from tests.journeys.window import Window
from tests.mailscript import accept
from tumorboard.demo.hospital.people import MOVED_AWAY

pytestmark = pytest.mark.journey

MOVED = PERSON[MOVED_AWAY]
WHO = f"{MOVED.family_name}, {MOVED.given_name}"
REPLACED = "A new one was sent in its place."


def test_a_failed_mail_is_sent_again(demo: Demo, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    post, noor = Post(demo), visit("Fairweather")
    count = Count(noor)
    noor.follow("Look at the mails of the Gastrointestinal board")
    noor.see(re.compile("^Mails of the Gastrointestinal board"))
    rows = noor.main.get_by_role("row").filter(has_text=MOVED.email)
    expect(rows.filter(has_text="Failed")).to_have_count(1)  # a member holds the series: no invitation to the date
    for row in rows.all():
        expect(row).to_contain_text("The server says: 550 5.1.6 This mailbox has moved to another hospital")
    monkeypatch.setattr(demo.script, "at_recipient", accept)
    send_again(noor, "Agenda")
    noor.hear(f"On the way to {WHO} again: 1 mail.")
    expect(rows.filter(has_text=REPLACED)).to_have_count(1)
    count.is_at_most(acts=4, fields=1, loads=2)  # ux/journeys.md, 11
    letters = post.collect()
    assert {(letter.to, letter.kind) for letter in letters} == {(MOVED.email, "Agenda")}
    noor.follow("Look again")
    expect(rows.filter(has_text="Taken by the server")).to_have_count(1)
    expect(noor.page.get_by_role("button", name="Send again")).to_have_count(0)


def send_again(noor: Window, kind: str) -> None:
    noor.press(f"Send again: {kind}, {WHO}")
    expect(noor.page.get_by_role("button", name=f"Send again: {kind}, {WHO}")).to_have_count(0)
