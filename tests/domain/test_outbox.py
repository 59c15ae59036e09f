"""Claims, fates and what happens to the claims of workers that died."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, select, text, update

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor, an_instant
from tumorboard.domain import agenda, meetings, outbox
from tumorboard.storage.db import db
from tumorboard.storage.models import Delivery, Meeting, Notice, Person
from tumorboard.storage.models.worker import WORKER_LOCKS
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, NoticeKind, NoticeState

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def published(coordinator: Person) -> Meeting:
    """One member, so that two notices are owed: an invitation and the agenda."""
    meeting = a_meeting(a_board((coordinator, BoardRole.COORDINATOR)))
    a_listed_case(meeting, a_case(meeting.board, coordinator))
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    return meeting


@pytest.fixture
def worker(app: Flask) -> Iterator[int]:
    """A worker that lives as long as the test."""
    with transaction():
        number = outbox.enlist(an_instant())
    with db.engine.connect() as connection:
        connection.detach()  # its end is the end of the lock
        hold_lock(connection, number)
        yield number


def hold_lock(connection: Connection, number: int) -> None:
    connection.execute(text("SELECT pg_advisory_lock(:locks, :number)"), {"locks": WORKER_LOCKS, "number": number})


def claim(worker: int) -> list[UUID]:
    with transaction():
        return outbox.claim(worker)


def begin(notice_id: UUID, worker: int) -> Notice | None:
    with transaction():
        return outbox.begin_sending(notice_id, worker)


def notice(notice_id: UUID) -> Notice:
    return db.session.get_one(Notice, notice_id, populate_existing=True)


def invitation() -> Notice:
    query = select(Notice).where(Notice.kind == NoticeKind.INVITATION)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def test_what_one_worker_has_claimed_no_other_gets(published: Meeting, worker: int) -> None:
    assert len(claim(worker)) == 2
    assert claim(worker + 1) == []


def test_claims_of_a_worker_that_died_are_free_at_once_and_those_of_a_living_one_stay(
    published: Meeting, worker: int
) -> None:
    claim(worker)
    with transaction():
        assert outbox.free_lost_claims() == 0
    dead = worker + 1000
    db.session.execute(update(Notice).values(claimed_by=dead))
    db.session.commit()
    with transaction():
        assert outbox.free_lost_claims() == 2
    assert len(claim(worker)) == 2


def test_a_frozen_worker_loses_its_claim_with_its_lease_and_may_not_begin(published: Meeting, worker: int) -> None:
    [first, _] = claim(worker)
    db.session.execute(update(Notice).values(lease_until=an_instant() - timedelta(seconds=1)))
    db.session.commit()
    with transaction():
        outbox.free_lost_claims()
    assert begin(first, worker) is None


def test_a_worker_that_dies_after_it_began_leaves_unknown_and_the_same_facts_go_out_again(
    published: Meeting, worker: int
) -> None:
    claim(worker)
    before = invitation()
    facts = (before.sequence, before.dtstamp, before.facts)
    begin(before.id, worker)
    db.session.execute(update(Notice).values(claimed_by=worker + 1000))
    db.session.commit()
    with transaction():
        outbox.free_lost_claims()
    after = invitation()
    assert after.state is NoticeState.UNKNOWN
    assert after.id in claim(worker)
    assert (after.sequence, after.dtstamp, after.facts) == facts


def test_a_claimed_mail_that_a_move_overtakes_is_not_sent(published: Meeting, coordinator: Person, worker: int) -> None:
    claim(worker)
    stale = invitation().id
    with transaction():
        later = published.starts_at + timedelta(hours=1), published.ends_at + timedelta(hours=1)
        act = replace(meetings.as_it_is(published), starts_at=later[0], ends_at=later[1])
        meetings.move(published, act, an_actor(coordinator), mails_wait=timedelta(0))
    assert begin(stale, worker) is None
    assert notice(stale).state is NoticeState.CANCELLED


def test_while_one_mail_of_a_calendar_entry_is_in_flight_the_next_one_waits(
    published: Meeting, coordinator: Person, worker: int
) -> None:
    claim(worker)
    in_flight = invitation().id
    begin(in_flight, worker)
    with transaction():
        later = published.starts_at + timedelta(hours=1), published.ends_at + timedelta(hours=1)
        act = replace(meetings.as_it_is(published), starts_at=later[0], ends_at=later[1])
        meetings.move(published, act, an_actor(coordinator), mails_wait=timedelta(0))
    assert claim(worker) == []
    with transaction():
        outbox.mark_sent(in_flight, worker, "250 OK")
    [moved] = claim(worker)
    assert notice(moved).kind is NoticeKind.MOVED


def test_refused_for_now_waits_longer_each_time_and_ends_as_failed_after_two_days(
    published: Meeting, worker: int
) -> None:
    assert [round(outbox.distance(tries) / timedelta(minutes=1)) in span for tries, span in SPANS] == [True] * len(
        SPANS
    )
    [first, _] = claim(worker)
    begin(first, worker)
    with transaction():
        outbox.mark_refused_for_now(first, worker, "451 later")
    assert (notice(first).state, notice(first).server_said) == (NoticeState.RETRYING, "451 later")
    db.session.execute(update(Notice).values(created_at=an_instant() - timedelta(hours=49), due_at=an_instant()))
    db.session.commit()
    assert first in claim(worker)
    begin(first, worker)
    with transaction():
        outbox.mark_refused_for_now(first, worker, "451 later still")
    assert (notice(first).state, notice(first).attempts) == (NoticeState.FAILED, 2)


SPANS = [(1, range(3)), (2, range(4, 7)), (3, range(12, 19)), (4, range(48, 73)), (99, range(192, 289))]


def test_a_refusal_of_us_stops_sending_fails_nothing_and_one_success_starts_it_again(
    published: Meeting, worker: int
) -> None:
    [first, second] = claim(worker)
    begin(first, worker)
    with transaction():
        outbox.hold_delivery(first, worker, "535 wrong password")
        outbox.give_back([second], worker)
    assert notice(first).state is NoticeState.RETRYING
    assert claim(worker) == []
    db.session.execute(update(Delivery).values(retry_at=an_instant() - timedelta(seconds=1)))
    db.session.commit()
    [tested] = claim(worker)
    begin(tested, worker)
    with transaction():
        outbox.mark_sent(tested, worker, "250 OK")
    assert len(claim(worker)) == 1


def test_a_mail_that_cannot_be_written_fails_after_some_tries_and_stops_no_other(
    published: Meeting, worker: int
) -> None:
    poisoned = claim(worker)[0]
    for _ in range(outbox.OWN_ERRORS):
        begin(poisoned, worker)
        with transaction():
            outbox.mark_unwritten(poisoned, worker, "This mail could not be written.")
        db.session.execute(update(Notice).where(Notice.due_at.is_not(None)).values(due_at=an_instant()))
        db.session.commit()
        claim(worker)
    assert notice(poisoned).state is NoticeState.FAILED
