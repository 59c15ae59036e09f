"""Questions about who is on which board, and when."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, bindparam, exists, func, select
from sqlalchemy.orm import joinedload

from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Person
from tumorboard.vocabulary import BoardRole

_some_time = BoardMember.left_at.is_(None) | (BoardMember.left_at > BoardMember.joined_at)
"""Who was taken back before their first day has never been on the board."""


_ROLES = select(BoardMember.board_role).where(
    BoardMember.person_id == bindparam("person_id"),
    BoardMember.present(bindparam("at", type_=DateTime(timezone=True))),
)
_ROLES_ON_BOARD = _ROLES.where(BoardMember.board_id == bindparam("board_id"))
"""Every request asks these, most of them twice: each is put together once."""


def roles_of(person_id: UUID, board_id: UUID | None, at: datetime) -> set[BoardRole]:
    """The roles this person has then on that board, or on any when none is named."""
    query = _ROLES if board_id is None else _ROLES_ON_BOARD
    return set(db.session.scalars(query, {"person_id": person_id, "board_id": board_id, "at": at}))


def roles_by_board(person_id: UUID, at: datetime) -> dict[UUID, BoardRole]:
    """This person's role then on each of their boards."""
    query = select(BoardMember.board_id, BoardMember.board_role).where(
        BoardMember.person_id == person_id, BoardMember.present(at)
    )
    return dict(db.session.execute(query).all())


def member_counts(board_ids: Iterable[UUID], at: datetime) -> dict[UUID, int]:
    """How many people are on each of these boards then."""
    query = (
        select(BoardMember.board_id, func.count())
        .where(BoardMember.board_id.in_(list(board_ids)), BoardMember.present(at))
        .group_by(BoardMember.board_id)
    )
    return dict(db.session.execute(query).all())


def coordinators(board_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[Person]]:
    """Who coordinates each of these boards then, by name."""
    query = (
        select(BoardMember)
        .join(Person, Person.id == BoardMember.person_id)
        .where(
            BoardMember.board_id.in_(list(board_ids)),
            BoardMember.board_role == BoardRole.COORDINATOR,
            BoardMember.present(at),
        )
        .order_by(Person.family_name, Person.given_name)
    )
    found: dict[UUID, list[Person]] = defaultdict(list)
    for member in db.session.scalars(query):
        found[member.board_id].append(member.person)
    return found


def present_members(board_id: UUID, at: datetime) -> list[BoardMember]:
    """Who is on the board then, chair and coordinator first, then by name."""
    return _ranked(board_id, BoardMember.present(at))


def present_and_coming(board_id: UUID, at: datetime) -> list[BoardMember]:
    """Who is on the board then or joins it later, in the same order."""
    return _ranked(board_id, BoardMember.left_at.is_(None) | (BoardMember.left_at > at))


def everyone_ever(board_id: UUID) -> list[BoardMember]:
    """Every period of everybody who was, is or will be on the board, in the same order."""
    return _ranked(board_id)


def _ranked(board_id: UUID, *which: ColumnElement[bool]) -> list[BoardMember]:
    rank = {role: place for place, role in enumerate(BoardRole)}
    query = (
        select(BoardMember)
        .where(BoardMember.board_id == board_id, _some_time, *which)
        .options(joinedload(BoardMember.person))
    )
    members = db.session.scalars(query)
    return sorted(members, key=lambda m: (rank[m.board_role], m.person.family_name, m.person.given_name, m.joined_at))


def member_of(board_id: UUID, member_id: UUID) -> BoardMember | None:
    """The membership of this id, if it is one of this board."""
    query = select(BoardMember).where(BoardMember.board_id == board_id, BoardMember.id == member_id)
    return db.session.scalars(query).one_or_none()


def memberships_since(board_id: UUID, person_id: UUID, since: datetime) -> list[BoardMember]:
    """The person's periods on the board that last beyond this instant or begin after it, soonest first."""
    query = (
        select(BoardMember)
        .where(
            BoardMember.board_id == board_id,
            BoardMember.person_id == person_id,
            _some_time,
            BoardMember.left_at.is_(None) | (BoardMember.left_at > since),
        )
        .order_by(BoardMember.joined_at)
    )
    return list(db.session.scalars(query))


def has_lasting_coordinator(board_id: UUID, at: datetime, *, but: UUID) -> bool:
    """Whether a coordinator other than that membership is on the board then and without an end."""
    query = exists().where(
        BoardMember.board_id == board_id,
        BoardMember.board_role == BoardRole.COORDINATOR,
        BoardMember.id != but,
        BoardMember.joined_at <= at,
        BoardMember.left_at.is_(None),
    )
    return bool(db.session.scalar(select(query)))


def present_member(board_id: UUID, person_id: UUID, at: datetime) -> BoardMember | None:
    query = select(BoardMember).where(
        BoardMember.board_id == board_id, BoardMember.person_id == person_id, BoardMember.present(at)
    )
    return db.session.scalars(query).one_or_none()


def coordinators_of(board_id: UUID, at: datetime) -> list[Person]:
    """Who coordinates the board then, by name."""
    return [member.person for member in present_members(board_id, at) if member.board_role is BoardRole.COORDINATOR]


def boards_of(person_id: UUID, at: datetime, roles: Iterable[BoardRole] = tuple(BoardRole)) -> list[Board]:
    """The boards on which this person has one of these roles then, by name."""
    query = (
        select(Board)
        .join(BoardMember)
        .where(
            BoardMember.person_id == person_id,
            BoardMember.present(at),
            BoardMember.board_role.in_(list(roles)),
        )
        .order_by(Board.name)
    )
    return list(db.session.scalars(query).unique())


def people_not_on(board_id: UUID, at: datetime) -> list[Person]:
    """Everybody active who could join this board, by name."""
    on_it = select(BoardMember.person_id).where(BoardMember.board_id == board_id, BoardMember.present(at))
    query = (
        select(Person)
        .where(Person.deactivated_at.is_(None), Person.office.is_(None), ~Person.external, Person.id.not_in(on_it))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))
