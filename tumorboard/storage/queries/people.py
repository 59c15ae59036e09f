"""Questions about people and hospitals."""

from uuid import UUID

from sqlalchemy import func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Person


def person(person_id: UUID) -> Person | None:
    return db.session.get(Person, person_id)


def person_with_email(email: str) -> Person | None:
    """Whoever has this address; case does not matter."""
    return db.session.scalars(select(Person).where(func.lower(Person.email) == email.lower())).one_or_none()


def all_hospitals() -> list[Hospital]:
    return list(db.session.scalars(select(Hospital).order_by(Hospital.name)))
