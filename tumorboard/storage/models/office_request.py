"""An administrator asks that somebody be given an office, or be freed of a lost second factor; a second one decides."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import AskedFor, Office


class OfficeRequest(Identified, Base):
    __tablename__ = "office_request"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    asked_for: Mapped[AskedFor] = mapped_column(word(AskedFor), default=AskedFor.GIVE_OFFICE)
    office: Mapped[Office] = mapped_column(word(Office))
    """The one that is to be given, or that the lost second factor guards."""
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    granted: Mapped[bool | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[asked_by_id])

    __table_args__ = (
        CheckConstraint("asked_by_id <> person_id", name="never_for_oneself"),
        CheckConstraint("decided_by_id NOT IN (asked_by_id, person_id)", name="decided_by_a_second"),
        CheckConstraint(
            "(granted IS NULL) = (decided_at IS NULL) AND (granted IS NULL) = (decided_by_id IS NULL)",
            name="decision_is_whole",
        ),
        Index("uq_office_request_open", "person_id", unique=True, postgresql_where=text("granted IS NULL")),
    )
