"""A board's policy: read as sentences, changed part by part after its effect was shown, by two people at once too."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor
from tests.web.pages import NONSENSE, token, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Board, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, Office, PolicyPart
from tumorboard.words import moment_words

_BOX = re.compile(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def board(coordinator: Person) -> Board:
    return a_board((coordinator, BoardRole.COORDINATOR))


@pytest.fixture
def browser(coordinator: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(coordinator)


WHERE = {"room": "Aspen 2", "video_link": "https://video.larkmoor.example/aspen-2", "time_zone": "America/New_York"}


def hidden(page: str) -> dict[str, str]:
    """What the form carries unseen."""
    return {
        name: unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1])  # type: ignore[index]
        for name in ("csrf_token", "version", "base", "seen")
    }


def looked_at(browser: FlaskClient, board: Board, part: str, typed: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Types this, asks what it does, and gives back that page with what its button would post."""
    address = f"/boards/{board.slug}/policy/{part}"
    carried = hidden(browser.get(address).text)
    page = browser.post(address, data=carried | typed)
    assert page.status_code == 200, page.text
    return unescape(page.text), hidden(page.text) | typed


def test_the_policy_reads_as_sentences_and_only_who_may_sees_edit(sign_in: SignIn) -> None:
    reader = a_person()
    board = a_board((reader, BoardRole.CORE))
    page = unescape(sign_in(reader).get(f"/boards/{board.slug}").text)
    assert "Cases are submitted until 09:00, 2 days before." in page
    assert "No decision stands without these." in page
    assert "/policy/where" not in page


def test_a_change_is_shown_with_what_it_does_and_then_saved(
    browser: FlaskClient, board: Board, coordinator: Person
) -> None:
    planned, published = a_meeting(board), a_meeting(board)
    a_listed_case(published, a_case(board, a_person()))
    with transaction():
        agenda.publish(published, an_actor(coordinator), version=published.version)

    page, form = looked_at(browser, board, "where", WHERE | {"room": "Aspen 3"})
    assert "Planned meeting will follow." in page
    assert "Coming meeting will stay." in page
    assert "Nobody gets a mail." in page
    db.session.expire_all()
    assert (board.room, planned.room) == ("Aspen 2", "Aspen 2")

    after = told(browser, browser.post(f"/boards/{board.slug}/policy/where", data=form))
    assert "Saved: Where. 1 planned meeting changed with it. No mail goes out." in after
    assert "1 earlier version" in after
    db.session.expire_all()
    assert (board.room, planned.room, published.room) == ("Aspen 3", "Aspen 3", "Aspen 2")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.POLICY_CHANGED)).one()
    assert entry.subject_ids == [board.id]
    assert entry.details == {"part": "where", "version": 2}


def test_what_is_changed_after_the_look_is_shown_again(browser: FlaskClient, board: Board) -> None:
    _, form = looked_at(browser, board, "where", WHERE | {"room": "Aspen 3"})
    again = browser.post(f"/boards/{board.slug}/policy/where", data=form | {"room": "Aspen 4"})
    assert again.status_code == 200
    assert "Room Aspen 4" in again.text
    db.session.expire_all()
    assert board.room == "Aspen 2"


def test_every_part_can_be_changed_and_is_read_again(browser: FlaskClient, board: Board) -> None:
    typed: dict[str, dict[str, object]] = {
        "name": {"name": f"{board.name} and more", "hospital": str(board.hospital_id)},
        "takes": {"kind": "breast", "tumor_types": ["breast", "sarcoma"]},
        "time": {"meeting_minutes": "75", "minutes_per_case": "9", "minutes_second_opinion": "15"},
        "deadlines": {"cutoff_days": "3", "cutoff_at": "8:30", "freeze_days": "2", "freeze_at": "13.00"},
        "late": {"late_rule": "with_approval"},
        "quorum": {"required": ["surgery", "pathology"], "also_high_risk": ["genetics", "surgery"]},
        "agenda": {"standing_text": "Phones silent."},
        "mail": {"agenda_mail_at": "17:00", "reminder_days": "2, 7"},
        "where": WHERE | {"time_zone": "America/Chicago"},
    }
    assert set(typed) == set(PolicyPart)
    for part, boxes in typed.items():
        _, form = looked_at(browser, board, part, boxes)
        page = told(browser, browser.post(f"/boards/{board.slug}/policy/{part}", data=form))
    for sentence in (
        f"{board.name} and more board of",
        "Breast and Sarcoma.",
        "A meeting has 75 minutes. A case gets 9; second opinion 15.",
        "Cases are submitted until 08:30, 3 days before.",
        "With a reason and the chair’s approval.",
        "High risk or prevention: also genetics.",
        "Phones silent.",
        "Agenda to all members at 17:00. Reminder to who has not answered, 7 and 2 days before at 09:00.",
        "By the clocks of Central Time.",
        "9 earlier versions",
    ):
        assert sentence in page
    earlier = unescape(browser.get(f"/boards/{board.slug}/policy").text)
    assert "Version 10" in earlier
    assert "Before: A meeting has 90 minutes. A case gets 8." in earlier


def test_other_clocks_name_each_single_date_that_keeps_its_instant(browser: FlaskClient, board: Board) -> None:
    meeting = a_meeting(board)
    at, chicago = meeting.starts_at, "America/Chicago"
    page, form = looked_at(browser, board, "where", WHERE | {"room": board.room, "time_zone": chicago})
    was, now = moment_words(at, board.time_zone), moment_words(at, chicago)
    assert f"Date keeps its instant. {was} becomes {now}." in " ".join(re.sub("<[^>]+>", "", page).split())
    browser.post(f"/boards/{board.slug}/policy/where", data=form)
    db.session.refresh(meeting)
    assert meeting.starts_at == at


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("name", {"name": ""}, "Enter the name, like Breast."),
        ("takes", {"kind": "dermatology"}, "Choose one of the list."),
        ("time", {"meeting_minutes": "4", "minutes_per_case": "9"}, "Enter whole minutes, from 5 to 600."),
        ("time", {"meeting_minutes": "60", "minutes_per_case": "9", "minutes_recurrence": "x"}, "from 1 to 120"),
        ("deadlines", {"cutoff_days": "2", "cutoff_at": "25:00"}, "Enter the time as 13:00."),
        (
            "deadlines",
            {"cutoff_days": "1", "cutoff_at": "9:00", "freeze_days": "2", "freeze_at": "9:00"},
            "The cut-off comes before the freeze",
        ),
        ("mail", {"reminder_days": "soon"}, "Enter up to five numbers of days"),
        ("where", WHERE | {"video_link": "javascript:alert(1)"}, "Enter the link as"),
    ],
)
def test_a_slip_is_answered_with_what_to_do_and_nothing_typed_is_lost(
    browser: FlaskClient, board: Board, part: str, typed: dict[str, str], sentence: str
) -> None:
    address = f"/boards/{board.slug}/policy/{part}"
    answer = browser.post(address, data=hidden(browser.get(address).text) | typed)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert sentence in page
    assert "There is a problem" in page
    assert all(f'value="{text}"' in page for name, text in typed.items() if text and name not in ("kind", "time_zone"))


@pytest.mark.parametrize("part", list(PolicyPart))
def test_nonsense_in_any_box_breaks_nothing(browser: FlaskClient, board: Board, part: str) -> None:
    address = f"/boards/{board.slug}/policy/{part}"
    page = browser.get(address).text
    names = set(_BOX.findall(page)) - {"csrf_token"}
    for nonsense in NONSENSE:
        typed = dict.fromkeys(names, nonsense) | {"csrf_token": token(browser)}
        assert browser.post(address, data=typed).status_code in (200, 303, 409, 422)


def test_two_people_in_two_parts_both_are_kept(browser: FlaskClient, board: Board, sign_in: SignIn) -> None:
    address = f"/boards/{board.slug}/policy/late"
    early = hidden(browser.get(address).text)
    other = sign_in(a_person(office=Office.ADMINISTRATOR))
    _, form = looked_at(other, board, "where", WHERE | {"room": "Aspen 3"})
    assert other.post(f"/boards/{board.slug}/policy/where", data=form).status_code == 303

    shown = browser.post(address, data=early | {"late_rule": "never"})
    assert shown.status_code == 200
    assert browser.post(address, data=hidden(shown.text) | {"late_rule": "never"}).status_code == 303
    db.session.expire_all()
    assert (board.room, board.late_rule, board.version) == ("Aspen 3", "never", 3)


def test_two_people_in_one_part_are_both_shown(browser: FlaskClient, board: Board, sign_in: SignIn) -> None:
    address = f"/boards/{board.slug}/policy/where"
    early = hidden(browser.get(address).text)
    other = sign_in(a_person(office=Office.ADMINISTRATOR))
    _, form = looked_at(other, board, "where", WHERE | {"room": "Aspen 3"})
    assert other.post(address, data=form).status_code == 303

    both = browser.post(address, data=early | WHERE | {"room": "Linden 1"})
    assert both.status_code == 409
    assert "Changed in two places" in both.text
    assert 'name="keep-room"' in both.text
    chosen = early | WHERE | {"room": "Linden 1", "keep-room": "here", "shown": "2"}
    shown = browser.post(address, data=chosen)
    assert "Room Linden 1" in shown.text
    assert browser.post(address, data=hidden(shown.text) | WHERE | {"room": "Linden 1"}).status_code == 303
    db.session.expire_all()
    assert board.room == "Linden 1"


def test_a_required_discipline_with_one_member_is_said(sign_in: SignIn) -> None:
    surgeon = a_person(discipline=Discipline.SURGERY)
    board = a_board((a_person(), BoardRole.COORDINATOR), (surgeon, BoardRole.CORE))
    page = sign_in(surgeon).get(f"/boards/{board.slug}").text
    assert "Surgery has one member and no deputy." in page
    assert "Pathology has no member." in page
    assert "Medical oncology has one member" in page
