"""Questions about people and hospitals."""

from uuid import UUID

from sqlalchemy import exists, func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Person


def person(person_id: UUID) -> Person | None:
    return db.session.get(Person, person_id)


def person_with_email(email: str) -> Person | None:
    """Whoever has this address; case does not matter."""
    return db.session.scalars(select(Person).where(func.lower(Person.email) == email.lower())).one_or_none()


def hospital_called(short_name: str) -> Hospital | None:
    return db.session.scalars(select(Hospital).where(Hospital.short_name == short_name)).one_or_none()


def all_hospitals() -> list[Hospital]:
    return list(db.session.scalars(select(Hospital).order_by(Hospital.name)))


def there_is_anybody() -> bool:
    """Whether anybody has an account; nobody has one in an empty database."""
    return bool(db.session.scalar(select(exists().select_from(Person))))


def demo_people() -> list[Person]:
    """The invented people of the demo hospital."""
    return list(db.session.scalars(select(Person).where(Person.demo).order_by(Person.family_name)))
