"""What a coordinator does to an agenda and a meeting, step by step in the browser."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.window import TODAY, Window
from tumorboard.demo.hospital.boards import BoardRecord


def open_next_meeting(window: Window, board: str) -> None:
    """From anywhere, by way of Today, past those that another journey cancelled; ``board`` as "Breast board"."""
    window.open("/")
    window.see(TODAY)
    meetings = window.page.get_by_role("complementary", name="Meetings").get_by_role("listitem")
    meetings.filter(has_text=board).filter(has_not_text="Cancelled").get_by_role("link").first.click()
    window.see(re.compile(f"^{board}, "))


def plan_a_meeting(window: Window, board: BoardRecord, *, days: int) -> date:
    """A meeting that no other journey touches, so many days from today at the board's usual hour; the page is open.

    A day later where the board meets on that weekday anyway.
    """
    day = datetime.now(ZoneInfo(board.time_zone)).date() + timedelta(days=days)
    day += timedelta(days=day.weekday() == board.weekday)
    window.open(f"/boards/{board.slug}")
    window.follow("Plan a meeting")
    window.see(re.compile("^Plan a meeting"))
    window.write("Date", f"{day:%d-%b-%Y}")
    window.write("Start", f"{board.starts:%H:%M}")
    window.press("See the date…")
    window.press("Plan it")
    window.hear("Planned.")
    return day


def when_it_is(window: Window, board_zone: str) -> datetime:
    """The instant in the heading of the open meeting's page: "Breast board, 25-Nov-2026 13:00 EST"."""
    heading = window.page.get_by_role("heading", level=1).inner_text()
    day, clock = heading.split(", ")[1].split(" ")[:2]
    local = datetime.strptime(f"{day} {clock}", "%d-%b-%Y %H:%M").replace(tzinfo=ZoneInfo(board_zone))
    return local.astimezone(UTC)


def add_to_the_care_team(window: Window, family_name: str) -> None:
    """From the page of a case."""
    options = window.page.get_by_role("combobox", name="Add to the care team")
    label = options.get_by_role("option").filter(has_text=family_name).inner_text()
    options.select_option(label=label)
    window.press("Add", exact=True)
    expect(window.page.get_by_role("button", name=f"Take off the care team: {family_name}")).to_be_visible()


def add_to_the_agenda(window: Window, name: str) -> None:
    """From the agenda's page; with a reason where one is asked: the case is late by now, or incomplete by then."""
    window.press(f"Add: {name}")
    dialog = window.page.get_by_role("dialog", name=re.compile("^Add it .*\\?$"))
    expect(dialog.or_(window.page.get_by_text("Added at the end of the agenda.")).first).to_be_visible()
    if dialog.is_visible():
        dialog.get_by_role("textbox", name="Why it cannot wait").fill("The treatment begins on Monday.")
        window.press("Add it nevertheless", within=dialog)


def accept(window: Window, name: str, board: str) -> None:
    """From anywhere, by way of Today; the patient's name as on the page."""
    window.open("/")
    window.follow(f"Triage on the {board}")
    window.see("Queue")
    window.press(f"Accept: {name}")
    window.hear("Accepted. The case waits for a place on an agenda.")


def open_agenda(window: Window) -> None:
    """From the meeting's page."""
    window.follow("Open the agenda")
    window.see(re.compile("^Agenda, "))


def reopen_agenda(window: Window) -> None:
    """Leaves the agenda by a link, which waits until every step is saved, and comes back."""
    window.page.get_by_role("link", name="Meeting", exact=True).click()
    open_agenda(window)


def publish(window: Window, *, version: int, mails: int) -> int:
    """From the agenda; the page says beforehand how many mails go out. Answers how many beside these ask to prepare."""
    window.follow(f"Publish version {version}")
    window.see(re.compile("^Publish the agenda"))
    asking = window.main.get_by_role("listitem").filter(has_text="Cases to prepare.")
    asked = int(asking.locator("b").inner_text()) if asking.count() else 0
    window.press(f"Publish, send {mails + asked} mails")
    window.hear(f"Published. {mails + asked} mails on the way.")
    return asked


def move(window: Window, board: str, day: date, start: str, *, mails: int) -> None:
    """From the meeting's page and back to it."""
    window.follow("Move…")
    window.see(re.compile("^Move the meeting"))
    window.write("Date", f"{day:%d-%b-%Y}")
    window.write("Start", start)
    window.press("See what it does…")
    window.press(f"Move, send {mails} mails")
    window.see(re.compile(f"^{board}, {day:%d-%b-%Y} {start}"))
    window.hear(f"Moved. {mails} mails to be sent at")


def change_room(window: Window, board: str, room: str, *, mails: int) -> None:
    """From the meeting's page and back to it."""
    window.follow("Edit when and where")
    window.see(re.compile("^Move the meeting"))
    window.write("Room", room)
    window.press("See what it does…")
    window.press(f"Change, send {mails} mails")
    window.see(re.compile(f"^{board}, "))
    window.hear(f"Changed. {mails} mails to be sent at")


def cancel(window: Window, reason: str, *, mails: int) -> None:
    """From the meeting's page and back to it."""
    window.follow("Cancel…")
    window.see(re.compile("^Cancel the meeting"))
    window.tick("Reason, told to everyone", reason)
    window.press(f"Cancel, send {mails} mails")
    window.hear(f"Cancelled. {mails} mails on the way.")


def open_members(window: Window, board: BoardRecord) -> None:
    window.open(f"/boards/{board.slug}/members")
    window.see(f"Members, {board.name} board")


def replace_member(window: Window, leaves: str, comes: str) -> None:
    """From the list of members, by family names, and back to it."""
    window.follow(re.compile(rf"^Change…\s*{leaves}"))
    window.see(re.compile(f"^{leaves}"))
    options = window.page.get_by_role("combobox", name="Replaced by")
    options.select_option(label=options.get_by_role("option").filter(has_text=comes).inner_text())
    window.press("Who hears of it…")
    question = window.page.get_by_role("dialog", name=re.compile(f"^Replace {leaves}"))
    expect(question).to_contain_text("Who hears of it")
    question.get_by_role("button", name=re.compile(r"^Replace, send \d+ mails$")).click()
    window.hear("comes in their place.")


def find_all_sent(window: Window, mails: int) -> None:
    """From the meeting's page: its delivery page shows each of so many mails as sent."""
    window.follow("All mails")
    window.see(re.compile("^Mails of the "))
    expect(window.region(f"{mails} mails")).to_contain_text(re.compile(rf"^\s*{mails} mails\s*Sent\s*{mails}\s*$"))
    seen = 0
    while True:
        rows = window.main.get_by_role("row").filter(has_text="Taken by the server")
        seen += rows.count()
        following = window.page.get_by_role("link", name="Next page")
        if not following.count():
            break
        following.click()
        expect(following).to_have_count(0)
    assert seen == mails
