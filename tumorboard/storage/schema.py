"""Whether the database has the tables that this version of the service knows."""

from sqlalchemy import inspect, text

from tumorboard.storage.db import db
from tumorboard.tree import newest_migration


def is_up_to_date() -> bool:
    """Whether the database has the newest migration."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        present: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return present == newest_migration()
