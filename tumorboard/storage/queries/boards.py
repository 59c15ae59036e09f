"""Questions about boards."""

from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import Board


def board(board_id: UUID) -> Board | None:
    return db.session.get(Board, board_id)


def board_at(slug: str) -> Board | None:
    return db.session.scalars(select(Board).where(Board.slug == slug)).one_or_none()


def all_boards() -> list[Board]:
    """Every board, by name."""
    return list(db.session.scalars(select(Board).order_by(Board.name)))
