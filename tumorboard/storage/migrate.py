"""Brings the schema up to date, and says whether it is."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade as _upgrade

from tumorboard.storage.db import db

MIGRATIONS = "migrations"


def upgrade() -> None:
    """Applies what is missing; two at once come one after the other. Needs an application context."""
    _upgrade(directory=_folder(), revision="head")


def is_up_to_date() -> bool:
    """Whether the database has the newest migration."""
    newest = ScriptDirectory(_folder()).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def _folder() -> str:
    return str(current_app.extensions["migrate"].directory)
