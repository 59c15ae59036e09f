"""Whether the time of an answer tells who has an account: somebody's against nobody's, within 5 % (trust.md, 19)."""

from collections.abc import Callable, Iterator
from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import update

from benchmarks.figure import Figure, in_turns, seconds
from benchmarks.ground import Ground
from tumorboard.storage.db import db
from tumorboard.storage.models import Person
from tumorboard.web.limits import limiter

SOMEBODY, NOBODY = "r.hazelden@larkmoor.example", "r.haselden@larkmoor.example"
TRIES = 30


def figures(ground: Ground) -> Iterator[Figure]:
    """The door's two questions, each asked 30 times a round for the one and the other."""
    limiter.enabled, ground.app.config["WTF_CSRF_ENABLED"] = False, False
    browser = ground.app.test_client()
    for name, ask in (
        ("wrong password, somebody's / nobody's (0.95 to 1.05)", _sign_in),
        ("forgotten password, somebody's / nobody's (0.95 to 1.05)", _forget),
    ):
        ours, floor = in_turns(*(partial(_timed, ground, partial(ask, browser, email)) for email in (SOMEBODY, NOBODY)))
        yield Figure(name, ours, floor)
    limiter.enabled, ground.app.config["WTF_CSRF_ENABLED"] = True, True


def _timed(ground: Ground, ask: Callable[[], None]) -> float:
    """The seconds of one answer, each as if none had been asked before."""
    spent = 0.0
    for _ in range(TRIES):
        with ground.app.app_context():
            db.session.execute(update(Person).values(failures=0, failed_at=None))
            db.session.commit()
        spent += seconds(ask)
    return spent / TRIES


def _sign_in(browser: FlaskClient, email: str) -> None:
    browser.post("/sign-in", data={"email": email, "password": "not the password of anybody"})


def _forget(browser: FlaskClient, email: str) -> None:
    browser.post("/forgotten-password", data={"email": email})
