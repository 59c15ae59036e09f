"""Questions about what people answered, and who is asked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Answer, BoardMember, CalendarEntry, Meeting
from tumorboard.storage.queries.absences import is_absent_on_the_day
from tumorboard.vocabulary import AnswerKind, MeetingState

OPEN = (MeetingState.PLANNED, MeetingState.PUBLISHED, MeetingState.LIVE)


def answers_to(meeting_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Answer]]:
    """For each of these meetings, what each person answered to the hours that it has now."""
    query = (
        select(Answer)
        .join(Meeting, Meeting.id == Answer.meeting_id)
        .where(
            Answer.meeting_id.in_(list(meeting_ids)),
            Answer.starts_at == Meeting.starts_at,
            Answer.ends_at == Meeting.ends_at,
        )
    )
    found: dict[UUID, dict[UUID, Answer]] = defaultdict(dict)
    for answer in db.session.scalars(query):
        found[answer.meeting_id][answer.person_id] = answer
    return found


def counting(meeting_ids: Iterable[UUID]) -> int:
    """How many answers to these meetings were given for the hours that each has now."""
    return sum(len(given) for given in answers_to(meeting_ids).values())


def keep(meeting: Meeting, person_id: UUID, answer: AnswerKind, reason: str, at: datetime) -> None:
    """The last word counts, also of two that come at once."""
    said = {
        "answer": answer,
        "reason": reason,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "answered_at": at,
    }
    act = insert(Answer).values(id=new_id(), meeting_id=meeting.id, person_id=person_id, **said)
    db.session.execute(act.on_conflict_do_update(index_elements=["meeting_id", "person_id"], set_=said))


def asked(person_id: UUID, meeting_ids: Iterable[UUID], at: datetime) -> list[Meeting]:
    """Those of these meetings to which this person is expected and can still answer, soonest first.

    Expected is who is on the board when it meets, or holds an entry of that one date, and is not absent on its day.
    """
    on_board = exists().where(
        BoardMember.board_id == Meeting.board_id,
        BoardMember.person_id == person_id,
        BoardMember.present(Meeting.starts_at),
    )
    guest = exists().where(
        CalendarEntry.meeting_id == Meeting.id, CalendarEntry.person_id == person_id, CalendarEntry.held
    )
    query = (
        select(Meeting)
        .where(
            Meeting.id.in_(list(meeting_ids)),
            Meeting.state.in_(OPEN),
            Meeting.ends_at > at,
            on_board | guest,
            ~is_absent_on_the_day(person_id),
        )
        .order_by(Meeting.starts_at)
    )
    return list(db.session.scalars(query))


def coming_dates(series_id: UUID, after: datetime, limit: int) -> list[UUID]:
    """The next dates of a series that are not cancelled, soonest first."""
    query = (
        select(Meeting.id)
        .where(Meeting.series_id == series_id, Meeting.ends_at > after, Meeting.state.in_(OPEN))
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return list(db.session.scalars(query))
