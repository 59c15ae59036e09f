"""A service with the demo's hospital on embedded servers, in this process."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tumorboard import clock
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.hospital.seed import seed_if_empty
from tumorboard.demo.mailbox import Mailbox
from tumorboard.demo.postgres import EmbeddedPostgres
from tumorboard.demo.valkey import EmbeddedValkey
from tumorboard.logs import start_logging
from tumorboard.storage import migrate
from tumorboard.storage.db import db


@dataclass(frozen=True)
class Ground:
    app: Flask
    mailbox: Mailbox
    environment: Mapping[str, str]
    owner_url: str
    """The database as the owner of its tables."""


@contextmanager
def standing_service(folder: Path, environ: Mapping[str, str]) -> Iterator[Ground]:
    """A durable PostgreSQL, as in production: what a commit costs is part of every figure."""
    with (
        EmbeddedPostgres(folder / "postgres") as postgres,
        EmbeddedValkey(folder / "valkey", durable=False) as valkey,
        Mailbox(folder / "mail") as mailbox,
    ):
        environment = {
            "TUMORBOARD_ENVIRONMENT": "test",
            "TUMORBOARD_DATABASE_URL": postgres.service_url,
            "TUMORBOARD_REDIS_URL": valkey.url,
            "TUMORBOARD_SMTP_URL": mailbox.url,
            "TUMORBOARD_BASE_URL": "http://127.0.0.1:8000",
            "TUMORBOARD_SECRET_KEY": secrets.token_urlsafe(48),
            "TUMORBOARD_DATA_KEY": secrets.token_urlsafe(48),
            "TUMORBOARD_MAIL_FROM": "boards@larkmoor.example",
            "TUMORBOARD_LOG_LEVEL": "ERROR",
        }
        start_logging("ERROR")
        with create_app(load_settings(environment | {"TUMORBOARD_DATABASE_URL": postgres.url})).app_context():
            migrate.upgrade()
            seed_if_empty(clock.now())
            db.engine.dispose()
        app = create_app(load_settings(environment))
        yield Ground(app, mailbox, {**environ, **environment}, postgres.url)
        with app.app_context():
            db.engine.dispose()
        postgres.remove()
