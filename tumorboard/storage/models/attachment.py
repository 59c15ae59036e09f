"""A file of a case: a letter, a report from elsewhere, a picture. Its bytes are sealed, and its name is data."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import AttachmentKind

_PRESENT = text("taken_off_at IS NULL")


class Attachment(Identified, Base):
    __tablename__ = "attachment"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    name: Mapped[str]
    """As its sender called it, without what cannot be shown; never a path."""
    note: Mapped[str] = mapped_column(default="")
    """What it is, in the words of whoever added it."""
    kind: Mapped[AttachmentKind] = mapped_column(word(AttachmentKind))
    size: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of the bytes as they were sent: the same file a second time is found by it, and so is a restored one."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    """The bytes, sealed by ``storage.sealing``; read by ``queries.attachments.sealed_bytes`` alone, so by no list."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    taken_off_at: Mapped[datetime | None]
    taken_off_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    taken_off_why: Mapped[str] = mapped_column(default="")

    added_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[added_by_id])
    taken_off_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[taken_off_by_id])

    __table_args__ = (
        Index("ix_attachment_case_id", "case_id", "added_at"),
        Index("uq_attachment_content", "case_id", "sha256", unique=True, postgresql_where=_PRESENT),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("size BETWEEN 1 AND 26214400", name="size_within_25_mib"),
        CheckConstraint(
            "(taken_off_at IS NULL) = (taken_off_by_id IS NULL) AND (taken_off_at IS NULL) = (taken_off_why = '')",
            name="taken_off_by_somebody_who_says_why",
        ),
    )
