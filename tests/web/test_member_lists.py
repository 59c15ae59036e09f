"""Members from a pasted list: found or invited, each wrong line named, the right ones taken without it."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_person, an_instant
from tests.web.pages import NONSENSE, token, told
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Notice, Person
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, Office


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person(discipline=Discipline.COORDINATION)


@pytest.fixture
def board(coordinator: Person) -> Board:
    return a_board((coordinator, BoardRole.COORDINATOR))


@pytest.fixture
def browser(coordinator: Person, sign_in: SignIn) -> FlaskClient:
    return sign_in(coordinator)


def read(browser: FlaskClient, board: Board, *lines: str, **chosen: str) -> str:
    data = {"csrf_token": token(browser), "text": "\n".join(lines)} | chosen
    answer = browser.post(f"/boards/{board.slug}/members/list", data=data)
    assert answer.status_code == 200
    return unescape(answer.text)


def form_of(page: str) -> dict[str, str]:
    """What the page's form would post."""
    main = page.partition("<main")[2]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
    lists = dict(re.findall(r'<select[^>]*name="([\w-]+)".*?(?:<option value="(\w+)" selected>|</select>)', main, re.S))
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", main, re.DOTALL)
    assert text
    return hidden | lists | {"text": text[1]}


def members_of(board: Board) -> dict[str, BoardRole]:
    query = select(Person.email, BoardMember.board_role).join(BoardMember).where(BoardMember.board_id == board.id)
    return dict(db.session.execute(query).all())


def test_names_and_addresses_are_found_in_the_directory_and_join(browser: FlaskClient, board: Board) -> None:
    surgeon, pathologist = a_person(discipline=Discipline.SURGERY), a_person(discipline=Discipline.PATHOLOGY)
    radiologist = a_person(discipline=Discipline.RADIOLOGY)
    page = read(
        browser,
        board,
        f"{surgeon.family_name}, Ada; chair",
        pathologist.email.upper(),
        f"Ada {radiologist.family_name}      radiology",
    )
    assert page.count("Here already, joins") == 3
    assert "Take the 3 that are ready" in page

    after = told(browser, browser.post(f"/boards/{board.slug}/members/list/take", data=form_of(page)))
    assert "3 members added. 0 invitations on the way." in after
    found = members_of(board)
    assert (found[surgeon.email], found[pathologist.email]) == (BoardRole.CHAIR, BoardRole.CORE)


def test_wrong_lines_are_named_stay_in_the_box_and_the_right_ones_are_taken(browser: FlaskClient, board: Board) -> None:
    there = a_person()
    one, two = a_person(), a_person()
    one.family_name = two.family_name = "Grey"
    db.session.commit()
    wrong = ["Grey, Ada", "Nobody, Known", "x@larkmoor.example", "Quillon, Marta <m.quillon@larkmoor.example>"]
    page = read(browser, board, there.email, *wrong, there.email)
    for sentence in (
        "5 lines need you, 1 is ready",
        "Line 2: 2 people are called Grey, Ada: add the e-mail address to this line.",
        "Line 3: Nobody is called Nobody, Known here.",
        "Line 4: Nobody here has this address.",
        "Line 5: Choose a discipline for Quillon, Marta.",
        "Line 6: Line 1 names this person too.",
    ):
        assert sentence in page

    after = browser.post(f"/boards/{board.slug}/members/list/take", data=form_of(page))
    assert after.status_code == 200
    assert "1 member added." in after.text
    assert form_of(unescape(after.text))["text"].strip().split("\n") == [*wrong, there.email]
    assert there.email in members_of(board)


def test_a_discipline_is_put_right_in_the_table_and_who_is_new_is_invited(browser: FlaskClient, board: Board) -> None:
    line = "Quillon, Marta <m.quillon@larkmoor.example>; extended"
    page = read(browser, board, line)
    name = re.search(r'name="(discipline-\w+)"', page)
    assert name
    page = read(browser, board, line, **{name[1]: "genetics"})
    assert "New account, invited" in page

    after = told(browser, browser.post(f"/boards/{board.slug}/members/list/take", data=form_of(page)))
    assert "1 member added. 1 invitation on the way." in after
    marta = db.session.scalars(select(Person).where(Person.email == "m.quillon@larkmoor.example")).one()
    assert (marta.discipline, marta.joined_at) == (Discipline.GENETICS, None)
    assert members_of(board)[marta.email] is BoardRole.EXTENDED
    assert [each.kind for each in db.session.scalars(select(Notice).where(Notice.person_id == marta.id))] == [
        NoticeKind.JOIN
    ]


def test_an_administrator_takes_a_list_and_a_chair_invites_nobody(sign_in: SignIn, board: Board) -> None:
    line = "Quillon, Marta <m.quillon@larkmoor.example>; genetics"
    assert "New account, invited" in read(sign_in(a_person(office=Office.ADMINISTRATOR)), board, line)
    chair = a_person()
    db.session.add(BoardMember(board=board, person=chair, board_role=BoardRole.CHAIR, joined_at=an_instant()))
    db.session.commit()
    assert "ask the board's coordinator to invite them" in read(sign_in(chair), board, line)


def test_who_is_on_the_board_already_needs_nothing(browser: FlaskClient, board: Board, coordinator: Person) -> None:
    page = read(browser, board, coordinator.email)
    assert "On the board already" in page
    assert "that is ready" not in page


def test_another_list_than_was_shown_is_shown_first(browser: FlaskClient, board: Board) -> None:
    one, other = a_person(), a_person()
    form = form_of(read(browser, board, one.email)) | {"text": f"{one.email}\n{other.email}"}
    answer = browser.post(f"/boards/{board.slug}/members/list/take", data=form)
    assert answer.status_code == 422
    assert "Take the 2 that are ready" in answer.text
    assert one.email not in members_of(board)


def test_nonsense_is_answered_and_nothing_is_lost(browser: FlaskClient, board: Board) -> None:
    for nonsense in [*NONSENSE, "x\n" * 501, '"unclosed', ";;;;", "@", "<@>,,"]:
        for page in ("", "/take"):
            data = {"csrf_token": token(browser), "text": nonsense, "count": nonsense}
            assert browser.post(f"/boards/{board.slug}/members/list{page}", data=data).status_code in (200, 422)


def test_the_quorum_so_far_counts_those_who_are_ready(browser: FlaskClient, board: Board) -> None:
    surgeon = a_person(discipline=Discipline.SURGERY)
    empty = browser.get(f"/boards/{board.slug}/members/list").text
    assert empty.count("Not yet") == len(board.required_disciplines)
    assert read(browser, board, surgeon.email).count("Not yet") == len(board.required_disciplines) - 1
