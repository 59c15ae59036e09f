"""Who saw or did what to which record, when, from where. Append-only: a trigger refuses change and deletion."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, word
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import AuditAct


class AuditEntry(Base):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    act: Mapped[AuditAct] = mapped_column(word(AuditAct))
    patient_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """Every patient whose record was in sight or changed; a page that lists many is one entry."""
    subject_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    details: Mapped[dict[str, Any]]
    """Codes and ids only, never names: erasing a patient leaves the entry whole."""
    request_id: Mapped[str]
    address: Mapped[str]

    __table_args__ = (
        Index("ix_audit_entry_patient_ids", "patient_ids", postgresql_using="gin"),
        Index("ix_audit_entry_subject_ids", "subject_ids", postgresql_using="gin"),
    )
