"""The main job, whole: from a clinician's form to calendars that are right, and right again after every change."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys import acts, judge
from tests.journeys.case import Examination, TypedCase, find_case_whole, type_case, type_patient, written
from tests.journeys.conftest import Visit
from tests.journeys.demo import PERSON, Demo
from tests.journeys.post import Letter, Post
from tests.journeys.window import Window
from tumorboard.demo.hospital.boards import BREAST
from tumorboard.demo.hospital.breast_cases import BREAST_CASES
from tumorboard.vocabulary import CaseState

pytestmark = pytest.mark.journey

BOARD = "Breast board"
TODAY = date.today()  # noqa: DTZ011 - a day on paper, in the past of every zone by the days taken off below

CASE = TypedCase(
    family_name="Larkspurrow",
    given_name="Henrike",
    birth_date=date(1968, 9, 3),
    sex="Female",
    mrn="0058 3312",
    board=BOARD,
    tumor_type="Breast",
    question="Is she a candidate for breast conservation after her response, or is mastectomy the safer way?",
    summary="Mass in the right breast, 38 mm at diagnosis.\nGrade 2, ER 90 %, HER2 1+; 12 mm on MRI after six months.",
    urgency="Within two weeks",
    tnm="ycT1c ycN0 cM0",
    stage=("ycT1c ycN0 ycM0", "group IA", "AJCC 8"),
    group="IA",
    system="AJCC",
    edition="8",
    performance_status="1 Light work",
    prior_treatment="Letrozole for six months before any operation.",
    imaging=(
        Examination(TODAY - timedelta(days=200), "LR26-300417", "Mammogram, right; mass of 38 mm, outer quadrants."),
        Examination(TODAY - timedelta(days=9), "LR26-311902", "MRI, right; residual enhancement of 12 mm."),
    ),
    pathology=(
        Examination(TODAY - timedelta(days=190), "LS26-40077", "Core biopsy, right; no special type, grade 2."),
    ),
)

GUEST = "Halloway"
"""Joins the care team; in London, and on no Breast board."""
NEWCOMER = "Tamarisk"
ROOM = "Birch 1, Larkmoor Hospital"

LISTED = [case for case in BREAST_CASES if case.state is CaseState.ON_AGENDA]
TEAMS = {name for case in LISTED for name in (case.submitter, *case.team)} | {"Sorrel", GUEST}
EVERYBODY = {PERSON[name].email for name in {name for name, _ in BREAST.members} | TEAMS}
ZONE = {person.email: person.time_zone for person in PERSON.values()}


def test_the_main_job(demo: Demo, visit: Visit, subtests: pytest.Subtests, tmp_path: Path) -> None:
    post = Post(demo)
    ada, ruth = visit("Sorrel"), visit("Hazelden")

    a_draft_survives_a_closed_tab(ada)
    two_tabs_and_two_double_clicks_submit_one_case(ada)
    acts.add_to_the_care_team(ada, GUEST)
    acts.accept(ruth, CASE.name, BOARD)
    acts.open_next_meeting(ruth, BOARD)
    planned = acts.when_it_is(ruth, BREAST.time_zone)
    put_first_on_the_agenda(ruth)
    asked = acts.publish(ruth, version=1, mails=2 * len(EVERYBODY))
    published = post.collect()
    to_prepare = {letter.to for letter in of_kind(published, "To prepare")}
    assert {PERSON["Marlowe"].email, PERSON["Kestrel"].email} <= to_prepare
    assert len(to_prepare) == asked
    everybody_has_one_agenda_and_one_invitation([each for each in published if each.kind != "To prepare"], planned)

    acts.open_next_meeting(ruth, BOARD)
    acts.find_all_sent(ruth, 2 * len(EVERYBODY) + asked)
    the_link_leads_a_member_to_the_meeting(visit, published)
    a_guest_sees_the_case_of_their_patient_alone(visit, published)
    a_team_member_finds_meeting_and_case(visit)

    acts.open_next_meeting(ruth, BOARD)
    move_and_undo(ruth, planned)
    moved_to = move_three_times(ruth, planned)
    everybody_has_one_update(post.collect(), published, planned, moved_to)
    acts.change_room(ruth, BOARD, ROOM, mails=len(EVERYBODY))
    everybody_learns_of_the_room(post.collect(), published, moved_to)
    add_a_member(ruth)
    invitation = only_the_newcomer_is_invited(post.collect(), moved_to)
    take_the_member_off(ruth)
    only_the_newcomer_is_told_to_forget_it(post.collect(), invitation)

    acts.open_next_meeting(ruth, BOARD)
    acts.cancel(ruth, "A holiday", mails=len(EVERYBODY))
    everybody_takes_it_out_of_their_calendar(post.collect(), published)
    the_cases_wait_in_the_queue_with_all_they_had(ruth)
    assert post.collect() == [], "nobody hears of anything again when all is told"
    with subtests.test("judged by implementations that nobody here wrote"):
        judge.require_judge()
        assert judge.failures([letter for letter in post.all if letter.calendar], tmp_path) == []


def a_draft_survives_a_closed_tab(ada: Window) -> None:
    tab = ada.another_tab("/cases/new")
    tab.see("Submit a case")
    type_patient(tab, CASE)
    tab.write("Question for the board", CASE.question)
    expect(tab.main).to_contain_text("Draft saved")
    tab.page.close()
    ada.open("/")
    ada.follow(f"Go on with {CASE.name}")
    ada.see("Submit a case")
    expect(ada.page.get_by_role("textbox", name="MRN", exact=True)).to_have_value(CASE.mrn)
    expect(ada.page.get_by_role("textbox", name="Date of birth")).to_have_value(written(CASE.birth_date))
    expect(ada.page.get_by_role("textbox", name="Question for the board")).to_have_value(CASE.question)


def two_tabs_and_two_double_clicks_submit_one_case(ada: Window) -> None:
    type_case(ada, CASE)
    expect(ada.main).to_contain_text("Ready to submit")
    other = ada.another_tab(ada.page.url)
    other.see("Submit a case")
    ada.page.get_by_role("button", name="Submit case").dblclick()
    ada.hear(f"Submitted to the {BOARD}.")
    find_case_whole(ada, CASE)
    other.page.get_by_role("button", name="Submit case").dblclick()
    other.page.wait_for_url(ada.page.url)
    other.open("/cases")
    other.see("Your cases")
    expect(other.page.get_by_role("link", name=CASE.name)).to_have_count(1)
    other.page.close()


def put_first_on_the_agenda(ruth: Window) -> None:
    acts.open_agenda(ruth)
    acts.add_to_the_agenda(ruth, CASE.name)
    ruth.hear("Added at the end of the agenda.")
    slots = ruth.page.get_by_role("list", name="Agenda items in order").get_by_role("listitem")
    expect(slots).to_have_count(len(LISTED) + 1)
    for _ in LISTED:
        ruth.press(f"Earlier: {CASE.name}")
    for _ in range(3):
        ruth.press(f"One minute more: {CASE.name}")
    acts.reopen_agenda(ruth)
    expect(slots.first).to_contain_text(CASE.name)
    expect(slots.first).to_contain_text(f"{BREAST.minutes_per_case + 3} min")
    expect(slots.first).to_contain_text(f"{BREAST.starts:%H:%M}")


def everybody_has_one_agenda_and_one_invitation(letters: list[Letter], starts_at: datetime) -> None:
    assert Counter((letter.to, letter.kind) for letter in letters) == {
        (address, kind): 1 for address in EVERYBODY for kind in ("Agenda", "Invitation")
    }
    for letter in of_kind(letters, "Invitation"):
        is_for_one_calendar(letter, "REQUEST", sequence=0)
        (attendee,) = letter.event.attendee_list
        assert attendee.params["RSVP"] == ["TRUE"]
        assert attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
        assert (letter.starts_at, letter.zone) == (starts_at, ZONE[letter.to])
    assert len({letter.event.uid.value for letter in of_kind(letters, "Invitation")}) == len(EVERYBODY)
    assert {letter.method for letter in of_kind(letters, "Agenda")} == {""}
    assert {ZONE[letter.to] for letter in letters} == {"America/New_York", "America/Chicago", "Europe/London"}


def is_for_one_calendar(letter: Letter, method: str, *, sequence: int) -> None:
    assert letter.method == method
    assert f"METHOD:{method}\r\n" in letter.calendar.replace("\n", "\r\n").replace("\r\r", "\r")
    assert [attendee.value.lower() for attendee in letter.event.attendee_list] == [f"mailto:{letter.to}"]
    assert int(letter.event.sequence.value) == sequence


def of_kind(letters: list[Letter], kind: str) -> list[Letter]:
    return [letter for letter in letters if letter.kind == kind]


def to(family_name: str, letters: list[Letter], kind: str) -> Letter:
    (letter,) = [letter for letter in of_kind(letters, kind) if letter.to == PERSON[family_name].email]
    return letter


def the_link_leads_a_member_to_the_meeting(visit: Visit, letters: list[Letter]) -> None:
    corinne = visit(at="/demo/mailbox")
    corinne.see("Demo mailbox")
    corinne.follow("Vale, Corinne")
    corinne.see("Vale, Corinne")
    corinne.follow("Agenda version 1")
    corinne.follow(to("Vale", letters, "Agenda").link, within=corinne.region("Text"))
    corinne.sign_in(PERSON["Vale"])
    corinne.see(re.compile(f"^{BOARD}, "))
    for case in LISTED:
        expect(corinne.region("Agenda")).to_contain_text(f"{case.patient.family_name}, {case.patient.given_name}")
    assert to("Vale", letters, "Invitation").link == corinne.page.url


def a_guest_sees_the_case_of_their_patient_alone(visit: Visit, letters: list[Letter]) -> None:
    imogen = visit(at=to(GUEST, letters, "Invitation").link)
    imogen.sign_in(PERSON[GUEST])
    imogen.see(re.compile(f"^{BOARD}, "))
    agenda = imogen.region("Agenda")
    expect(agenda.get_by_text("A case of another care team")).to_have_count(len(LISTED))
    for case in LISTED:
        assert case.patient.family_name not in imogen.words
    imogen.follow(CASE.name, within=agenda)
    find_case_whole(imogen, CASE)


def a_team_member_finds_meeting_and_case(visit: Visit) -> None:
    imogen = visit(GUEST)
    imogen.follow("All your meetings")
    imogen.see("Meetings")
    row = imogen.page.get_by_role("row").filter(has_text=BOARD)
    for words in ("Guest", "GMT" if "GMT" in row.inner_text() else "BST", "Published"):
        expect(row).to_contain_text(words)
    imogen.follow("Cases", within=imogen.page.get_by_role("navigation", name="Main"))
    imogen.see("Your cases")
    imogen.follow(CASE.name)
    find_case_whole(imogen, CASE)


def move_and_undo(ruth: Window, planned: datetime) -> None:
    day = planned.astimezone(ZoneInfo(BREAST.time_zone)).date()
    acts.move(ruth, BOARD, day + timedelta(days=7), "16:45", mails=len(EVERYBODY))
    ruth.press("Undo")
    ruth.hear("Undone. No mail goes out.")
    assert acts.when_it_is(ruth, BREAST.time_zone) == planned


def move_three_times(ruth: Window, planned: datetime) -> datetime:
    """Within the time in which each move could be undone."""
    local = planned.astimezone(ZoneInfo(BREAST.time_zone))
    for days, start in ((1, "13:00"), (2, "09:30"), (1, "15:15")):
        acts.move(ruth, BOARD, local.date() + timedelta(days=days), start, mails=len(EVERYBODY))
    return acts.when_it_is(ruth, BREAST.time_zone)


def everybody_has_one_update(
    letters: list[Letter], published: list[Letter], was: datetime, starts_at: datetime
) -> None:
    assert Counter((letter.to, letter.kind) for letter in letters) == {(address, "Moved"): 1 for address in EVERYBODY}
    uids = {letter.to: letter.event.uid.value for letter in of_kind(published, "Invitation")}
    for letter in letters:
        is_for_one_calendar(letter, "REQUEST", sequence=1)
        assert letter.event.uid.value == uids[letter.to]
        assert (letter.starts_at, letter.zone) == (starts_at, ZONE[letter.to])
        before, after = (instant.astimezone(ZoneInfo(ZONE[letter.to])) for instant in (was, starts_at))
        assert letter.subject.startswith(f"Moved: {BOARD}, from {before:%d-%b-%Y %H:%M}")
        assert letter.subject.endswith(f" to {after:%d-%b-%Y %H:%M %Z}")


def everybody_learns_of_the_room(letters: list[Letter], published: list[Letter], starts_at: datetime) -> None:
    assert Counter((letter.to, letter.kind) for letter in letters) == {(address, "Changed"): 1 for address in EVERYBODY}
    uids = {letter.to: letter.event.uid.value for letter in of_kind(published, "Invitation")}
    for letter in letters:
        is_for_one_calendar(letter, "REQUEST", sequence=2)
        assert letter.event.uid.value == uids[letter.to]
        assert (letter.starts_at, letter.event.location.value) == (starts_at, ROOM)
        assert f"Not {BREAST.room} any more." in " ".join(letter.text.split())


def add_a_member(ruth: Window) -> None:
    newcomer = PERSON[NEWCOMER]
    open_members(ruth)
    options = ruth.page.get_by_role("combobox", name="Person", exact=True)
    options.select_option(label=options.get_by_role("option").filter(has_text=NEWCOMER).inner_text())
    ruth.tick("Board role", "Core member")
    ruth.press("Add…")
    ruth.see(f"Add to the {BOARD}")
    ruth.press("Add, send 2 mails")
    ruth.hear(f"{newcomer.family_name}, {newcomer.given_name} is on the board.")


def open_members(ruth: Window) -> None:
    ruth.open("/")
    ruth.follow("Boards", within=ruth.page.get_by_role("navigation", name="Main"))
    ruth.see("Boards")
    ruth.follow(re.compile(f"^{BOARD}$"))
    ruth.see(BOARD)
    ruth.follow("Members", within=ruth.page.get_by_role("navigation", name=BOARD))
    ruth.see(f"Members, {BOARD}")


def only_the_newcomer_is_invited(letters: list[Letter], starts_at: datetime) -> Letter:
    address = PERSON[NEWCOMER].email
    assert Counter((letter.to, letter.kind) for letter in letters) == {
        (address, "Invitation"): 1,
        (address, "Agenda"): 1,
    }
    invitation = to(NEWCOMER, letters, "Invitation")
    is_for_one_calendar(invitation, "REQUEST", sequence=0)
    assert invitation.starts_at == starts_at
    return invitation


def take_the_member_off(ruth: Window) -> None:
    open_members(ruth)
    ruth.follow(f"Change… {NEWCOMER}")
    ruth.press("Who hears of it…")
    ruth.press("Take off, send 1 mail")
    ruth.hear("is not on the board any more.")


def only_the_newcomer_is_told_to_forget_it(letters: list[Letter], invitation: Letter) -> None:
    (letter,) = letters
    assert (letter.to, letter.kind) == (invitation.to, "No longer invited")
    is_for_one_calendar(letter, "CANCEL", sequence=1)
    assert letter.event.uid.value == invitation.event.uid.value


def everybody_takes_it_out_of_their_calendar(letters: list[Letter], published: list[Letter]) -> None:
    assert Counter((letter.to, letter.kind) for letter in letters) == {
        (address, "Cancelled"): 1 for address in EVERYBODY
    }
    uids = {letter.to: letter.event.uid.value for letter in of_kind(published, "Invitation")}
    for letter in letters:
        is_for_one_calendar(letter, "CANCEL", sequence=3)
        assert letter.event.uid.value == uids[letter.to]
        assert f"Its {len(LISTED) + 1} cases are back in the queue" in letter.text


def the_cases_wait_in_the_queue_with_all_they_had(ruth: Window) -> None:
    ruth.open("/queue?board=breast")
    ruth.see("Queue")
    ruth.follow("Accepted", within=ruth.page.get_by_role("navigation", name="Case state"))
    rows = ruth.page.get_by_role("list", name="Cases, accepted").get_by_role("listitem")
    for case in LISTED:
        expect(rows.filter(has_text=case.patient.family_name)).to_contain_text("Accepted")
    ruth.follow(CASE.name, within=rows)
    find_case_whole(ruth, CASE)
    expect(ruth.main).to_contain_text("The meeting was cancelled.")
