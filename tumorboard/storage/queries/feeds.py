"""Questions about feeds and about what they hold."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Feed, Meeting, Series


def feed_with_hash(token_hash: bytes) -> Feed | None:
    return db.session.scalars(select(Feed).where(Feed.token_hash == token_hash)).one_or_none()


def feeds_of(person_id: UUID) -> list[Feed]:
    """Those that can be read, the oldest first."""
    query = select(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None)).order_by(Feed.made_at)
    return list(db.session.scalars(query))


def readers_among(person_ids: Iterable[UUID]) -> int:
    """How many of these people have a feed that can be read."""
    query = select(func.count(Feed.person_id.distinct())).where(
        Feed.person_id.in_(list(person_ids)), Feed.ended_at.is_(None)
    )
    return db.session.scalar(query) or 0


def end_all(person_id: UUID, at: datetime) -> None:
    db.session.execute(update(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None)).values(ended_at=at))


def dates_held_by(person_id: UUID) -> list[tuple[CalendarEntry, Meeting]]:
    """Single dates that the person holds, soonest first."""
    query = (
        select(CalendarEntry, Meeting)
        .join(Meeting, Meeting.id == CalendarEntry.meeting_id)
        .where(CalendarEntry.person_id == person_id, CalendarEntry.held)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(entry, meeting) for entry, meeting in db.session.execute(query)]


def series_held_by(person_id: UUID) -> list[tuple[CalendarEntry, Series]]:
    """Series of which the person holds dates, or held some that are over."""
    query = (
        select(CalendarEntry, Series)
        .join(Series, Series.id == CalendarEntry.series_id)
        .where(CalendarEntry.person_id == person_id)
        .order_by(Series.first_day, Series.id)
    )
    return [(entry, series) for entry, series in db.session.execute(query)]
