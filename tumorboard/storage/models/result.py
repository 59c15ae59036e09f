"""What a case has for one item of its minimum data set, or one more study or specimen that the board is to see."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified, word
from tumorboard.vocabulary import ResultState, Section


class Result(Identified, Base):
    __tablename__ = "result"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    section: Mapped[Section] = mapped_column(word(Section))
    item: Mapped[str] = mapped_column(default="")
    """The key of the item that it answers; empty for a study or specimen beyond them."""
    label: Mapped[str] = mapped_column(default="")
    """The item's words when it was answered."""
    state: Mapped[ResultState] = mapped_column(word(ResultState))
    answer: Mapped[str] = mapped_column(default="")
    """One of the item's answers: "Positive"."""
    value: Mapped[str] = mapped_column(default="")
    """A number, or what was found in words."""
    unit: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date | None]
    """The day of the study, the specimen or the measurement."""
    number: Mapped[str] = mapped_column(default="")
    """The accession number of a study, or the number of a specimen or slide."""
    place: Mapped[str] = mapped_column(default="")
    """Where pictures or slides are, when that is not the submitter's hospital."""
    expected_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was not done."""

    __table_args__ = (
        UniqueConstraint("case_id", "position", deferrable=True, initially="DEFERRED"),
        Index("uq_result_item", "case_id", "item", unique=True, postgresql_where=text("item <> ''")),
        CheckConstraint("expected_on IS NULL OR state = 'pending'", name="expected_while_pending"),
        CheckConstraint("reason = '' OR state = 'not_done'", name="reason_where_not_done"),
    )

    @property
    def words(self) -> str:
        """The answer as people read it: ``Positive, 90 % of nuclei``; ``Pending``; ``Not done: no tissue left``."""
        if self.state is ResultState.PENDING:
            return "Pending"
        if self.state is ResultState.NOT_DONE:
            return f"Not done: {self.reason}" if self.reason else "Not done"
        measured = f"{self.value} {self.unit}".strip() if self.value else ""
        return ", ".join(filter(None, [self.answer, measured]))
