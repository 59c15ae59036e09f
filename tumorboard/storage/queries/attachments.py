"""Questions about the files of a case."""

from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import Attachment


def of_case(case_id: UUID) -> list[Attachment]:
    """The case's files, first added first."""
    return _listed(case_id, taken_off=False)


def taken_off(case_id: UUID) -> list[Attachment]:
    """What was taken off the case and can be put back."""
    return _listed(case_id, taken_off=True)


def attachment(case_id: UUID, attachment_id: UUID) -> Attachment | None:
    """One file of this case, also when it was taken off."""
    query = select(Attachment).where(Attachment.id == attachment_id, Attachment.case_id == case_id)
    return db.session.scalars(query).one_or_none()


def with_content(case_id: UUID, sha256: bytes) -> Attachment | None:
    """The case's file with exactly these bytes, unless it was taken off."""
    query = select(Attachment).where(
        Attachment.case_id == case_id, Attachment.sha256 == sha256, Attachment.taken_off_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def sealed_bytes(attachment_id: UUID) -> bytes:
    return db.session.execute(select(Attachment.sealed).where(Attachment.id == attachment_id)).scalar_one()


def _listed(case_id: UUID, *, taken_off: bool) -> list[Attachment]:
    query = select(Attachment).where(Attachment.case_id == case_id, Attachment.taken_off_at.is_not(None) == taken_off)
    return list(db.session.scalars(query.order_by(Attachment.added_at, Attachment.id)))
