"""Row-level security: who is shown which rows, and that neither an error nor the pool carries it further."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.factories import a_board, a_case, a_person
from tumorboard import clock
from tumorboard.storage import row_level_security
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Patient, Person
from tumorboard.storage.row_level_security import beyond_sight


@pytest.fixture
def submitter(app: Flask) -> Person:
    """Who submitted one of two cases of two patients."""
    person, board = a_person(), a_board()
    a_case(board, person)
    a_case(board, a_person())
    db.session.commit()
    return person


def shown() -> tuple[int, int]:
    """How many cases and how many patients this session is shown."""
    counts = [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Case, Patient)]
    return counts[0], counts[1]


def test_somebody_sees_their_own_nobody_nothing_and_the_service_all(submitter: Person) -> None:
    assert shown() == (2, 2)
    row_level_security.show_to(submitter.id, clock.now())
    assert shown() == (1, 1)
    row_level_security.show_to(None, clock.now())
    assert shown() == (0, 0)


def test_the_next_transaction_is_shown_the_same(submitter: Person) -> None:
    row_level_security.show_to(submitter.id, clock.now())
    db.session.commit()
    assert shown() == (1, 1)
    db.session.rollback()
    assert shown() == (1, 1)


def test_a_connection_of_which_nobody_told_shows_nothing(submitter: Person) -> None:
    row_level_security.show_to(submitter.id, clock.now())
    assert shown() == (1, 1)
    db.session.remove()
    with db.engine.connect() as connection:  # the one that the session has just given back
        assert connection.scalar(text('SELECT count(*) FROM "case"')) == 0
        assert connection.scalar(text("SELECT count(*) FROM patient")) == 0


def test_beyond_sight_ends_where_it_ends(submitter: Person) -> None:
    row_level_security.show_to(submitter.id, clock.now())
    with beyond_sight():
        assert shown() == (2, 2)
    assert shown() == (1, 1)
    with pytest.raises(ZeroDivisionError), beyond_sight():
        assert 1 / 0
    assert shown() == (1, 1)


def test_beyond_sight_ends_with_an_error_of_the_database_that_is_told_as_it_was(submitter: Person) -> None:
    row_level_security.show_to(submitter.id, clock.now())
    with pytest.raises(DBAPIError, match="division by zero"), beyond_sight():
        db.session.execute(text("SELECT 1 / 0"))
    db.session.rollback()
    assert shown() == (1, 1)


def test_what_is_not_shown_cannot_be_changed(submitter: Person) -> None:
    row_level_security.show_to(submitter.id, clock.now())
    for table, changed in (('"case"', 1), ("patient", 1)):
        done = db.session.execute(text(f"UPDATE {table} SET created_at = created_at"))
        assert done.rowcount == changed  # type: ignore[attr-defined]  # a cursor's result has it
