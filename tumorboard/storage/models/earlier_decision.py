"""What a board decided on the patient before, here or elsewhere, and what became of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified, word
from tumorboard.vocabulary import Fate


class EarlierDecision(Identified, Base):
    __tablename__ = "earlier_decision"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    decided_on: Mapped[date | None]
    board: Mapped[str] = mapped_column(default="")
    """In words: it may be another hospital's, and one of before there was a service."""
    advised: Mapped[str]
    fate: Mapped[Fate] = mapped_column(word(Fate))
    note: Mapped[str] = mapped_column(default="")
    """When it was done, or why it was changed or not done."""

    __table_args__ = (
        UniqueConstraint("case_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("advised <> ''", name="advises_something"),
        CheckConstraint("fate NOT IN ('changed', 'not_done') OR note <> ''", name="says_why_not"),
    )
