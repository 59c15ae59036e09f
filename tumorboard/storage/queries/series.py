"""Questions about series, their dates, and whom they concern."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from tumorboard.storage.db import db
from tumorboard.storage.models import Absence, BoardMember, CalendarEntry, Meeting, Notice, Series
from tumorboard.vocabulary import NoticeState


def series(series_id: UUID) -> Series | None:
    return db.session.get(Series, series_id)


def series_of_board(board_id: UUID) -> list[Series]:
    """Every series the board ever had, in the order in which they begin."""
    return list(db.session.scalars(select(Series).where(Series.board_id == board_id).order_by(Series.first_day)))


def series_to_change(series_id: UUID) -> Series | None:
    """The series, locked until the transaction ends, so that two acts on its calendars come one after the other."""
    query = select(Series).where(Series.id == series_id).with_for_update(of=Series)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lasting_series(day: date, board_id: UUID | None = None) -> list[Series]:
    """Series of every board, or of this one, that do not end before that day."""
    query = select(Series).where(or_(Series.last_day.is_(None), Series.last_day >= day)).order_by(Series.id)
    return list(db.session.scalars(query if board_id is None else query.where(Series.board_id == board_id)))


def series_concerning(people: Collection[UUID], at: datetime) -> list[Series]:
    """Series in which one of these people holds dates, or whose board they are on or join later."""
    holds = exists().where(CalendarEntry.series_id == Series.id, CalendarEntry.person_id.in_(people))
    member = exists().where(
        BoardMember.board_id == Series.board_id,
        BoardMember.person_id.in_(people),
        BoardMember.left_at.is_(None) | (BoardMember.left_at > at),
    )
    return list(db.session.scalars(select(Series).where(holds | member).order_by(Series.id)))


def dates_of(series_id: UUID) -> list[Meeting]:
    """Every meeting of the series, cancelled ones too, in the order of its rule."""
    return list(db.session.scalars(select(Meeting).where(Meeting.series_id == series_id).order_by(Meeting.recurs_at)))


def memberships(board_id: UUID, people: Collection[UUID] | None) -> list[BoardMember]:
    """Every period of these people on the board, or of everybody's, in order."""
    query = select(BoardMember).where(BoardMember.board_id == board_id).order_by(BoardMember.joined_at)
    return list(db.session.scalars(query if people is None else query.where(BoardMember.person_id.in_(people))))


def absences_of(people: Iterable[UUID]) -> list[Absence]:
    """Every absence of these people that was not taken back."""
    query = select(Absence).where(Absence.person_id.in_(list(people)), Absence.taken_back_at.is_(None))
    return list(db.session.scalars(query))


def entries_of(series_id: UUID) -> dict[UUID, CalendarEntry]:
    """Every entry ever made for the series, held or not, by person."""
    entries = db.session.scalars(select(CalendarEntry).where(CalendarEntry.series_id == series_id))
    return {entry.person_id: entry for entry in entries}


def held_until(series_id: UUID, at: datetime) -> datetime | None:
    """Until when mails about the series wait behind an act that can still be undone; none when none do."""
    query = (
        select(func.max(Notice.due_at))
        .join(CalendarEntry, CalendarEntry.id == Notice.calendar_entry_id)
        .where(
            CalendarEntry.series_id == series_id,
            Notice.sequence.is_not(None),
            Notice.state == NoticeState.OWED,
            Notice.due_at > at,
        )
    )
    return db.session.scalar(query)
