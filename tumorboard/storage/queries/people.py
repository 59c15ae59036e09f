"""Questions about people and hospitals."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, Hospital, Person
from tumorboard.vocabulary import BoardRole, Discipline, Office


def person(person_id: UUID) -> Person | None:
    return db.session.get(Person, person_id)


def of_discipline(person_ids: Iterable[UUID], discipline: Discipline) -> list[Person]:
    """Those of these people who are trained in it."""
    return list(
        db.session.scalars(select(Person).where(Person.id.in_(list(person_ids)), Person.discipline == discipline))
    )


def person_with_email(email: str) -> Person | None:
    """Whoever has this address; case does not matter."""
    return db.session.scalars(select(Person).where(func.lower(Person.email) == email.lower())).one_or_none()


def hold_invitations() -> None:
    """Until the transaction ends, nobody else invites."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("invitations", 0))))


def anybody() -> Person | None:
    """Whoever comes first."""
    return db.session.scalars(select(Person).order_by(Person.id).limit(1)).one_or_none()


def hospital_called(short_name: str) -> Hospital | None:
    return db.session.scalars(select(Hospital).where(Hospital.short_name == short_name)).one_or_none()


def all_hospitals() -> list[Hospital]:
    return list(db.session.scalars(select(Hospital).order_by(Hospital.name)))


def clinicians() -> list[Person]:
    """Everybody active of the hospitals who holds no office, by name: in whose name a case can be."""
    query = (
        select(Person)
        .where(Person.deactivated_at.is_(None), Person.office.is_(None), ~Person.external)
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


def there_is_anybody() -> bool:
    """Whether anybody has an account; nobody has one in an empty database."""
    return bool(db.session.scalar(select(exists().select_from(Person))))


def demo_people() -> list[Person]:
    """The invented people of the demo hospital."""
    return list(db.session.scalars(select(Person).where(Person.demo).order_by(Person.family_name)))


def coordinates(coordinator_id: UUID, member_id: UUID, at: datetime) -> bool:
    """Whether the one coordinates a board on which the other is, then or later."""
    theirs = select(BoardMember.board_id).where(
        BoardMember.person_id == member_id, BoardMember.left_at.is_(None) | (BoardMember.left_at > at)
    )
    query = select(
        exists().where(
            BoardMember.person_id == coordinator_id,
            BoardMember.board_role == BoardRole.COORDINATOR,
            BoardMember.present(at),
            BoardMember.board_id.in_(theirs),
        )
    )
    return bool(db.session.scalar(query))


def hospital(hospital_id: UUID) -> Hospital | None:
    return db.session.get(Hospital, hospital_id)


def hospital_to_change(hospital_id: UUID) -> Hospital | None:
    """The hospital, locked until the transaction ends."""
    query = select(Hospital).where(Hospital.id == hospital_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def person_to_change(person_id: UUID) -> Person | None:
    """The person, locked until the transaction ends."""
    query = select(Person).where(Person.id == person_id).with_for_update(of=Person)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def addresses_taken(emails: Iterable[str]) -> set[str]:
    """Those of these addresses, in small letters, that somebody has whose invitation was not withdrawn."""
    folded = func.lower(Person.email)
    withdrawn = Person.deactivated_at.is_not(None) & Person.joined_at.is_(None)
    query = select(folded).where(folded.in_([email.lower() for email in emails]), ~withdrawn)
    return set(db.session.scalars(query))


def office_holders(office: Office) -> list[Person]:
    """Who holds this office, by name."""
    query = (
        select(Person)
        .where(Person.office == office, Person.deactivated_at.is_(None))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


def hold_offices() -> None:
    """Until the transaction ends, nobody else takes an office away or lets its holder leave."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("offices", 0))))


def is_somebody_else(office: Office, person_id: UUID) -> bool:
    """Whether anybody but this person holds the office and is to keep it."""
    others = exists().where(
        Person.office == office,
        Person.id != person_id,
        Person.deactivated_at.is_(None),
        Person.leaves_at.is_(None),
    )
    return bool(db.session.scalar(select(others)))


def certified_until(first: date, last: date) -> list[Person]:
    """Active people whose board certification ends in that time, locked: two tellings come one after the other."""
    query = (
        select(Person)
        .where(Person.certified_until.between(first, last), Person.deactivated_at.is_(None))
        .order_by(Person.id)
        .with_for_update(of=Person)
    )
    return list(db.session.scalars(query))


def coordinators_of(member_id: UUID, at: datetime) -> list[Person]:
    """Whoever coordinates a board on which this person is then."""
    boards = select(BoardMember.board_id).where(BoardMember.person_id == member_id, BoardMember.present(at))
    query = (
        select(Person)
        .join(BoardMember, BoardMember.person_id == Person.id)
        .where(
            BoardMember.board_id.in_(boards),
            BoardMember.board_role == BoardRole.COORDINATOR,
            BoardMember.present(at),
            Person.deactivated_at.is_(None),
        )
        .distinct()
    )
    return list(db.session.scalars(query).unique())


def colleagues(person: Person, *disciplines: Discipline) -> list[Person]:
    """Who could stand in or take over: everybody of these disciplines, main or other, of the same hospital first."""
    shared = or_(
        Person.discipline.in_(disciplines), Person.other_disciplines.overlap([each.value for each in disciplines])
    )
    query = (
        select(Person)
        .where(
            Person.id != person.id,
            Person.deactivated_at.is_(None),
            Person.joined_at.is_not(None),
            Person.office.is_(None),
            ~Person.external,
            shared,
        )
        .order_by(Person.hospital_id != person.hospital_id, Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))
