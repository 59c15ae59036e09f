"""The schema that tests and production use is the one that the migrations make."""

import re

import flask_migrate
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tumorboard.storage import migrate, schema
from tumorboard.storage.db import db
from tumorboard.tree import MIGRATIONS


def test_models_and_migrations_agree(owner_app: Flask) -> None:
    with owner_app.app_context():
        flask_migrate.check(directory=str(MIGRATIONS))


def test_every_migration_goes_down_and_up_again(owner_app: Flask) -> None:
    with owner_app.app_context():
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
        assert not schema.is_up_to_date()
        migrate.upgrade()
        assert schema.is_up_to_date()


def test_migrations_are_numbered_without_a_gap() -> None:
    names = sorted(file.name for file in (MIGRATIONS / "versions").glob("*.py"))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_the_audit_cannot_be_changed_or_cut_by_its_owner(owner_app: Flask) -> None:
    with owner_app.app_context():
        refused = refusals_of_the_audit()
    assert all("append-only" in words for words in refused)
    assert len(refused) == 3


def test_the_audit_cannot_be_changed_or_cut_by_the_service(app: Flask) -> None:
    refused = refusals_of_the_audit()
    assert all("permission denied" in words for words in refused)
    assert len(refused) == 3


def refusals_of_the_audit() -> list[str]:
    insert = (
        "INSERT INTO audit_entry (at, act, patient_ids, subject_ids, details, request_id, address)"
        " VALUES (now(), 'signed_in', '{}', '{}', '{}', '', '')"
    )
    with db.engine.begin() as connection:
        connection.execute(text(insert))
    refused = []
    for attempt in ("UPDATE audit_entry SET address = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
        with db.engine.connect() as connection:
            try:
                connection.execute(text(attempt))
            except DBAPIError as error:
                refused.append(str(error))
    return refused
