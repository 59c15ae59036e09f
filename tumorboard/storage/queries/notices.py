"""Questions about the outbox."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Delivery, Meeting, Notice, Person, Series
from tumorboard.vocabulary import ASK_FOR_AN_ANSWER, BESIDE_THE_CALENDAR, SERIES_KINDS, NoticeKind, NoticeState

WAITING = (NoticeState.OWED, NoticeState.RETRYING)
"""Certainly not with the recipient, and about to be tried."""
MAY_HAVE_ARRIVED = (NoticeState.SENT, NoticeState.UNKNOWN)


NEED_A_LOOK = (NoticeState.FAILED, NoticeState.RETRYING, NoticeState.UNKNOWN)
PAGE = 25

_needs_a_look = case((Notice.state.in_(NEED_A_LOOK), 1), else_=0)


def notice(notice_id: UUID) -> Notice | None:
    return db.session.get(Notice, notice_id)


def last_told(entry_ids: Iterable[UUID]) -> dict[UUID, Notice]:
    """For each calendar entry, the newest notice with a calendar part that the recipient has or may have."""
    query = (
        select(Notice)
        .where(
            Notice.calendar_entry_id.in_(list(entry_ids)),
            Notice.sequence.is_not(None),
            Notice.state.in_(MAY_HAVE_ARRIVED),
        )
        .ext(distinct_on(Notice.calendar_entry_id))
        .order_by(Notice.calendar_entry_id, Notice.dtstamp.desc())
    )
    return {each.calendar_entry_id: each for each in db.session.scalars(query) if each.calendar_entry_id}


def about_meeting(meeting_id: UUID) -> ColumnElement[bool]:
    """Those about this meeting, or caused by a change of it."""
    return Notice.meeting_id == meeting_id


def about_series(board_id: UUID) -> ColumnElement[bool]:
    """Those about all the dates of one of the board's series."""
    entries = select(CalendarEntry.id).join(Series).where(Series.board_id == board_id)
    return Notice.kind.in_(SERIES_KINDS) & Notice.calendar_entry_id.in_(entries)


def page_of(
    which: ColumnElement[bool], *, state: NoticeState | None, kind: NoticeKind | None, after: Notice | None
) -> list[Notice]:
    """These notices, those that need a look first, then the newest; one row more than a page."""
    place = tuple_(_needs_a_look, Notice.created_at, Notice.id)
    query = (
        select(Notice)
        .where(which)
        .order_by(_needs_a_look.desc(), Notice.created_at.desc(), Notice.id.desc())
        .limit(PAGE + 1)
    )
    if state is not None:
        query = query.where(Notice.state == state)
    if kind is not None:
        query = query.where(Notice.kind == kind)
    if after is not None:
        query = query.where(place < (int(after.state in NEED_A_LOOK), after.created_at, after.id))
    return list(db.session.scalars(query))


def fates_of(which: ColumnElement[bool]) -> dict[NoticeState, int]:
    """How many of these notices are in each state, without those being sent now."""
    query = select(Notice.state, func.count()).where(which, Notice.claimed_by.is_(None)).group_by(Notice.state)
    return dict(db.session.execute(query).all())


def sending_count(which: ColumnElement[bool]) -> int:
    """How many of these notices a worker is sending now."""
    return db.session.scalar(select(func.count()).where(which, Notice.claimed_by.is_not(None))) or 0


def sent_again(notice_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these notices in whose place a new one was sent."""
    query = select(Notice.again_of_id).where(Notice.again_of_id.in_(list(notice_ids)))
    return {notice_id for notice_id in db.session.scalars(query) if notice_id}


def delivery() -> Delivery:
    """Whether mail leaves at all."""
    return db.session.get_one(Delivery, 1)


def was_sent_again(notice_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Notice.again_of_id == notice_id))))


def people_with_agenda(meeting_id: UUID) -> set[UUID]:
    """Who has, or may have, an agenda of this meeting."""
    query = select(Notice.person_id).where(
        Notice.meeting_id == meeting_id, Notice.kind == NoticeKind.AGENDA, Notice.state.in_(MAY_HAVE_ARRIVED)
    )
    return set(db.session.scalars(query))


def people_promised_agenda(meeting_id: UUID) -> set[UUID]:
    """Who has an agenda of this meeting, or is owed one; whose mail failed has to be sent it again by hand."""
    query = select(Notice.person_id).where(
        Notice.meeting_id == meeting_id, Notice.kind == NoticeKind.AGENDA, Notice.state != NoticeState.CANCELLED
    )
    return set(db.session.scalars(query))


def asked_to_answer(meeting: Meeting) -> dict[UUID, tuple[int, datetime]]:
    """How often each person was asked whether they come to the meeting, and when last; by mails about it or its series.

    Mails of one act ask once. A mail that failed, or was not needed any more, has asked nobody.
    """
    of_series = select(CalendarEntry.id).where(CalendarEntry.series_id == meeting.series_id)
    whole_series = Notice.meeting_id.is_(None) & Notice.calendar_entry_id.in_(of_series)
    query = (
        select(Notice.person_id, func.count(Notice.created_at.distinct()), func.max(Notice.created_at))
        .where(
            (Notice.meeting_id == meeting.id) | whole_series,
            Notice.kind.in_(ASK_FOR_AN_ANSWER),
            Notice.state.not_in((NoticeState.FAILED, NoticeState.CANCELLED)),
        )
        .group_by(Notice.person_id)
    )
    return {person_id: (count, last) for person_id, count, last in db.session.execute(query)}


def people_muting(kind: NoticeKind) -> set[UUID]:
    """Who does not want mails of this kind."""
    return set(db.session.scalars(select(Person.id).where(Person.muted.contains([kind.value]))))


def held_until(meeting_id: UUID, at: datetime) -> datetime | None:
    """Until when mails of this meeting wait behind a move that can still be undone; none when none do."""
    query = select(func.max(Notice.due_at)).where(
        Notice.meeting_id == meeting_id,
        Notice.state == NoticeState.OWED,
        Notice.due_at > at,
        Notice.kind != NoticeKind.AGENDA,  # which may wait for the board's hour, and nothing waits for it
    )
    return db.session.scalar(query)


def agendas_waiting(meeting_id: UUID) -> list[Notice]:
    """The mails with the meeting's agenda that have not been tried yet."""
    query = select(Notice).where(
        Notice.meeting_id == meeting_id, Notice.kind == NoticeKind.AGENDA, Notice.state == NoticeState.OWED
    )
    return list(db.session.scalars(query))


def agenda_waits_until(meeting_id: UUID, at: datetime) -> datetime | None:
    """Until when the meeting's agenda waits for those who are to get it; none when it does not."""
    due = (notice.due_at for notice in agendas_waiting(meeting_id))
    return max((each for each in due if each and each > at), default=None)


def known_keys(dedupe_keys: Iterable[str]) -> set[str]:
    """Those of these reasons for which there is a notice already."""
    return set(db.session.scalars(select(Notice.dedupe_key).where(Notice.dedupe_key.in_(list(dedupe_keys)))))


def is_announced(beginning: str) -> bool:
    """Whether there is a notice, in whatever state, under a key that begins so."""
    return bool(db.session.scalar(select(exists().where(Notice.dedupe_key.startswith(beginning, autoescape=True)))))


def waiting_beside_the_calendar(meeting_id: UUID) -> list[Notice]:
    """Mails about the meeting that have not gone out yet and change no calendar."""
    query = select(Notice).where(
        Notice.meeting_id == meeting_id, Notice.kind.in_(BESIDE_THE_CALENDAR), Notice.state.in_(WAITING)
    )
    return list(db.session.scalars(query))


def failed_counts(meeting_ids: Iterable[UUID]) -> dict[UUID, int]:
    """For each of these meetings with any, how many notices failed and were not sent again."""
    query = _failed(Notice.meeting_id).where(Notice.meeting_id.in_(list(meeting_ids)))
    return {meeting_id: count for meeting_id, count in db.session.execute(query) if meeting_id}


def failed_series_counts(board_ids: Iterable[UUID]) -> dict[UUID, int]:
    """For each of these boards with any, how many notices about its series failed and were not sent again."""
    query = (
        _failed(Series.board_id)
        .join(CalendarEntry, CalendarEntry.id == Notice.calendar_entry_id)
        .join(Series, Series.id == CalendarEntry.series_id)
        .where(Series.board_id.in_(list(board_ids)), Notice.meeting_id.is_(None))
    )
    return dict(db.session.execute(query).all())


def _failed(by: InstrumentedAttribute[Any]) -> Select[Any]:
    again = aliased(Notice)
    not_again = ~exists().where(again.again_of_id == Notice.id)
    return (
        select(by, func.count()).select_from(Notice).where(Notice.state == NoticeState.FAILED, not_again).group_by(by)
    )
