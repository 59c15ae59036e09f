"""Two records that were one patient, or a case that was about another: put right with a reason, undone within a day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.patient import Patient
from tumorboard.storage.models.person import Person


class PatientCorrection(Identified, Base):
    """What was attached to ``from_patient`` is attached to ``to_patient``: all of it (a merge), or one case."""

    __tablename__ = "patient_correction"

    from_patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    to_patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    merge: Mapped[bool]
    """Whether the two records are one patient; otherwise one case moved from one to the other."""
    reason: Mapped[str]
    moved: Mapped[dict[str, Any]]
    """The ids of what moved, by table, so that it can move back."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))

    from_patient: Mapped[Patient] = relationship(lazy="joined", foreign_keys=[from_patient_id])
    to_patient: Mapped[Patient] = relationship(lazy="joined", foreign_keys=[to_patient_id])

    __table_args__ = (
        CheckConstraint("from_patient_id <> to_patient_id", name="two_records"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
    )
