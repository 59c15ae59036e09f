"""One case or one meeting, opened to an expert from outside until a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person


class ExternalAccess(Identified, Base):
    __tablename__ = "external_access"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey(Meeting.id), index=True)
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    opened_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[opened_by_id])

    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (meeting_id IS NULL)", name="one_case_or_one_meeting"),
        CheckConstraint("until > opened_at", name="until_after_opened"),
    )
