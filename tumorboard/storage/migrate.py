"""Brings the schema up to date. Only this loads Alembic, which neither the web nor a worker needs."""

from flask import current_app
from flask_migrate import Migrate
from flask_migrate import upgrade as _upgrade

from tumorboard.storage.db import db
from tumorboard.tree import MIGRATIONS

_migrate = Migrate(db=db)


def upgrade() -> None:
    """Applies what is missing; two at once come one after the other. Needs an application context."""
    if "migrate" not in current_app.extensions:
        _migrate.init_app(current_app, directory=str(MIGRATIONS))
    _upgrade(directory=str(MIGRATIONS), revision="head")
