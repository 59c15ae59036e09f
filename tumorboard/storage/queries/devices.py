"""Questions about known devices and tries on unknown ones."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Device, Person

FREE = 5
LONGEST_WAIT = 60
"""Seconds."""
MOST = 100


def is_known(email: str, token_hash: bytes) -> bool:
    """Whether whoever has this address has signed in whole on the device with this token."""
    query = (
        select(Device.id)
        .join(Person, Person.id == Device.person_id)
        .where(func.lower(Person.email) == email.lower(), Device.token_hash == token_hash)
    )
    return db.session.scalar(query) is not None


def count_try(email: str, at: datetime) -> int:
    """Counts a try on this account, the how manieth in a row it is; 0 where its wait is not over, or nobody has it.

    Of many at once, only the free ones are counted.
    """
    wait = func.least(LONGEST_WAIT, func.power(2.0, Person.failures - FREE))
    waited = Person.failed_at + func.make_interval(0, 0, 0, 0, 0, 0, wait) <= at
    act = (
        update(Person)
        .where(func.lower(Person.email) == email.lower(), Person.failures <= MOST)
        .where(or_(Person.failures < FREE, waited))
        .values(failures=Person.failures + 1, failed_at=at)
        .returning(Person.failures)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(act) or 0


def saw(person_id: UUID, token_hash: bytes, at: datetime) -> None:
    row = insert(Device).values(
        id=new_id(), person_id=person_id, token_hash=token_hash, first_seen_at=at, last_seen_at=at
    )
    db.session.execute(
        row.on_conflict_do_update(index_elements=[Device.person_id, Device.token_hash], set_={"last_seen_at": at})
    )
