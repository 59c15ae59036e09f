"""Deactivating on the page: what is handed over, a day that is still to come, and taking it back."""

from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import NEW_YORK, a_board, a_care_team_member, a_patient, a_person
from tests.web.pages import filled_in, token, told
from tumorboard import words
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, Leaving, Notice, Person
from tumorboard.vocabulary import BoardRole, Discipline, NoticeKind, Office


@pytest.fixture
def browser(sign_in: SignIn) -> FlaskClient:
    return sign_in(a_person(office=Office.ADMINISTRATOR))


@pytest.fixture
def leaver(browser: FlaskClient) -> Person:
    """The lead of one care team, and on a board."""
    person = a_person()
    a_care_team_member(a_patient("Quillfeather"), person, lead=True)
    a_board((a_person(discipline=Discipline.COORDINATION), BoardRole.COORDINATOR), (person, BoardRole.CORE))
    return person


def board_of(person: Person) -> str:
    return db.session.scalars(select(BoardMember).where(BoardMember.person_id == person.id)).one().board.full_name


def in_days(days: int) -> date:
    return datetime.now(ZoneInfo(NEW_YORK)).date() + timedelta(days=days)


def test_a_last_day_is_planned_shown_and_taken_back(browser: FlaskClient, leaver: Person) -> None:
    heir, officer, other = a_person(), a_person(office=Office.PRIVACY_OFFICER), a_person(office=Office.ADMINISTRATOR)
    page, day = f"/people/{leaver.id}/deactivate", words.date_words(in_days(30))
    assert "Quillfeather" not in browser.get(page).text
    asked = browser.get(page, query_string={"last_day": day, "leads_to": str(heir.id)})
    assert f"Deactivate after {day}" in asked.text
    assert f"Without anybody of medical oncology then: {board_of(leaver)}." in asked.text
    done = told(browser, browser.post(page, data=filled_in(asked.text, page)))
    assert f"ends after {day}. No calendar changes." in done
    assert f"The account ends after {day}." in browser.get(f"/people?text={leaver.family_name}").text
    assert f"The account ends after {day}." in " ".join(done.split()).replace("</strong>", "")
    assert f"Until {day}" in done
    db.session.expire_all()
    assert leaver.deactivated_at is None
    readers = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.OVERSIGHT)))
    assert readers == {officer.id, other.id}

    back = told(browser, browser.post(f"{page}/take-back", data={"csrf_token": token(browser)}))
    assert "Taken back" in back
    assert "The account ends after" not in back
    db.session.expire_all()
    assert leaver.leaves_at is None
    assert db.session.scalars(select(Leaving)).all() == []


@pytest.mark.parametrize("typed", ["yesterday", "31-Feb-2027", "01-Jan-2020", "01-Jan-9999"])
def test_a_day_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    browser: FlaskClient, leaver: Person, typed: str
) -> None:
    heir = a_person()
    query = {"last_day": typed, "leads_to": str(heir.id)}
    answer = browser.get(f"/people/{leaver.id}/deactivate", query_string=query)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert f'value="{typed}"' in page
    assert f'<option selected value="{heir.id}">' in page
    assert 'aria-invalid="true"' in page


def test_whoever_takes_over_is_asked_for_where_a_patient_needs_somebody(browser: FlaskClient, leaver: Person) -> None:
    answer = browser.get(f"/people/{leaver.id}/deactivate", query_string={"last_day": "", "leads_to": ""})
    assert answer.status_code == 422
    assert "Choose from the list who takes these care teams over." in answer.text
    refused = browser.post(f"/people/{leaver.id}/deactivate", data={"csrf_token": token(browser)})
    assert "Choose from the list who takes these care teams over." in told(browser, refused)
    db.session.expire_all()
    assert leaver.deactivated_at is None
