"""Questions about slot polls."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, SlotAsked, SlotPoll
from tumorboard.vocabulary import NoticeKind


def poll_to_change(poll_id: UUID) -> SlotPoll | None:
    """The poll, locked until the transaction ends, so that no answer comes in while an hour is taken."""
    query = select(SlotPoll).where(SlotPoll.id == poll_id).with_for_update(of=SlotPoll)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def asked_with_hash(token_hash: bytes) -> SlotAsked | None:
    return db.session.scalars(select(SlotAsked).where(SlotAsked.token_hash == token_hash)).one_or_none()


def open_polls(board_ids: Iterable[UUID]) -> list[SlotPoll]:
    """Polls of these boards that nobody has closed yet, oldest first."""
    query = select(SlotPoll).where(SlotPoll.board_id.in_(list(board_ids)), SlotPoll.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(SlotPoll.asked_at, SlotPoll.id)))


def last_mails(poll_id: UUID) -> dict[UUID, Notice]:
    """For each person who was asked, the newest mail with their link."""
    people = select(SlotAsked.person_id).where(SlotAsked.poll_id == poll_id)
    query = select(Notice).where(
        Notice.person_id.in_(people),
        Notice.kind == NoticeKind.SLOT_POLL,
        Notice.dedupe_key.startswith(f"{NoticeKind.SLOT_POLL}:{poll_id}:"),
    )
    return {each.person_id: each for each in db.session.scalars(query.order_by(Notice.created_at))}
