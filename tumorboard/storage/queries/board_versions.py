"""Questions about the versions of boards' policies."""

from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import BoardVersion


def versions(board_id: UUID) -> list[BoardVersion]:
    """All that were kept, newest first."""
    query = select(BoardVersion).where(BoardVersion.board_id == board_id).order_by(BoardVersion.version.desc())
    return list(db.session.scalars(query))


def latest(board_id: UUID) -> BoardVersion | None:
    query = select(BoardVersion).where(BoardVersion.board_id == board_id).order_by(BoardVersion.version.desc())
    return db.session.scalars(query.limit(1)).one_or_none()
