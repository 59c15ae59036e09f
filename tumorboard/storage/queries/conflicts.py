"""Questions about what stands in the way of a meeting: other meetings, and who sits on both."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, Meeting
from tumorboard.storage.queries.meetings import OPEN


def meetings_touching(since: datetime, until: datetime) -> list[Meeting]:
    """Every board's meetings that take place and touch that time, soonest first."""
    query = select(Meeting).where(Meeting.state.in_(OPEN), Meeting.ends_at > since, Meeting.starts_at < until)
    return list(db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


def members_since(board_ids: Collection[UUID], since: datetime) -> list[BoardMember]:
    """Every period on one of these boards that lasts beyond that instant or begins after it."""
    query = (
        select(BoardMember)
        .where(BoardMember.board_id.in_(board_ids), BoardMember.left_at.is_(None) | (BoardMember.left_at > since))
        .options(joinedload(BoardMember.person))
    )
    return list(db.session.scalars(query))
