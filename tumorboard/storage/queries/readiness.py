"""Questions about how far coming meetings are, for many at once: a fixed number, however many."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager, subqueryload

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AgendaVersion, Case, Meeting, Needs, Notice
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import NoticeState


def next_of_boards(board_ids: Iterable[UUID], after: datetime, each: int) -> list[Meeting]:
    """Of each board its next meetings, at most so many, cancelled ones too; soonest first."""
    place = func.row_number().over(partition_by=Meeting.board_id, order_by=(Meeting.starts_at, Meeting.id))
    coming = (
        select(Meeting.id, place.label("place"))
        .where(Meeting.board_id.in_(list(board_ids)), Meeting.ends_at > after)
        .subquery()
    )
    query = select(Meeting).join(coming, coming.c.id == Meeting.id).where(coming.c.place <= each)
    return list(db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


@beyond_sight()
def listed_with_needs(meeting_ids: Iterable[UUID]) -> list[tuple[AgendaItem, Needs | None]]:
    """What stands on these agendas with all that completeness looks at: to be counted and never shown."""
    query = (
        select(AgendaItem, Needs)
        .join(AgendaItem.case)
        .outerjoin(Needs, Needs.case_id == Case.id)
        .where(AgendaItem.meeting_id.in_(list(meeting_ids)), AgendaItem.taken_off_at.is_(None))
        .options(
            contains_eager(AgendaItem.case).options(subqueryload(Case.results), subqueryload(Case.minimum_data_set))
        )
    )
    return [(item, needs) for item, needs in db.session.execute(query).unique()]


def latest_versions(meeting_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The version that went out last, for each of these meetings with a published agenda."""
    query = (
        select(AgendaVersion.meeting_id, func.max(AgendaVersion.version))
        .where(AgendaVersion.meeting_id.in_(list(meeting_ids)))
        .group_by(AgendaVersion.meeting_id)
    )
    return dict(db.session.execute(query).all())


def mails(meeting_ids: Iterable[UUID]) -> dict[UUID, Counter[NoticeState]]:
    """How many notices of each meeting are in each state, without the failed ones that were sent again."""
    again = aliased(Notice)
    sent_again = exists().where(again.again_of_id == Notice.id)
    query = (
        select(Notice.meeting_id, Notice.state, func.count())
        .where(Notice.meeting_id.in_(list(meeting_ids)), ~((Notice.state == NoticeState.FAILED) & sent_again))
        .group_by(Notice.meeting_id, Notice.state)
    )
    found: dict[UUID, Counter[NoticeState]] = defaultdict(Counter)
    for meeting_id, state, count in db.session.execute(query):
        if meeting_id:
            found[meeting_id][state] = count
    return found
