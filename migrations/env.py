"""Runs migrations one at a time, and gives up rather than queue behind a long transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, create_engine, text

from tumorboard.storage.db import Base

ONE_AT_A_TIME = 7127
"""The advisory lock that a migration holds."""


def _run(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
    connection.execute(text("SET lock_timeout = '2s'"))
    connection.execute(text("SET statement_timeout = '15min'"))
    connection.commit()
    context.configure(
        connection=connection, target_metadata=Base.metadata, compare_type=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


engine = create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"], hide_parameters=True)
with engine.connect() as connection:
    _run(connection)
engine.dispose()
