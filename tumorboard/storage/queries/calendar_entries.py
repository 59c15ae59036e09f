"""Questions about who holds what in the calendar."""

from uuid import UUID

from sqlalchemy import exists, select

from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry


def holds(person_id: UUID, meeting_id: UUID) -> bool:
    """Whether the person holds an entry for the meeting now."""
    query = select(
        exists().where(CalendarEntry.person_id == person_id, CalendarEntry.meeting_id == meeting_id, CalendarEntry.held)
    )
    return bool(db.session.scalar(query))


def holders(meeting_id: UUID) -> set[UUID]:
    """Who holds an entry for the meeting now."""
    query = select(CalendarEntry.person_id).where(CalendarEntry.meeting_id == meeting_id, CalendarEntry.held)
    return set(db.session.scalars(query))


def entries_of(meeting_id: UUID) -> dict[UUID, CalendarEntry]:
    """Every entry ever made for the meeting, held or not, by person."""
    entries = db.session.scalars(select(CalendarEntry).where(CalendarEntry.meeting_id == meeting_id))
    return {entry.person_id: entry for entry in entries}
