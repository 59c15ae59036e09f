"""The door."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import SignIn
from tests.factories import a_person, an_instant
from tumorboard.domain import web_sessions
from tumorboard.storage.db import db
from tumorboard.storage.models import Person, WebSession

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return web_sessions.hash_password(PASSWORD)


@pytest.fixture
def person(app: Flask, password_hash: str) -> Person:
    return a_person(password_hash=password_hash)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def token_in(page: str) -> str:
    return page.split('name="csrf_token" type="hidden" value="')[1].split('"', maxsplit=1)[0]


def enter(browser: FlaskClient, email: str, password: str = PASSWORD, to: str = "") -> object:
    page = browser.get(f"/sign-in?next={to}").text
    form = {"csrf_token": token_in(page), "email": email, "password": password, "next": to}
    return browser.post("/sign-in", data=form)


def test_e_mail_and_password_open_the_page_that_was_asked_for(browser: FlaskClient, person: Person) -> None:
    asked = browser.get("/meetings")
    assert asked.location == "/sign-in?next=/meetings"
    assert enter(browser, person.email.upper(), to="/meetings").location == "/meetings"  # type: ignore[attr-defined]
    assert browser.get("/meetings").status_code == 200


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/meetings", "/nowhere", "\\evil", "javascript:x"]
)
def test_nobody_is_led_to_another_site(browser: FlaskClient, person: Person, to: str) -> None:
    assert enter(browser, person.email, to=to).location == "/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("email", "password"), [("nobody@larkmoor.example", PASSWORD), ("", "wrong"), ("", "")])
def test_a_stranger_learns_nothing_of_who_exists(
    browser: FlaskClient, person: Person, email: str, password: str
) -> None:
    answer = enter(browser, email or person.email, password)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert browser.get("/").status_code == 302


def test_a_copied_cookie_opens_nothing_after_signing_out(app: Flask, sign_in: SignIn, person: Person) -> None:
    browser, thief = sign_in(person), app.test_client()
    with browser.session_transaction() as cookie:
        copied = dict(cookie)
    page = browser.get("/").text
    browser.post("/sign-out", data={"csrf_token": page.split('name="csrf-token" content="')[1].split('"')[0]})
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/").location.startswith("/sign-in")


def test_what_was_planted_in_the_cookie_does_not_survive_signing_in(browser: FlaskClient, person: Person) -> None:
    with browser.session_transaction() as cookie:
        cookie["planted"] = "here before"
    enter(browser, person.email)
    with browser.session_transaction() as cookie:
        assert "planted" not in cookie


@pytest.mark.parametrize("column", ["last_used_at", "started_at"])
def test_a_session_left_alone_or_too_old_is_over(sign_in: SignIn, person: Person, column: str) -> None:
    browser = sign_in(person)
    assert browser.get("/").status_code == 200
    db.session.execute(update(WebSession).values({column: an_instant() - timedelta(hours=13)}))
    db.session.commit()
    assert browser.get("/").status_code == 302


def test_somebody_deactivated_is_out_with_the_next_click(sign_in: SignIn, person: Person) -> None:
    browser = sign_in(person)
    db.session.execute(update(Person).values(deactivated_at=an_instant()))
    db.session.commit()
    assert browser.get("/").status_code == 302


def test_the_door_refuses_a_form_of_another_site(browser: FlaskClient, person: Person) -> None:
    answer = browser.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert db.session.scalars(select(WebSession)).all() == []


def test_the_eleventh_try_within_a_minute_waits(browser: FlaskClient, person: Person) -> None:
    statuses = [enter(browser, person.email, f"wrong {n}").status_code for n in range(11)]  # type: ignore[attr-defined]
    assert statuses == [422] * 10 + [429]
