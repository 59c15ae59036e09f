"""The directory of people: found, filtered, sorted, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, exists, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Link, Notice, Person, WebSession
from tumorboard.storage.queries.absences import is_away
from tumorboard.vocabulary import Discipline, LinkKind, NoticeState, Word

PAGE = 25
ENDS_SOON = timedelta(days=90)
_NEVER = cast(literal("9999-12-31"), Date)


class Tab(Word):
    """A part of the directory; its label is what the tab says."""

    ALL = "all"
    INVITED = "invited"
    ABSENT = "absent"
    CERTIFICATION = "certification"
    OUTSIDE = "outside"
    DEACTIVATED = "deactivated"

    @property
    def label(self) -> str:
        return _TAB_LABELS.get(self, super().label)


_TAB_LABELS = {
    Tab.INVITED: "Invited, not here yet",
    Tab.ABSENT: "Absent now",
    Tab.CERTIFICATION: "Certification ends in 90 days",
    Tab.OUTSIDE: "From outside",
}


class Sort(Word):
    NAME = "name"
    NEWEST = "newest"
    CERTIFICATION = "certification"

    @property
    def label(self) -> str:
        return {"name": "By name", "newest": "Newest first", "certification": "Certification ends first"}[self.value]


@dataclass(frozen=True)
class Asked:
    """What the directory is asked for, at an instant; all of it narrows."""

    at: datetime
    tab: Tab = Tab.ALL
    sort: Sort = Sort.NAME
    text: str = ""
    """Part of a name, an address or a phone number; each word must be found."""
    discipline: Discipline | None = None
    hospital_id: UUID | None = None
    board_id: UUID | None = None
    after: UUID | None = None
    """The last person of the page before."""


def page_of_people(asked: Asked) -> list[Person]:
    """A page, and one row more where another follows."""
    before, last = _place(asked.sort, Person), aliased(Person)
    query = select(Person).where(_in_tab(asked.tab, asked.at), *_narrowed(asked)).limit(PAGE + 1)
    backwards = asked.sort is Sort.NEWEST
    query = query.order_by(*(each.desc() if backwards else each.asc() for each in before))
    if asked.after is not None:
        place = select(*_place(asked.sort, last)).where(last.id == asked.after).scalar_subquery()
        query = query.where(tuple_(*before) < place if backwards else tuple_(*before) > place)
    return list(db.session.scalars(query))


def tab_counts(asked: Asked) -> dict[Tab, int]:
    """How many people are in each tab, narrowed as asked."""
    counts = [func.count().filter(_in_tab(tab, asked.at)) for tab in Tab]
    row = db.session.execute(select(*counts).select_from(Person).where(*_narrowed(asked))).one()
    return dict(zip(Tab, row, strict=True))


def board_places(person_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[BoardMember]]:
    """For each of these people, their places on boards then, by the board's name."""
    query = select(BoardMember).join(Board).where(BoardMember.person_id.in_(list(person_ids)), BoardMember.present(at))
    places: dict[UUID, list[BoardMember]] = {}
    for place in db.session.scalars(query.order_by(Board.name)):
        places.setdefault(place.person_id, []).append(place)
    return places


def last_here(person_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these people was last signed in."""
    query = (
        select(WebSession.person_id, func.max(WebSession.last_used_at))
        .where(WebSession.person_id.in_(list(person_ids)))
        .group_by(WebSession.person_id)
    )
    return dict(db.session.execute(query).all())


def mail_that_failed(person_ids: Iterable[UUID]) -> dict[UUID, Notice]:
    """For each of these people whose latest mail failed, that mail."""
    query = (
        select(Notice)
        .where(Notice.person_id.in_(list(person_ids)), Notice.state.in_((NoticeState.SENT, NoticeState.FAILED)))
        .ext(distinct_on(Notice.person_id))
        .order_by(Notice.person_id, Notice.last_tried_at.desc(), Notice.id.desc())
    )
    return {each.person_id: each for each in db.session.scalars(query) if each.state is NoticeState.FAILED}


def join_links(person_ids: Iterable[UUID]) -> dict[UUID, Link]:
    """For each of these people, the latest link to join by."""
    query = (
        select(Link)
        .where(Link.person_id.in_(list(person_ids)), Link.kind == LinkKind.JOIN)
        .ext(distinct_on(Link.person_id))
        .order_by(Link.person_id, Link.made_at.desc())
    )
    return {each.person_id: each for each in db.session.scalars(query)}


def _place(sort: Sort, person: Any) -> tuple[ColumnElement[Any], ...]:
    return {
        Sort.NAME: (func.lower(person.family_name), func.lower(person.given_name), person.id),
        Sort.NEWEST: (person.created_at, person.id),
        Sort.CERTIFICATION: (func.coalesce(person.certified_until, _NEVER), person.id),
    }[sort]


def _in_tab(tab: Tab, at: datetime) -> ColumnElement[bool]:
    active = Person.deactivated_at.is_(None)
    return {
        Tab.ALL: active,
        Tab.INVITED: active & Person.joined_at.is_(None),
        Tab.ABSENT: active & is_away(at),
        Tab.CERTIFICATION: active & (Person.certified_until <= (at + ENDS_SOON).date()),
        Tab.OUTSIDE: active & Person.external,
        Tab.DEACTIVATED: ~active,
    }[tab]


def _narrowed(asked: Asked) -> Iterable[ColumnElement[bool]]:
    for word in asked.text.split():
        known = (Person.family_name, Person.given_name, Person.email, Person.phone)
        yield or_(*(column.icontains(word, autoescape=True) for column in known))
    if asked.discipline is not None:
        yield (Person.discipline == asked.discipline) | Person.other_disciplines.contains([asked.discipline.value])
    if asked.hospital_id is not None:
        yield Person.hospital_id == asked.hospital_id
    if asked.board_id is not None:
        yield exists().where(
            BoardMember.person_id == Person.id, BoardMember.board_id == asked.board_id, BoardMember.present(asked.at)
        )
