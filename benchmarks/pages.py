"""Pages against a bare Flask view with one indexed query: the floor of speed.md."""

from collections.abc import Iterator
from functools import partial

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks.figure import Figure, in_turns, seconds
from benchmarks.ground import Ground
from tumorboard import clock
from tumorboard.domain import web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, Meeting, Person
from tumorboard.storage.transaction import transaction

REQUESTS = 40


def figures(ground: Ground) -> Iterator[Figure]:
    """The coordinator's pages, each 40 times a round."""
    browser, meeting_id = _coordinator(ground.app)
    floor = _floor(ground.app)
    for name, address in (
        ("agenda page / floor with one query (reach 4.0)", f"/meetings/{meeting_id}/agenda"),
        ("queue page / floor with one query (reach 3.0)", "/queue"),
        ("Today / floor with one query", "/"),
    ):
        ours, bare = in_turns(partial(_ask, browser, address), partial(_ask, floor, "/"))
        yield Figure(name, ours, bare)


def _ask(browser: FlaskClient, address: str) -> float:
    def ask() -> None:
        for _ in range(REQUESTS):
            browser.get(address)

    return seconds(ask) / REQUESTS


def _coordinator(app: Flask) -> tuple[FlaskClient, object]:
    with app.app_context(), transaction():
        person = db.session.scalars(select(Person).where(Person.email == "r.hazelden@larkmoor.example")).one()
        by = Actor(person, clock.now(), "bench", "127.0.0.1")
        _, session = web_sessions.start(by)
        token = web_sessions.confirm(session, by)
        listed = select(Meeting.id).join(AgendaItem).where(Meeting.state == "planned").order_by(Meeting.starts_at)
        meeting_id = db.session.scalars(listed).first()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    return browser, meeting_id


def _floor(app: Flask) -> FlaskClient:
    bare = Flask("floor")
    bare.config["SQLALCHEMY_DATABASE_URI"] = app.config["SQLALCHEMY_DATABASE_URI"]
    db.init_app(bare)

    @bare.get("/")
    def one_query() -> str:
        person = db.session.scalars(select(Person).where(Person.email == "r.hazelden@larkmoor.example")).one()
        return f"<p>{person.family_name}</p>"

    return bare.test_client()
