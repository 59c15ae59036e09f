"""What a column of the vocabulary's words may hold, changed word by word."""

import re

import sqlalchemy as sa
from alembic import op


def allow(table: str, column: str, constraint: str, *words: str) -> None:
    """From now on the column holds these words too."""
    _restate(table, column, constraint, [*_allowed(table, constraint), *words])


def disallow(table: str, column: str, constraint: str, *words: str) -> None:
    """Undoes ``allow``. Fails where a row holds one of the words: what it says would be lost."""
    _restate(table, column, constraint, [word for word in _allowed(table, constraint) if word not in words])


def _allowed(table: str, constraint: str) -> list[str]:
    query = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    definition = op.get_bind().scalar(query, {"name": f"ck_{table}_{constraint}"})
    return re.findall("'([a-z0-9_]+)'", definition)


def _restate(table: str, column: str, constraint: str, words: list[str]) -> None:
    name = op.f(f"ck_{table}_{constraint}")
    op.drop_constraint(name, table)
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(name, table, f"{column} IN ({listed})")
