"""What a coordinator asks back when a case is returned: which items, in which words, and what came of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.person import Person


class InformationRequest(Identified, Base):
    __tablename__ = "information_request"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    note: Mapped[str]
    """The coordinator's own words to the submitter; never in a mail."""
    items: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    """Keys of the items that are asked for."""
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    waited_since: Mapped[datetime]
    """Since when the case waited for triage: the clock that goes on when it is answered."""
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    answer: Mapped[str] = mapped_column(default="")
    """What was answered in words, beside the items."""
    recalled_at: Mapped[datetime | None]
    """When the coordinator took it back."""

    asked_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[asked_by_id])
    answered_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[answered_by_id])

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        CheckConstraint("answered_at IS NULL OR recalled_at IS NULL", name="answered_or_recalled"),
        Index(
            "uq_information_request_open",
            "case_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL AND recalled_at IS NULL"),
        ),
    )
