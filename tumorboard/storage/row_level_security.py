"""The second wall: the database itself shows patients, cases and their files to whoever may see them (trust.md 5).

The policies of migrations 0008 and 0019 ask ``sees_case``, as ``visible_to`` does. Whom they ask about is told at the
beginning of each transaction and ends with it, so that a connection takes nothing of it back to the pool. A request
begins with nobody; workers and the command line, who show nothing to anybody, stand beyond the wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import SessionTransaction

from tumorboard.storage.db import db

_READER = "reader"
_TELL = text(
    "SELECT set_config('app.person', :person, true), set_config('app.at', :at, true),"
    " set_config('app.beyond_sight', :beyond, true)"
)


@dataclass(frozen=True)
class _Reader:
    """Who looks at the rows from this session, and when."""

    person_id: UUID | None = None
    at: datetime | None = None
    beyond_sight: bool = False


_THE_SERVICE = _Reader(beyond_sight=True)


def show_to(person_id: UUID | None, at: datetime) -> None:
    """From here on this session sees what this person may see at that instant; nobody sees nothing."""
    _look_as(_Reader(person_id, at))


@contextmanager
def beyond_sight() -> Iterator[None]:
    """Inside, every patient and case is there: for what must not depend on who does it, such as whom a meeting invites.

    What is found this way is shown to nobody before ``permissions.demand`` has been asked.
    """
    reader = _reader()
    _look_as(replace(reader, beyond_sight=True))
    try:
        yield
    except DBAPIError:
        with suppress(DBAPIError):  # of a transaction that can only be rolled back, and its settings with it
            _look_as(reader)
        raise
    except BaseException:
        _look_as(reader)
        raise
    _look_as(reader)


def _reader() -> _Reader:
    reader: _Reader = db.session.info.get(_READER, _THE_SERVICE)
    return reader


def _look_as(reader: _Reader) -> None:
    if reader == _reader():
        return
    db.session.info[_READER] = reader
    if db.session().in_transaction() and db.session().is_active:
        _tell(db.session.connection(), reader)


@event.listens_for(Session, "after_begin")
def _at_the_beginning(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        _tell(connection, session.info.get(_READER, _THE_SERVICE))


def _tell(connection: Connection, reader: _Reader) -> None:
    told = {
        "person": str(reader.person_id or ""),
        "at": reader.at.isoformat() if reader.at else "",
        "beyond": "on" if reader.beyond_sight else "",
    }
    connection.execute(_TELL, told)
