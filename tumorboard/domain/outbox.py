"""The worker's side of the outbox: claim what is due, say before each sending that it begins, mark each one's fate.

A notice may be sent twice, by a worker that dies between the server's answer and the mark; the receiver folds the
repeat since Message-ID, UID, SEQUENCE and DTSTAMP are stored facts. It is never lost: only a mark ends it. The
database's clock counts, since workers' clocks differ.
"""

import random
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from tumorboard.storage.db import db
from tumorboard.storage.models import Delivery, Meeting, Notice, Worker
from tumorboard.storage.queries.workers import is_dead
from tumorboard.vocabulary import NoticeState

BATCH = 25
LEASE = timedelta(minutes=5)
"""How long a claim of a frozen worker stands; a dead one's ends with its database connection."""
STEPS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240))
"""Distances between tries; the last one repeats."""
GIVE_UP_AFTER = timedelta(hours=48)
REPEAT_UNKNOWN_AFTER = timedelta(minutes=10)
OWN_ERRORS = 8
"""How often a mail that we cannot write is tried before it counts as failed."""
HOLD = timedelta(minutes=5)
"""How long sending rests when the server refuses us; then one notice is tried."""

_NOW = func.clock_timestamp()
_UNSENT = (NoticeState.OWED, NoticeState.RETRYING, NoticeState.UNKNOWN)


def enlist(at: datetime) -> int:
    """A new worker's number; it must then hold the advisory lock ``(WORKER_LOCKS, number)`` while it lives."""
    worker = Worker(started_at=at)
    db.session.add(worker)
    db.session.flush()
    return worker.id


def free_lost_claims() -> int:
    """Gives back what dead workers had claimed, and what frozen ones hold past their lease; answers how many."""
    newer = aliased(Notice)
    superseded = exists().where(
        newer.calendar_entry_id == Notice.calendar_entry_id,
        newer.dtstamp > Notice.dtstamp,
        newer.state != NoticeState.CANCELLED,
    )
    unknown = Notice.state == NoticeState.UNKNOWN
    freed = db.session.scalars(
        update(Notice)
        .where(Notice.claimed_by.is_not(None), or_(Notice.lease_until < _NOW, is_dead(Notice.claimed_by)))
        .values(
            claimed_by=None,
            lease_until=None,
            due_at=case((and_(unknown, superseded), None), (unknown, _NOW), else_=Notice.due_at),
        )
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return len(freed.all())


def due_count() -> int:
    """How many notices could be claimed now; none while delivery is held."""
    held = db.session.scalar(select(Delivery.retry_at))
    if held is not None and not db.session.scalar(select(held <= _NOW)):
        return 0
    return db.session.scalar(select(func.count()).select_from(_due().subquery())) or 0


def is_overdue(by: timedelta) -> bool:
    """Whether something has been due for so long that nobody can have been told of it."""
    waiting = exists().where(Notice.due_at <= _NOW - by, Notice.claimed_by.is_(None))
    return bool(db.session.scalar(select(waiting)))


def claim(worker: int) -> list[UUID]:
    """Claims the notices that have been due longest for this worker; one alone while we only test a held server."""
    limit = BATCH
    delivery = db.session.get(Delivery, 1, with_for_update={"skip_locked": True})
    if delivery is not None and delivery.retry_at is not None:
        limit = 1 if db.session.scalar(select(delivery.retry_at <= _NOW)) else 0
    if not limit:
        return []
    due = _due().limit(limit).with_for_update(skip_locked=True).cte("due")
    claimed = db.session.scalars(
        update(Notice)
        .where(Notice.id == due.c.id)
        .values(claimed_by=worker, lease_until=_NOW + LEASE)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(claimed)


def begin_sending(notice_id: UUID, worker: int) -> Notice | None:
    """Says that this try begins, so that a death from here on reads "unknown"; none when the notice is ours no more."""
    begun = db.session.scalar(
        update(Notice)
        .where(Notice.id == notice_id, Notice.claimed_by == worker, Notice.state.in_(_UNSENT))
        .values(state=NoticeState.UNKNOWN, attempts=Notice.attempts + 1, last_tried_at=_NOW, lease_until=_NOW + LEASE)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    with_entry = [joinedload(Notice.calendar_entry)]
    return db.session.get(Notice, notice_id, options=with_entry, populate_existing=True) if begun else None


def mark_sent(notice_id: UUID, worker: int, said: str) -> None:
    """The server took it. Whatever held delivery back is over."""
    _mark(notice_id, worker, state=NoticeState.SENT, sent_at=_NOW, due_at=None, server_said=said)
    held = update(Delivery).where(Delivery.held_at.is_not(None))
    db.session.execute(held.values(held_at=None, retry_at=None, server_said=""))


def mark_refused_for_now(notice_id: UUID, worker: int, said: str) -> None:
    """A refusal that may pass (4xx): tried again at growing distances until 48 h or the meeting's end."""
    notice = db.session.get_one(Notice, notice_id)
    over = db.session.scalar(
        select((Notice.created_at + GIVE_UP_AFTER < _NOW) | (Meeting.ends_at < _NOW))
        .select_from(Notice)
        .join(Meeting, Meeting.id == Notice.meeting_id)
        .where(Notice.id == notice_id)
    )
    if over:
        mark_failed(notice_id, worker, said)
    else:
        _mark(notice_id, worker, state=NoticeState.RETRYING, due_at=_NOW + distance(notice.attempts), server_said=said)


def mark_unwritten(notice_id: UUID, worker: int, said: str) -> None:
    """Our own error: the mail could not be written. It never stops the next one, and fails after some tries."""
    notice = db.session.get_one(Notice, notice_id)
    if notice.attempts >= OWN_ERRORS:
        mark_failed(notice_id, worker, said)
    else:
        mark_refused_for_now(notice_id, worker, said)


def mark_failed(notice_id: UUID, worker: int, said: str) -> None:
    """Refused for good, with the server's words."""
    _mark(notice_id, worker, state=NoticeState.FAILED, due_at=None, server_said=said)


def mark_unknown(notice_id: UUID, worker: int, said: str) -> None:
    """The server's answer was lost (RFC 1047): it may have arrived, and goes out again as it was."""
    _mark(notice_id, worker, state=NoticeState.UNKNOWN, due_at=_NOW + REPEAT_UNKNOWN_AFTER, server_said=said)


def hold_delivery(notice_id: UUID, worker: int, said: str) -> None:
    """The server refuses us, not a recipient: nothing fails, sending stops and says so, and is tried again later."""
    _mark(notice_id, worker, state=NoticeState.RETRYING, due_at=_NOW, server_said=said, attempts=Notice.attempts - 1)
    db.session.execute(
        update(Delivery).values(held_at=func.coalesce(Delivery.held_at, _NOW), retry_at=_NOW + HOLD, server_said=said)
    )


def give_back(notice_ids: list[UUID], worker: int) -> None:
    """Lets go of claims on notices whose sending has not begun."""
    db.session.execute(
        update(Notice)
        .where(Notice.id.in_(notice_ids), Notice.claimed_by == worker)
        .values(claimed_by=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )


def distance(attempts: int) -> timedelta:
    """How long to wait after so many tries, a fifth more or less so that a crowd does not come back at once."""
    step = STEPS[min(attempts, len(STEPS)) - 1]
    return step * random.uniform(0.8, 1.2)  # noqa: S311 - no secret depends on it


def _due() -> Select[UUID]:
    in_flight = aliased(Notice)
    blocked: ColumnElement[bool] = exists().where(
        in_flight.calendar_entry_id == Notice.calendar_entry_id,
        in_flight.claimed_by.is_not(None),
        in_flight.sequence.is_not(None),
        Notice.sequence.is_not(None),
    )
    return (
        select(Notice.id)
        .where(Notice.due_at <= _NOW, Notice.claimed_by.is_(None), ~blocked)
        .order_by(Notice.due_at, Notice.id)
    )


def _mark(notice_id: UUID, worker: int, **values: object) -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.claimed_by == worker)
        .values(claimed_by=None, lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )
