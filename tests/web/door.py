"""What the tests of the door share: somebody with a password and an app for codes, and the steps they take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import a_person, an_actor, an_instant
from tests.web.pages import filled_in
from tumorboard.domain import second_factors, web_sessions
from tumorboard.domain.passwords import hash_password
from tumorboard.storage.db import db
from tumorboard.storage.models import Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Office

PASSWORD = "correct horse battery staple"
_LONG_AGO = timedelta(minutes=10)


@dataclass(frozen=True)
class Owner:
    """Somebody who can sign in whole."""

    person: Person
    app: pyotp.TOTP
    recovery_codes: list[str]

    def code(self, at: datetime | None = None) -> str:
        return self.app.at(at or an_instant())


def password_hash() -> str:
    """Of ``PASSWORD``."""
    return hash_password(PASSWORD)


def an_owner(*, office: Office | None = None) -> Owner:
    """With a password, an app whose last code is ten minutes old, and eight recovery codes."""
    person = a_person(password_hash=password_hash(), office=office)
    person.joined_at = an_instant()
    by = an_actor(person, an_instant() - _LONG_AGO)
    with transaction():
        _, session = web_sessions.start(by)
        db.session.flush()
        app = pyotp.TOTP(second_factors.offered(session))
        assert second_factors.use_app(session, app.at(by.at), by)
        db.session.delete(session)
        codes = second_factors.new_recovery_codes(by)
    return Owner(person, app, codes)


def send(browser: FlaskClient, page: str, action: str = "", **typed: str) -> TestResponse:
    """Opens ``page``, fills in its form that posts to ``action`` (or to the page itself) and sends it."""
    action = action or page
    return browser.post(action, data=filled_in(browser.get(page).text, action) | typed)


def enter(browser: FlaskClient, email: str, password: str = PASSWORD, to: str = "") -> TestResponse:
    """The first step: e-mail and password."""
    return send(browser, f"/sign-in?next={to}", "/sign-in", email=email, password=password)


def enter_whole(browser: FlaskClient, owner: Owner, to: str = "") -> TestResponse:
    """Both steps; a second one of the same half minute needs another code."""
    assert enter(browser, owner.person.email, to=to).location == "/sign-in/code"
    return send(browser, "/sign-in/code", code=owner.code())


def forget_codes(owner: Owner) -> None:
    """As if some minutes had passed since the last code."""
    totp = second_factors.factors_of(owner.person).totp
    assert totp is not None
    totp.last_step = totp.tries = 0
    db.session.commit()
