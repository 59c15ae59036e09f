"""Two records of one patient, a case about another, or a record mistyped: put right with a reason, undone in a day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.patient import Patient
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import CorrectionKind


class PatientCorrection(Identified, Base):
    """What was attached to ``from_patient`` is attached to ``to_patient``: all of it (a merge), or one case (a move).

    Where the record's own particulars were corrected, both are the same.
    """

    __tablename__ = "patient_correction"

    from_patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    to_patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    kind: Mapped[CorrectionKind] = mapped_column(word(CorrectionKind))
    reason: Mapped[str]
    moved: Mapped[dict[str, Any]]
    """The ids of what moved, by table, so that it can move back; or the particulars as they were."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))

    from_patient: Mapped[Patient] = relationship(lazy="joined", foreign_keys=[from_patient_id])
    to_patient: Mapped[Patient] = relationship(lazy="joined", foreign_keys=[to_patient_id])

    __table_args__ = (
        CheckConstraint("(from_patient_id <> to_patient_id) = (kind <> 'particulars')", name="two_records"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
    )
