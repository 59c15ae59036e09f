"""Real servers for every test: PostgreSQL, Valkey and an SMTP server, one of each for every parallel runner."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.factories import an_actor
from tumorboard.app import create_app
from tumorboard.config import Settings, load_settings
from tumorboard.demo.mailbox import Mailbox
from tumorboard.demo.postgres import EmbeddedPostgres
from tumorboard.demo.valkey import EmbeddedValkey
from tumorboard.domain import passwords, web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.storage import migrate
from tumorboard.storage.db import Base, db
from tumorboard.storage.models import Person
from tumorboard.storage.transaction import transaction

TOLD = "told"

hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")
"""A change passes or fails by what it changes; to search anew: pytest --hypothesis-profile=default."""


def pytest_xdist_auto_num_workers() -> int:
    """One runner more than there are processors: some wait for a browser, or for what a test broke on purpose."""
    return (os.cpu_count() or 1) + 1


Tell = Callable[[object], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Prints what a test has counted, in a line at the end of the run, whichever runner counted it."""
    return lambda counted: record_property(TOLD, str(counted))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for each in terminalreporter.stats.values() for report in each]
    ended = [report for report in reports if isinstance(report, pytest.TestReport) and report.when == "call"]
    told = {words: None for report in ended for name, words in report.user_properties if name == TOLD}
    if told:
        terminalreporter.section("counted")
    for words in sorted(told):
        terminalreporter.write_line(words)


@dataclass(frozen=True)
class Servers:
    """What the service talks to, and the environment that tells it so."""

    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    mailbox: Mailbox
    environment: dict[str, str]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    folder = Path(tempfile.mkdtemp(prefix="tumorboard-test-"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres", durable=False))
        valkey = stack.enter_context(EmbeddedValkey(folder / "valkey", durable=False))
        mailbox = stack.enter_context(Mailbox(folder / "mail"))
        yield Servers(postgres, valkey, mailbox, test_environment(postgres.service_url, valkey.url, mailbox.url))


def test_environment(database_url: str, redis_url: str, smtp_url: str) -> dict[str, str]:
    """The settings of a service on these servers, waiting a second where people may still undo."""
    return {
        "TUMORBOARD_ENVIRONMENT": "test",
        "TUMORBOARD_DATABASE_URL": database_url,
        "TUMORBOARD_REDIS_URL": redis_url,
        "TUMORBOARD_SMTP_URL": smtp_url,
        "TUMORBOARD_BASE_URL": "http://127.0.0.1:8000",
        "TUMORBOARD_SECRET_KEY": os.urandom(32).hex(),
        "TUMORBOARD_DATA_KEY": os.urandom(32).hex(),
        "TUMORBOARD_MAIL_FROM": "boards@larkmoor.example",
    }


test_environment.__test__ = False  # type: ignore[attr-defined]  # no test, although it says so


@pytest.fixture(scope="session")
def settings(servers: Servers) -> Settings:
    return load_settings(servers.environment)


@pytest.fixture(scope="session", autouse=True)
def production_hasher() -> Iterator[PasswordHasher]:
    """What keeps passwords in production, slow on purpose; in the tests a quick one takes its place."""
    hasher, passwords.hasher = passwords.hasher, PasswordHasher.from_parameters(CHEAPEST)
    yield hasher
    passwords.hasher = hasher


class Browser(FlaskClient):
    """Asks in a context of its own, as browsers do: no request shares ``g`` or a session with the test or another."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer: TestResponse = Context().run(super().open, *args, **kwargs)
        return answer


@pytest.fixture(scope="session")
def owner_app(servers: Servers) -> Iterator[Flask]:
    """The application as the owner of the tables runs it to migrate; row-level security does not hold for the owner."""
    app = create_app(load_settings(servers.environment | {"TUMORBOARD_DATABASE_URL": servers.postgres.url}))
    with app.app_context():
        migrate.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def migrated_app(owner_app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application as it serves, on a schema that came from the migrations."""
    app = create_app(settings)
    app.test_client_class = Browser
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask, owner_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, inside its context."""
    with migrated_app.app_context():
        yield migrated_app
        db.session.remove()
    with owner_app.app_context():
        empty_database()


def empty_database() -> None:
    """Forgets every row. DELETE, since TRUNCATE writes new files for each table and makes every plan anew.

    The audit's trigger and the order of foreign keys stand aside for the owner's replication role alone.
    """
    forget = ";".join(f'DELETE FROM "{table}"' for table in Base.metadata.tables)
    with db.engine.begin() as connection:
        connection.execute(text(f"SET LOCAL session_replication_role = replica; {forget}"))
        connection.execute(text("INSERT INTO delivery (id, server_said) VALUES (1, '')"))


SignIn = Callable[[Person], FlaskClient]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """A browser in which this person is signed in."""

    def browser_of(person: Person) -> FlaskClient:
        with transaction():
            by = an_actor(person)
            _, session = web_sessions.start(by)
            token = web_sessions.confirm(session, by)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    return browser_of


__all__ = ["Actor", "Servers", "SignIn", "Tell"]
