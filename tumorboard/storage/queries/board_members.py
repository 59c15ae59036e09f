"""Questions about who is on which board."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Person
from tumorboard.vocabulary import BoardRole


def roles_of(person_id: UUID, board_id: UUID | None) -> set[BoardRole]:
    """The roles this person has now on that board, or on any when none is named."""
    query = select(BoardMember.board_role).where(BoardMember.person_id == person_id, BoardMember.left_at.is_(None))
    if board_id is not None:
        query = query.where(BoardMember.board_id == board_id)
    return set(db.session.scalars(query))


def roles_by_board(person_id: UUID) -> dict[UUID, BoardRole]:
    """This person's role now on each of their boards."""
    query = select(BoardMember.board_id, BoardMember.board_role).where(
        BoardMember.person_id == person_id, BoardMember.left_at.is_(None)
    )
    return dict(db.session.execute(query).all())


def member_counts(board_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people are on each of these boards now."""
    query = (
        select(BoardMember.board_id, func.count())
        .where(BoardMember.board_id.in_(list(board_ids)), BoardMember.left_at.is_(None))
        .group_by(BoardMember.board_id)
    )
    return dict(db.session.execute(query).all())


def present_members(board_id: UUID) -> list[BoardMember]:
    """Who is on the board now, chair and coordinator first, then by name."""
    rank = {role: place for place, role in enumerate(BoardRole)}
    query = (
        select(BoardMember)
        .where(BoardMember.board_id == board_id, BoardMember.left_at.is_(None))
        .options(joinedload(BoardMember.person))
    )
    members = db.session.scalars(query)
    return sorted(members, key=lambda m: (rank[m.board_role], m.person.family_name, m.person.given_name))


def present_member(board_id: UUID, person_id: UUID) -> BoardMember | None:
    query = select(BoardMember).where(
        BoardMember.board_id == board_id, BoardMember.person_id == person_id, BoardMember.left_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def boards_of(person_id: UUID, roles: Iterable[BoardRole] = tuple(BoardRole)) -> list[Board]:
    """The boards on which this person has one of these roles now, by name."""
    query = (
        select(Board)
        .join(BoardMember)
        .where(
            BoardMember.person_id == person_id,
            BoardMember.left_at.is_(None),
            BoardMember.board_role.in_(list(roles)),
        )
        .order_by(Board.name)
    )
    return list(db.session.scalars(query).unique())


def people_not_on(board_id: UUID) -> list[Person]:
    """Everybody active who could join this board, by name."""
    on_it = select(BoardMember.person_id).where(BoardMember.board_id == board_id, BoardMember.left_at.is_(None))
    query = (
        select(Person)
        .where(Person.deactivated_at.is_(None), Person.office.is_(None), Person.id.not_in(on_it))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))
