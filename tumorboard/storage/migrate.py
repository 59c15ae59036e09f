"""Brings the schema up to date. Only this loads Alembic, which neither the web nor a worker needs."""

from flask import current_app
from flask_migrate import Migrate
from flask_migrate import upgrade as _upgrade
from sqlalchemy import text

from tumorboard.config import ConfigurationError
from tumorboard.storage.db import db
from tumorboard.tree import MIGRATIONS

NO_ROLE = "PostgreSQL has no role that serves. Make it, then migrate again: CREATE ROLE tb_app LOGIN PASSWORD '…'"
_migrate = Migrate(db=db)


def upgrade() -> None:
    """Applies what is missing, and grants what there is to the role that serves. Needs an application context.

    Two at once come one after the other. Raises ``ConfigurationError`` where there is no role to serve.
    """
    if "migrate" not in current_app.extensions:
        _migrate.init_app(current_app, directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        if not connection.scalar(text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tb_app')")):
            raise ConfigurationError(NO_ROLE)
    _upgrade(directory=str(MIGRATIONS), revision="head")
    with db.engine.begin() as connection:
        connection.exec_driver_sql((MIGRATIONS / "grants.sql").read_text(encoding="utf-8"))
