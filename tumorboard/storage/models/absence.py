"""Somebody is away from a day to a day, and somebody of the same discipline stands in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class Absence(Identified, Base):
    __tablename__ = "absence"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    deputy_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    starts_on: Mapped[date]
    """In the absent person's zone, as is the last day, which is inclusive."""
    ends_on: Mapped[date]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    taken_back_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    deputy: Mapped[Person] = relationship(lazy="joined", foreign_keys=[deputy_id])

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("deputy_id <> person_id", name="deputy_is_another"),
    )
