"""Questions about offices that were asked for."""

from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import OfficeRequest, Person

MOST = 50


def request_to_decide(request_id: UUID) -> OfficeRequest | None:
    """The request, locked until the transaction ends: it is decided once."""
    query = select(OfficeRequest).where(OfficeRequest.id == request_id).with_for_update(of=OfficeRequest)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def open_request(person_id: UUID) -> OfficeRequest | None:
    query = select(OfficeRequest).where(OfficeRequest.person_id == person_id, OfficeRequest.granted.is_(None))
    return db.session.scalars(query).one_or_none()


def requests() -> list[OfficeRequest]:
    """Those that wait first, then the latest decided."""
    query = select(OfficeRequest).order_by(
        OfficeRequest.decided_at.is_not(None), OfficeRequest.decided_at.desc(), OfficeRequest.asked_at
    )
    return list(db.session.scalars(query.limit(MOST)))


def candidates() -> list[Person]:
    """Whoever could be given an office: active, of the hospitals, without one; by name."""
    query = (
        select(Person)
        .where(
            Person.deactivated_at.is_(None), Person.joined_at.is_not(None), Person.office.is_(None), ~Person.external
        )
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))
