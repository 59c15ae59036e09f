"""Questions about who holds what in the calendar."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Meeting


def holds(person_id: UUID, meeting_id: UUID) -> bool:
    """Whether the person holds an entry of this one date now."""
    query = select(
        exists().where(CalendarEntry.person_id == person_id, CalendarEntry.meeting_id == meeting_id, CalendarEntry.held)
    )
    return bool(db.session.scalar(query))


def holders(meeting: Meeting) -> set[UUID]:
    """Who holds the meeting now, by an entry of this one date or of its series."""
    query = select(CalendarEntry.person_id).where(_towards(meeting), CalendarEntry.held)
    return set(db.session.scalars(query))


def entries_towards(meeting: Meeting) -> dict[UUID, CalendarEntry]:
    """The entry by which each person holds the meeting, or held it last: of its series where they hold that."""
    query = select(CalendarEntry).where(_towards(meeting))
    entries = db.session.scalars(query.order_by(CalendarEntry.held, CalendarEntry.series_id.is_not(None)))
    return {entry.person_id: entry for entry in entries}


def entries_of(meeting_id: UUID) -> dict[UUID, CalendarEntry]:
    """Every entry ever made for this one date, held or not, by person."""
    entries = db.session.scalars(select(CalendarEntry).where(CalendarEntry.meeting_id == meeting_id))
    return {entry.person_id: entry for entry in entries}


def _towards(meeting: Meeting) -> ColumnElement[bool]:
    of_series = CalendarEntry.series_id == meeting.series_id
    return (
        (CalendarEntry.meeting_id == meeting.id) | of_series
        if meeting.series_id
        else (CalendarEntry.meeting_id == meeting.id)
    )
