"""Which migrations there are, and which one the database has."""

from pathlib import Path

from sqlalchemy import inspect, text

from tumorboard.storage.db import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def newest_migration() -> str:
    """The number of the newest migration: its file is ``0001_first_tables.py``, its revision ``0001``."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_up_to_date() -> bool:
    """Whether the database has the newest migration."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        present: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return present == newest_migration()
