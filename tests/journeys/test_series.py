"""A series changed date by date and from a date on, an hour found by a poll: what each costs, and what calendars hold.

Calendars are read by icalendar and recurring-ical-events, and compared with dates reckoned here by zoneinfo alone.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.calendars.holder import Holder
from tests.conftest import Tell
from tests.journeys import acts
from tests.journeys.case import written
from tests.journeys.conftest import Visit
from tests.journeys.counts import Count
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Letter, Post
from tests.journeys.window import PHONE, Window
from tumorboard.demo.hospital.boards import ONCOLOGY

pytestmark = pytest.mark.journey

BOARD = "Oncology board"
MEMBERS = {name for name, _ in ONCOLOGY.members}
LEAVES, COMES = "Okafor-Lind", "Marlowe"
CLOCK = ZoneInfo(ONCOLOGY.time_zone)
MOVED, CHANGED, SEEN = 20, 24, 38
"""Which date from the next is moved, then cancelled and restored; the first of the new hour; how many are compared."""
NEW_HOUR = time(9)
HOURS = [(11, "07:00"), (12, "07:00"), (12, "17:30"), (13, "07:00"), (13, "17:30")]
"""In how many days, and when; nobody has anything then."""


def test_15_one_date_then_the_series_by_two_at_once_then_one_cancelled_and_restored(
    demo: Demo, visit: Visit, tell: Tell
) -> None:
    post, tobias = Post(demo), visit("Lockridge")
    calendars = {name: Holder() for name in (*MEMBERS, COMES)}
    open_dates(tobias)
    count = Count(tobias)
    days = [next_date(tobias) + timedelta(days=7 * number) for number in range(SEEN)]
    truth = [at(day, ONCOLOGY.starts) for day in days]
    count.start_again()
    truth[MOVED] = move_one(tobias, days[MOVED])
    tell(f"15, one date of a series is moved: {count}; at most 4 clicks")
    count.is_at_most(acts=4, fields=2, loads=4)
    moved = deliver(post.collect(), calendars)
    assert {letter.kind for letter in moved} == {"Moved"}, "with the whole series in each"
    assert held(calendars, truth) == dict.fromkeys(MEMBERS, truth) | {COMES: []}
    answer_one_date(visit, next(letter for letter in moved if letter.to == PERSON["Bellwether"].email))

    go_back_and_move_again(tobias)
    saoirse = begin_another_change(visit, days[CHANGED])

    open_dates(tobias)
    count.start_again()
    change_from(tobias, days[CHANGED])
    tell(f"15, a series is changed from one date on: {count}; at most 3 clicks")
    count.is_at_most(acts=3, fields=2, loads=3)
    truth[CHANGED:] = [at(day, NEW_HOUR) for day in days[CHANGED:]]
    changed = deliver(post.collect(), calendars)
    assert len(changed) == 2 * len(MEMBERS), (
        "one that ends the old dates, one that brings the new; and none moved twice"
    )
    find_it_changed(saoirse, days[CHANGED])
    assert held(calendars, truth) == dict.fromkeys(MEMBERS, truth) | {COMES: []}

    open_dates(tobias)
    count.start_again()
    cancel_one(tobias, days[MOVED] + timedelta(days=1))
    tell(f"15, one date of a series is cancelled: {count}; at most 3 clicks")
    count.is_at_most(acts=3, fields=0, loads=2)
    assert {letter.kind for letter in deliver(post.collect(), calendars)} == {"Cancelled"}, (
        "what came second did nothing"
    )
    without = truth[:MOVED] + truth[MOVED + 1 :]
    assert held(calendars, truth) == dict.fromkeys(MEMBERS, without) | {COMES: []}

    open_dates(tobias)
    count.start_again()
    restore_one(tobias, days[MOVED] + timedelta(days=1))
    tell(f"15, one date of a series, moved before, is restored: {count}; at most 3 clicks")
    count.is_at_most(acts=2, fields=0, loads=2)
    assert {letter.kind for letter in deliver(post.collect(), calendars)} == {"Back in your calendar"}
    assert held(calendars, truth) == dict.fromkeys(MEMBERS, truth) | {COMES: []}

    acts.open_members(tobias, ONCOLOGY)
    count.start_again()
    acts.replace_member(tobias, LEAVES, COMES)
    tell(f"10, a member of a series is replaced: {count}; at most 6 clicks, 2 fields, 2 loads")
    count.is_at_most(acts=6, fields=2, loads=2)
    heard = deliver(post.collect(), calendars)
    assert {letter.to for letter in heard} == {PERSON[LEAVES].email, PERSON[COMES].email}
    stay = MEMBERS - {LEAVES} | {COMES}
    assert held(calendars, truth) == dict.fromkeys(stay, truth) | {LEAVES: []}


def deliver(letters: list[Letter], calendars: dict[str, Holder]) -> list[Letter]:
    """Those about the board, each taken by the calendar of whom it went to."""
    ours = [letter for letter in letters if BOARD in letter.subject]
    for name, calendar in calendars.items():
        for letter in ours:
            if letter.to == PERSON[name].email:
                calendar.receive(message_from_bytes(letter.raw, policy=default))
    return ours


def held(calendars: dict[str, Holder], truth: list[datetime]) -> dict[str, list[datetime]]:
    """What each calendar shows from the first of these dates to the last; whom nobody wrote to shows nothing."""
    since, until = min(truth), max(truth) + timedelta(seconds=1)
    return {name: calendar.starts(since, until) for name, calendar in calendars.items()}


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CLOCK).astimezone(UTC)


def open_dates(tobias: Window) -> None:
    tobias.open(f"/boards/{ONCOLOGY.slug}/series?all=1")
    tobias.see(f"Series, {BOARD}")


def next_date(tobias: Window) -> date:
    first = tobias.region("Dates in Central Time; the clock change is marked").get_by_role("row").nth(1)
    return datetime.strptime(first.inner_text().split()[1], "%d-%b-%Y").date()  # noqa: DTZ007 - a day, not an instant


def act_on(tobias: Window, act: str, day: date) -> None:
    tobias.follow(re.compile(f"^{act}… .*{written(day)}$"))


def move_one(tobias: Window, day: date) -> datetime:
    """A day and two hours later."""
    act_on(tobias, "Change", day)
    tobias.see(re.compile(f"^Change Monday {written(day)}"))
    tobias.follow("This one")
    tobias.see(re.compile("^Move the meeting"))
    tobias.write("Date", written(day + timedelta(days=1)))
    tobias.write("Start", "14:00")
    tobias.press("See what it does…")
    expect(tobias.page.get_by_role("heading", name="The date before and after")).to_be_focused()
    row = tobias.page.get_by_role("row").filter(has_text="Board, Central Time")
    expect(row).to_contain_text(re.compile(rf"{written(day)}.*{written(day + timedelta(days=1))}, 14:00", re.DOTALL))
    tobias.look_again()
    tobias.press(f"Move, send {len(MEMBERS)} mails")
    tobias.hear(f"Moved. {len(MEMBERS)} mails to be sent at")
    return at(day + timedelta(days=1), time(14))


def go_back_and_move_again(tobias: Window) -> None:
    """By the browser's own button: the form is there again, says what is so by now, and does nothing twice."""
    tobias.page.go_back()
    tobias.see(re.compile("^Move the meeting"))
    expect(tobias.page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(tobias.page.get_by_role("textbox", name="Start")).to_have_value("14:00")
    tobias.write("Start", "15:00")
    tobias.press("See what it does…")
    expect(tobias.page.get_by_role("button", name=re.compile("^Move, send"))).to_be_visible()


def begin_another_change(visit: Visit, day: date) -> Window:
    """Somebody else who leads the board has the same dates before them, before they are changed."""
    saoirse = visit("Brindle")
    open_dates(saoirse)
    act_on(saoirse, "Change", day)
    saoirse.see(re.compile(f"^Change Monday {written(day)}"))
    saoirse.write("From", "10:00")
    saoirse.write("To", "11:00")
    saoirse.press("See what it does…")
    return saoirse


def find_it_changed(saoirse: Window, day: date) -> None:
    """What the other has done stands; the second is told, and shown it."""
    saoirse.page.get_by_role("button", name=re.compile(r"^Change \d+ dates, send")).click()
    saoirse.see(f"Series, {BOARD}")
    expect(saoirse.main).to_contain_text("This is no coming date of that series any more. These are the dates now.")
    saoirse.open(f"/boards/{ONCOLOGY.slug}/series?all=1")
    row = saoirse.page.get_by_role("row").filter(has_text=written(day))
    expect(row).to_contain_text(f"{NEW_HOUR:%H:%M}")


def answer_one_date(visit: Visit, letter: Letter) -> None:
    """By the link in the mail, on a phone, without signing in."""
    amos = visit(at=letter.answer_link, size=PHONE)
    amos.see(f"{BOARD}: do you come?")
    date_asked = amos.page.get_by_role("region").first
    date_asked.get_by_role("button", name=re.compile("^Maybe")).tap()
    expect(date_asked).to_contain_text("You may come")
    amos.look_again()
    amos.open(letter.answer_link + "x")
    amos.see("There is nothing to answer here")


def change_from(tobias: Window, day: date) -> None:
    act_on(tobias, "Change", day)
    tobias.see(re.compile(f"^Change Monday {written(day)}"))
    tobias.write("From", f"{NEW_HOUR:%H:%M}")
    tobias.write("To", "10:00")
    tobias.press("See what it does…")
    expect(tobias.page.get_by_role("heading", name="The dates before and after")).to_be_focused()
    row = tobias.page.get_by_role("row").filter(has_text=written(day))
    expect(row).to_contain_text(re.compile(r"09:00 to 10:00 C[SD]T.*10:00 E[SD]T.*New hour", re.DOTALL))
    tobias.look_again()
    tobias.page.get_by_role("button", name=re.compile(rf"^Change \d+ dates, send {2 * len(MEMBERS)} mails$")).click()
    tobias.hear(f"Changed. {2 * len(MEMBERS)} mails on the way.")


def cancel_one(tobias: Window, day: date) -> None:
    act_on(tobias, "Cancel", day)
    tobias.see(re.compile("^Cancel the meeting"))
    tobias.tick("Reason, told to everyone", "A holiday")
    tobias.press(f"Cancel, send {len(MEMBERS)} mails")
    tobias.hear(f"Cancelled. {len(MEMBERS)} mails on the way.")


def restore_one(tobias: Window, day: date) -> None:
    act_on(tobias, "Restore", day)
    tobias.see(re.compile("^Restore the meeting"))
    tobias.press(f"Restore, send {len(MEMBERS)} mails")
    tobias.hear(f"Restored. {len(MEMBERS)} mails on the way.")


def test_16_an_hour_is_found_by_a_poll_on_phones(demo: Demo, visit: Visit, tell: Tell) -> None:
    post, tobias = Post(demo), visit("Lockridge")
    count = Count(tobias)
    starts = [at(datetime.now(CLOCK).date() + timedelta(days=days), time.fromisoformat(hour)) for days, hour in HOURS]
    ask(tobias, starts)
    tell(f"16, an hour is asked for: {count}")
    asked = post.collect()
    assert {letter.kind for letter in asked} == {f"Which hour suits you? {BOARD}, an extra meeting of 60 minutes"}
    assert len(asked) == len(MEMBERS)
    assert not [letter for letter in asked if letter.calendar]
    for name in ("Bellwether", "Silverthorn"):
        cost = answer_poll(visit, next(letter for letter in asked if letter.to == PERSON[name].email))
        tell(f"16, five hours answered on a phone: {cost}; at most 7 taps, 1 load")

    tobias.page.reload()
    expect(tobias.main).to_contain_text("2 of ")
    count.start_again()
    tobias.follow(re.compile(f"^Take… .*{written(starts[2].astimezone(CLOCK).date())} 17:30"))
    tobias.see(re.compile("^Take this hour"))
    tobias.press("Take it, send ")
    tobias.hear("Taken.")
    tell(f"16, an hour is taken: {count}; at most 6 clicks, 2 loads")
    count.is_at_most(acts=6, fields=0, loads=2)
    invited = [letter for letter in post.collect() if letter.calendar]
    assert {letter.starts_at for letter in invited} == {starts[2]}
    assert {letter.method for letter in invited} == {"REQUEST"}
    assert {letter.to for letter in invited} == {letter.to for letter in asked}


def ask(tobias: Window, starts: list[datetime]) -> None:
    tobias.open(f"/boards/{ONCOLOGY.slug}/series")
    tobias.follow("Find an hour…")
    tobias.see("Find an hour for an extra meeting")
    for number, start in enumerate((each.astimezone(CLOCK) for each in starts), 1):
        tobias.write(f"Date {number}", written(start.date()))
        tobias.write(f"Start {number}", f"{start:%H:%M}")
    tobias.write("Answers until", written(datetime.now(CLOCK).date() + timedelta(days=9)))
    tobias.press("See the hours…")
    expect(tobias.main).to_contain_text("Who hears of it")
    tobias.look_again()
    tobias.press("Ask, send ")
    tobias.hear("Asked.")
    tobias.see(re.compile("^Extra meeting, "))


def answer_poll(visit: Visit, letter: Letter) -> str:
    """By touch alone, from the mail to the thanks."""
    phone = visit(at=letter.link, size=PHONE)
    phone.see("Which hour suits you?")
    count = Count(phone)
    hours = phone.page.get_by_role("group")
    expect(hours).to_have_count(len(HOURS))
    for number, answer in enumerate(("No", "If need be", "Yes", "No", "Yes")):
        hours.nth(number).get_by_role("radio", name=answer, exact=True).tap()
    phone.page.get_by_role("button", name="Send").tap()
    expect(phone.main).to_contain_text("You answered")
    phone.look_again()
    count.is_at_most(acts=7, fields=0, loads=1)
    return str(count)
