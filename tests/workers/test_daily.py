"""Board certifications that end: told once to each, however often and at once it is looked at."""

from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.factories import a_board, a_person, an_instant
from tumorboard.domain import certifications
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind


def tell(app: Flask, days: int) -> None:
    with app.app_context(), transaction():
        certifications.tell_of_certifications(an_instant() + timedelta(days=days))


@pytest.fixture
def readers(app: Flask) -> set[object]:
    """Somebody whose certification ends in 61 days, and the coordinator of their board."""
    person, coordinator = a_person(time_zone="UTC"), a_person()
    person.certified_until = (an_instant() + timedelta(days=61)).date()
    a_board((coordinator, BoardRole.COORDINATOR), (person, BoardRole.CORE))
    a_board((a_person(), BoardRole.COORDINATOR))
    db.session.commit()
    return {person.id, coordinator.id}


def test_it_is_told_60_30_and_7_days_before_to_the_person_and_their_coordinators(
    app: Flask, readers: set[object]
) -> None:
    told = []
    for day in (0, 1, 1, 2, 30, 31, 40, 54, 55, 61, 62, 70):
        tell(app, day)
        told.append(len(db.session.scalars(select(Notice)).all()))
    assert told == [0, 2, 2, 2, 2, 4, 4, 6, 6, 6, 6, 6]
    assert set(db.session.scalars(select(Notice.person_id))) == readers


def test_two_workers_at_once_tell_it_once(app: Flask, readers: set[object]) -> None:
    workers = [Thread(target=tell, args=(app, 5)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(db.session.scalars(select(Notice)).all()) == 2


def test_who_muted_it_is_not_told(app: Flask, readers: set[object]) -> None:
    with transaction():
        db.session.execute(update(Person).values(muted=[NoticeKind.CERTIFICATION_ENDS.value]))
    tell(app, 5)
    assert db.session.scalars(select(Notice)).all() == []
