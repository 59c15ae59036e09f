"""All the cases of a meeting as one PDF, made in the background for whoever asked: for a day, and for this agenda."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import PackState


class Pack(Identified, Base):
    __tablename__ = "pack"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    asked_at: Mapped[datetime]
    state: Mapped[PackState] = mapped_column(word(PackState))
    done: Mapped[int] = mapped_column(default=0)
    """How many of its cases are written."""
    total: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    agenda: Mapped[str] = mapped_column(default="")
    """The agenda that it is made from, as a digest: another one now, and the pack is out of date."""
    case_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    sealed: Mapped[bytes | None]
    """The PDF, as ``storage.sealing`` seals it."""
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)
    """The worker that makes it; see ``Worker``."""
    lease_until: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="joined")
    asked_by: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("meeting_id", "asked_by_id"),
        CheckConstraint("done BETWEEN 0 AND total", name="done_of_total"),
        CheckConstraint("(state = 'ready') = (sealed IS NOT NULL)", name="ready_has_its_pdf"),
        CheckConstraint(
            "(state = 'making') = (claimed_by IS NOT NULL) AND (claimed_by IS NULL) = (lease_until IS NULL)",
            name="made_by_a_worker",
        ),
        Index("ix_pack_due", "asked_at", postgresql_where=text("state IN ('asked', 'making')")),
    )
