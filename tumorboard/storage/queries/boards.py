"""Questions about boards."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tumorboard.storage.db import db
from tumorboard.storage.models import Board


def board(board_id: UUID) -> Board | None:
    return db.session.get(Board, board_id)


def board_at(slug: str) -> Board | None:
    """The board with this slug, which may be anything that somebody put into an address."""
    if "\0" in slug:  # PostgreSQL's text cannot hold it
        return None
    return db.session.scalars(select(Board).where(Board.slug == slug)).one_or_none()


def board_called(name: str) -> Board | None:
    """The board of this name, in whatever case."""
    return db.session.scalars(select(Board).where(func.lower(Board.name) == name.lower()).limit(1)).one_or_none()


def hold(board_id: UUID) -> None:
    """Lets one transaction at a time change the board's members and plan its meetings."""
    db.session.execute(select(Board.id).where(Board.id == board_id).with_for_update())


def boards_among(ids: Iterable[UUID]) -> dict[UUID, Board]:
    """Those of these ids that are boards'."""
    return {each.id: each for each in db.session.scalars(select(Board).where(Board.id.in_(list(ids))))}


def boards_to_list(ids: Iterable[UUID] | None) -> list[Board]:
    """Those of these ids, or every board, by name, with the hospitals that take part."""
    query = select(Board).order_by(Board.name).options(selectinload(Board.further_hospitals))
    if ids is not None:
        query = query.where(Board.id.in_(list(ids)))
    return list(db.session.scalars(query))


def all_boards() -> list[Board]:
    """Every board, by name."""
    return list(db.session.scalars(select(Board).order_by(Board.name)))
