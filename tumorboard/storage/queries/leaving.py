"""Questions about what somebody who leaves holds: board places, care teams, meetings, sessions."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import (
    Board,
    BoardMember,
    CalendarEntry,
    CareTeamMember,
    ExternalAccess,
    Leaving,
    Meeting,
    Person,
    WebSession,
)
from tumorboard.vocabulary import BoardRole


def board_places(person_id: UUID, at: datetime) -> list[BoardMember]:
    """On which boards this person is or is to be, by name."""
    query = select(BoardMember).join(Board).where(BoardMember.person_id == person_id, _not_over(BoardMember, at))
    return list(db.session.scalars(query.order_by(Board.name)))


def care_team_places(person_id: UUID, at: datetime) -> list[CareTeamMember]:
    """Which patients this person looks after, or is to: rows without the patient."""
    query = select(CareTeamMember).where(CareTeamMember.person_id == person_id, _not_over(CareTeamMember, at))
    return list(db.session.scalars(query.order_by(CareTeamMember.id)))


def places_ending(person_id: UUID, at: datetime, *, but: Iterable[UUID]) -> list[BoardMember | CareTeamMember]:
    """This person's places that end at that very instant, but those of these ids."""
    found: list[BoardMember | CareTeamMember] = []
    for place in (BoardMember, CareTeamMember):
        query = select(place).where(place.person_id == person_id, place.left_at == at, place.id.not_in(list(but)))
        found += db.session.scalars(query)
    return found


def planned(person_id: UUID) -> Leaving | None:
    """What is planned for this person, locked until the transaction ends."""
    query = select(Leaving).where(Leaving.person_id == person_id).with_for_update(of=Leaving)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def due(at: datetime) -> list[UUID]:
    """Whose last day is over, and nothing was done about it yet."""
    query = select(Leaving.person_id).join(Person, Person.id == Leaving.person_id).where(Person.leaves_at <= at)
    return list(db.session.scalars(query.order_by(Person.leaves_at)))


def care_team_counts(person_ids: list[UUID], at: datetime) -> dict[UUID, int]:
    """How many patients each of these people looks after."""
    query = (
        select(CareTeamMember.person_id, func.count())
        .where(CareTeamMember.person_id.in_(person_ids), CareTeamMember.present(at))
        .group_by(CareTeamMember.person_id)
    )
    return dict(db.session.execute(query).all())


def boards_left_alone(person_id: UUID, at: datetime) -> list[Board]:
    """Boards that would have no coordinator without this person."""
    other = aliased(BoardMember)
    another = exists().where(
        other.board_id == BoardMember.board_id,
        other.board_role == BoardRole.COORDINATOR,
        other.person_id != person_id,
        other.joined_at <= at,
        other.left_at.is_(None),
    )
    query = (
        select(Board)
        .join(BoardMember)
        .where(
            BoardMember.person_id == person_id,
            BoardMember.board_role == BoardRole.COORDINATOR,
            _not_over(BoardMember, at),
            ~another,
        )
        .order_by(Board.name)
        .with_for_update(of=Board)
    )
    return list(db.session.scalars(query).unique())


def known_meetings(person_id: UUID, after: datetime) -> list[Meeting]:
    """Coming meetings in this person's calendar."""
    query = (
        select(Meeting)
        .join(CalendarEntry)
        .where(
            CalendarEntry.person_id == person_id,
            CalendarEntry.held,
            Meeting.known(),
            Meeting.ends_at > after,
        )
        .order_by(Meeting.starts_at)
    )
    return list(db.session.scalars(query))


def open_session_count(person_id: UUID, since: datetime) -> int:
    """Sessions that began since then and were not ended."""
    query = select(func.count()).where(
        WebSession.person_id == person_id, WebSession.ended_at.is_(None), WebSession.started_at > since
    )
    return db.session.scalar(query) or 0


def end_sessions(person_id: UUID, at: datetime) -> None:
    db.session.execute(
        update(WebSession).where(WebSession.person_id == person_id, WebSession.ended_at.is_(None)).values(ended_at=at)
    )


def end_external_access(person_id: UUID, at: datetime) -> None:
    db.session.execute(
        update(ExternalAccess)
        .where(ExternalAccess.person_id == person_id, ExternalAccess.ended_at.is_(None))
        .values(ended_at=at)
    )


def _not_over(place: type[BoardMember] | type[CareTeamMember], at: datetime) -> ColumnElement[bool]:
    return place.left_at.is_(None) | (place.left_at > at)
