"""Access to one patient outside one's care teams and boards: for a reason, for four hours, reviewed afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.patient import Patient
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import BreakGlassCause, ReviewOutcome


class BreakGlass(Identified, Base):
    __tablename__ = "break_glass"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    cause: Mapped[BreakGlassCause] = mapped_column(word(BreakGlassCause))
    reason: Mapped[str]
    """In the person's words; kept here and not in the audit, so that it can be erased (trust.md threat 3)."""
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[ReviewOutcome | None] = mapped_column(word(ReviewOutcome))
    review_note: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    patient: Mapped[Patient] = relationship(lazy="joined")
    reviewed_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[reviewed_by_id])

    __table_args__ = (
        CheckConstraint("expires_at > opened_at", name="expires_after_opened"),
        CheckConstraint(
            "(outcome IS NULL) = (reviewed_at IS NULL) AND (outcome IS NULL) = (reviewed_by_id IS NULL)",
            name="review_is_whole",
        ),
        CheckConstraint("reviewed_by_id <> person_id", name="reviewed_by_another"),
        Index("ix_break_glass_unreviewed", "opened_at", postgresql_where=text("outcome IS NULL")),
    )
