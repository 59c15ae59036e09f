"""Questions about workers."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, column, select, text
from sqlalchemy.orm import InstrumentedAttribute

from tumorboard.storage.models.worker import WORKER_LOCKS

_LIVING = (
    text(
        "SELECT objid::bigint AS number FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = :locks"
    )
    .bindparams(locks=WORKER_LOCKS)
    .columns(column("number", BigInteger))
    .subquery("living")
)
"""The workers that hold their advisory lock."""


def is_dead(claimed_by: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether the worker of this number does not live any more."""
    return claimed_by.not_in(select(_LIVING.c.number))
