"""One section of a case as somebody left it: what each version said, by whom and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import Section


class SectionVersion(Identified, Base):
    __tablename__ = "section_version"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    section: Mapped[Section] = mapped_column(word(Section))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    """What stood there in words, field to text, as people read it."""
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    written_by: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("case_id", "section", "version"),
        CheckConstraint("version >= 1", name="version_counts_from_1"),
    )
