"""Somebody who leaves after a day that is still to come: who takes over then. When it is, is ``Person.leaves_at``."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base
from tumorboard.storage.models.person import Person


class Leaving(Base):
    """Taken back, or done, the row is gone; what was planned and by whom stays in the audit."""

    __tablename__ = "leaving"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    leads_to_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    key_worker_to_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    ends_anyway: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """Places on boards and care teams that end at that instant for other reasons: taking it back leaves them alone."""
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    planned_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[planned_by_id])
