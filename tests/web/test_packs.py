"""The page of a meeting's pack: says how far it is, what went wrong, and opens for whoever builds the agenda alone."""

from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person
from tests.web.access_world import ON_AGENDA, make_world
from tests.web.pages import post
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Pack, Person
from tumorboard.vocabulary import BoardRole, PackState


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def meeting(coordinator: Person) -> Meeting:
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    return meeting


def test_says_how_far_it_is_without_scripts_too(sign_in: SignIn, coordinator: Person, meeting: Meeting) -> None:
    browser, page = sign_in(coordinator), f"/meetings/{meeting.id}/pack"
    assert f'href="{page}"' in browser.get(f"/meetings/{meeting.id}").text
    assert "1 case in the order of the agenda" in browser.get(page).text
    post(browser, page, page)
    waiting = browser.get(page).text
    assert "0 of 1 cases" in waiting
    assert f'<a class="tb-tap" href="{page}">Look again</a>' in waiting
    assert browser.get(f"{page}.pdf").status_code == 409


def test_one_that_failed_says_so_and_is_tried_again(sign_in: SignIn, coordinator: Person, meeting: Meeting) -> None:
    browser, page = sign_in(coordinator), f"/meetings/{meeting.id}/pack"
    post(browser, page, page)
    db.session.execute(update(Pack).values(state=PackState.FAILED))
    db.session.commit()
    failed = browser.get(page).text
    assert "The pack could not be made" in failed
    assert "Try again" in failed
    assert "data-watched" not in failed
    post(browser, page, page)
    assert "0 of 1 cases" in browser.get(page).text


def test_an_empty_agenda_has_none(sign_in: SignIn, coordinator: Person) -> None:
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    page = sign_in(coordinator).get(f"/meetings/{meeting.id}/pack").text
    assert "no case on the agenda yet" in page
    assert "Make the pack" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200),
        ("coordinator", 200),
        ("member", 403),
        ("nurse", 403),
        ("stranger", 403),
        ("coordinator elsewhere", 404),
    ],
)
def test_is_for_whoever_builds_the_agenda(app: Flask, sign_in: SignIn, who: str, status: int) -> None:
    world = make_world(ON_AGENDA)
    browser, page = sign_in(world.people[who]), f"/meetings/{world.meeting.id}/pack"
    answer = browser.get(page)
    assert answer.status_code == status
    assert ("Make the pack" in unescape(answer.text)) == (status == 200)
    assert browser.get(f"{page}.pdf").status_code == (409 if status == 200 else status)
