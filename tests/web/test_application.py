"""What the application does around every view."""

import re
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import select

from tests.conftest import Servers, SignIn
from tests.factories import a_board, a_person
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.storage.db import db
from tumorboard.storage.models import Board
from tumorboard.storage.transaction import transaction
from tumorboard.web import assets
from tumorboard.web.access import public
from tumorboard.web.application import Application


def test_two_acts_that_meet_in_a_deadlock_both_succeed(app: Flask) -> None:
    first, second = a_board(), a_board()
    both_hold_one = Barrier(2)
    crossing = Application("crossing")
    crossing.config.update(app.config)
    db.init_app(crossing)
    waited: set[int] = set()

    @crossing.get("/<uuid:one>/<uuid:other>")
    @public
    def cross(one: object, other: object) -> str:
        with transaction():
            db.session.execute(select(Board.id).where(Board.id == one).with_for_update())
            if hash(one) not in waited:
                waited.add(hash(one))
                both_hold_one.wait(10)
            db.session.execute(select(Board.id).where(Board.id == other).with_for_update())
        return "done"

    answers: list[int] = []

    def ask(one: object, other: object) -> None:
        answers.append(crossing.test_client().get(f"/{one}/{other}").status_code)

    threads = [Thread(target=ask, args=pair) for pair in ((first.id, second.id), (second.id, first.id))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with crossing.app_context():
        db.engine.dispose()
    assert answers == [200, 200]


def test_every_answer_carries_the_policy_and_is_not_kept(app: Flask, sign_in: SignIn) -> None:
    for address in ("/", "/sign-in", "/nothing-here"):
        answer = sign_in(a_person()).get(address)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_styles_and_scripts_are_kept_for_good_at_an_address_that_changes_with_them(app: Flask) -> None:
    browser = app.test_client()
    page = browser.get("/sign-in").text
    linked = re.findall(r'(?:href|src)="([^"]*static[^"#]*)', page)
    assert {address.rpartition(".")[2].partition("?")[0] for address in linked} >= {"css", "js", "svg"}
    for address in linked:
        with browser.get(address) as answer:
            kept = (answer.status_code, answer.headers["Cache-Control"])
        assert kept == (200, "public, max-age=31536000, immutable")
        assert assets.address() in address or "?v=" in address
    missing = browser.get(f"{assets.address()}/css/none.css")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


def test_a_stranger_s_host_name_is_refused(servers: Servers) -> None:
    choosy = create_app(load_settings(servers.environment | {"TUMORBOARD_TRUSTED_HOSTS": "127.0.0.1"}))
    assert choosy.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
