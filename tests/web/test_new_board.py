"""A new board: its kind fills it in, whoever may begins it, and the guide leads through the first hour."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_member, a_person, an_actor, an_instant
from tests.web.pages import NONSENSE, token, told
from tumorboard.domain import agenda
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Person
from tumorboard.storage.queries import board_members, boards
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardKind, BoardRole, Discipline, Office


def a_coordinator() -> Person:
    return a_person(discipline=Discipline.COORDINATION)


def soon() -> datetime:
    return an_instant() + timedelta(seconds=2)


def begun(browser: FlaskClient, name: str, kind: str = "hematology", **typed: object) -> str:
    """Presses a kind's button, types a name and what else is said, and begins the board."""
    first = boxes(browser.get("/boards/new").text)
    filled = browser.post("/boards/new/kind", data=first | {"fill": kind, "name": name, "room": "Aspen 2"})
    return told(browser, browser.post("/boards/new", data=boxes(filled.text) | typed))


def boxes(page: str) -> dict[str, object]:
    """What the form holds as it is drawn."""
    typed = dict(re.findall(r'<input(?=[^>]*type="(?:text|hidden)")(?=[^>]*name="(\w+)")[^>]*value="([^"]*)"', page))
    ticked = re.findall(r'<input(?=[^>]*checked)[^>]*name="required"[^>]*value="(\w+)"', page)
    chosen = dict(re.findall(r'<select[^>]*name="(\w+)".*?<option selected value="([^"]*)"', page, re.DOTALL))
    return typed | chosen | {"required": ticked}


def test_the_kind_fills_in_what_follows_and_what_was_typed_stays(sign_in: SignIn) -> None:
    browser = sign_in(a_coordinator())
    first = browser.post("/boards/new/kind", data={"csrf_token": token(browser), "fill": "hematology", "room": "Elm 1"})
    held = boxes(first.text)
    assert (held["name"], held["room"], held["kind"]) == ("Hematology", "Elm 1", "hematology")
    assert "surgery" not in held["required"]
    assert "hematology_oncology" in held["required"]
    other = boxes(browser.post("/boards/new/kind", data=held | {"fill": "molecular", "minutes_per_case": "20"}).text)
    assert (other["name"], other["minutes_per_case"], other["cutoff_days"]) == ("Molecular", "20", "5")


def test_who_coordinates_by_discipline_begins_a_board_and_coordinates_it(sign_in: SignIn) -> None:
    ruth = a_coordinator()
    browser = sign_in(ruth)
    assert 'href="/boards/new"' in browser.get("/").text
    page = begun(browser, "Blood and marrow")
    assert "The Blood and marrow board is there." in page
    board = boards.board_at("blood-and-marrow")
    assert board is not None
    assert (board.kind, board.version) == (BoardKind.HEMATOLOGY, 1)
    (member,) = board_members.present_members(board.id, soon())
    assert (member.person_id, member.board_role) == (ruth.id, BoardRole.COORDINATOR)


def test_an_administrator_names_who_coordinates_it(sign_in: SignIn) -> None:
    browser, named = sign_in(a_person(office=Office.ADMINISTRATOR)), a_person()
    begun(browser, "Bone and soft tissue", coordinator=str(named.id))
    board = boards.board_called("Bone and soft tissue")
    assert board is not None
    assert list(board_members.coordinators([board.id], soon())) == [board.id]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name, like Breast."),
        ({"name": "…"}, "begins with another word in plain letters"),
        ({"coordinator": ""}, "Choose a person from the list."),
        ({"hospital": "x"}, "Choose one of the list."),
        ({"meeting_minutes": "0"}, "from 5 to 600"),
        ({"cutoff_at": "noon"}, "Enter the time as 13:00."),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(sign_in: SignIn, typed: dict[str, str], sentence: str) -> None:
    browser = sign_in(a_person(office=Office.ADMINISTRATOR))
    form = boxes(browser.get("/boards/new").text) | {"name": "Skin", "coordinator": str(a_person().id), "room": "Elm 1"}
    answer = browser.post("/boards/new", data=form | typed)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert 'value="Elm 1"' in answer.text


def test_a_name_that_is_taken_is_refused(sign_in: SignIn) -> None:
    ruth, other = a_coordinator(), a_board()
    browser = sign_in(ruth)
    form = boxes(browser.get("/boards/new").text) | {"name": other.name, "room": "Elm 1"}
    assert f"There is a {other.full_name} already." in browser.post("/boards/new", data=form).text


def test_nonsense_begins_no_board(sign_in: SignIn) -> None:
    browser = sign_in(a_coordinator())
    for nonsense in NONSENSE:
        names = ("kind", "name", "hospital", "time_zone", "room", "meeting_minutes", "cutoff_days", "cutoff_at", "fill")
        typed = dict.fromkeys(names, nonsense) | {"csrf_token": token(browser)}
        assert browser.post("/boards/new/kind", data=typed).status_code == 200
        assert browser.post("/boards/new", data=typed).status_code == 422


def test_who_does_not_coordinate_by_discipline_begins_none(sign_in: SignIn) -> None:
    browser = sign_in(a_person())
    assert browser.get("/boards/new").status_code == 403
    assert 'href="/boards/new"' not in browser.get("/").text


def done(page: str) -> list[str]:
    return re.findall(r"(\w[\w ]*)<span class=\"visually-hidden\">, done", page)


def test_the_guide_is_computed_and_ends_with_the_first_published_agenda(sign_in: SignIn) -> None:
    ruth = a_coordinator()
    board = a_board((ruth, BoardRole.COORDINATOR))
    browser = sign_in(ruth)
    assert done(browser.get("/").text) == ["1 Board"]
    a_member(board, a_person())
    assert done(browser.get(f"/boards/{board.slug}").text) == ["1 Board", "2 Members"]
    meeting = a_meeting(board)
    case = a_case(board, a_person())
    page = browser.get("/").text
    assert done(page) == ["1 Board", "2 Members", "3 Series", "4 Cases"]
    assert f'href="/meetings/{meeting.id}/agenda"' in page
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(ruth), version=meeting.version)
    assert "first hour" not in browser.get("/").text
    assert "tb-guide" not in browser.get(f"/boards/{board.slug}").text


def test_the_guide_leads_to_the_case_form_with_the_board_chosen(sign_in: SignIn) -> None:
    ruth = a_coordinator()
    board: Board = a_board((ruth, BoardRole.COORDINATOR))
    browser = sign_in(ruth)
    assert f'href="/cases/new?board={board.id}"' in browser.get("/").text
    assert f'selected value="{board.id}"' in browser.get(f"/cases/new?board={board.id}").text
    assert db.session.query(Board).count() == 1
