"""Which worker this process is. It holds an advisory lock on a connection of its own for as long as it lives."""

import os

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tumorboard import clock
from tumorboard.domain import outbox
from tumorboard.storage.db import db
from tumorboard.storage.models.worker import WORKER_LOCKS
from tumorboard.storage.transaction import transaction

_held: dict[int, tuple[int, Connection]] = {}
"""This process's id to its worker number and the connection that holds the lock; a fork begins anew."""


def number() -> int:
    """This process's worker number; a new one after its connection, and so its lock, was lost."""
    known = _held.get(os.getpid())
    if known is not None and _lives(known[1]):
        return known[0]
    with transaction():
        worker = outbox.enlist(clock.now())
    connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    connection.execute(text("SELECT pg_advisory_lock(:locks, :worker)"), {"locks": WORKER_LOCKS, "worker": worker})
    _held[os.getpid()] = (worker, connection)
    return worker


def _lives(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
    except DBAPIError:
        connection.invalidate()
        return False
    return True
