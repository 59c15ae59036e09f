"""Questions about agendas."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AgendaVersion, Case, PublishedItem


def listed_items(meeting_id: UUID) -> list[AgendaItem]:
    """What stands on the agenda now, in order."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.taken_off_at.is_(None))
        .order_by(AgendaItem.position, AgendaItem.id)
        .options(joinedload(AgendaItem.case).options(selectinload(Case.results), selectinload(Case.minimum_data_set)))
    )
    return list(db.session.scalars(query).unique())


def item_of_case(case_id: UUID) -> AgendaItem | None:
    """Where the case is listed now."""
    query = select(AgendaItem).where(AgendaItem.case_id == case_id, AgendaItem.taken_off_at.is_(None))
    return db.session.scalars(query).unique().one_or_none()


def item(item_id: UUID, meeting_id: UUID) -> AgendaItem | None:
    """An item loaded through its meeting, so that a guessed id of another meeting finds nothing."""
    query = select(AgendaItem).where(
        AgendaItem.id == item_id, AgendaItem.meeting_id == meeting_id, AgendaItem.taken_off_at.is_(None)
    )
    return db.session.scalars(query).unique().one_or_none()


def latest_version(meeting_id: UUID) -> AgendaVersion | None:
    query = (
        select(AgendaVersion)
        .where(AgendaVersion.meeting_id == meeting_id)
        .order_by(AgendaVersion.version.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def first_published_at(meeting_id: UUID, case_id: UUID) -> datetime | None:
    """When a version of the meeting's agenda went out with this case for the first time."""
    query = (
        select(func.min(AgendaVersion.published_at))
        .join(PublishedItem, PublishedItem.agenda_version_id == AgendaVersion.id)
        .where(AgendaVersion.meeting_id == meeting_id, PublishedItem.case_id == case_id)
    )
    return db.session.scalar(query)


def listed_counts(meeting_ids: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """For each of these meetings, how many cases are listed and their minutes in all."""
    query = (
        select(AgendaItem.meeting_id, func.count(), func.sum(AgendaItem.minutes))
        .where(AgendaItem.meeting_id.in_(meeting_ids), AgendaItem.taken_off_at.is_(None))
        .group_by(AgendaItem.meeting_id)
    )
    return {meeting_id: (count, minutes) for meeting_id, count, minutes in db.session.execute(query)}


def starts_at(item: AgendaItem) -> datetime:
    """When the item begins: after the minutes of all that stand before it."""
    before = select(func.coalesce(func.sum(AgendaItem.minutes), 0)).where(
        AgendaItem.meeting_id == item.meeting_id,
        AgendaItem.taken_off_at.is_(None),
        tuple_(AgendaItem.position, AgendaItem.id) < (item.position, item.id),
    )
    return item.meeting.starts_at + timedelta(minutes=db.session.scalar(before) or 0)


def first_published(meeting_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the first agenda of each of these meetings with one went out."""
    query = (
        select(AgendaVersion.meeting_id, func.min(AgendaVersion.published_at))
        .where(AgendaVersion.meeting_id.in_(list(meeting_ids)))
        .group_by(AgendaVersion.meeting_id)
    )
    return dict(db.session.execute(query).all())


def late_count(meeting_ids: Iterable[UUID]) -> int:
    """How many cases on these agendas came late."""
    query = select(func.count()).where(
        AgendaItem.meeting_id.in_(list(meeting_ids)), AgendaItem.taken_off_at.is_(None), AgendaItem.late
    )
    return db.session.scalar(query) or 0
