"""A pathology or imaging item that the board is to see: one specimen or one study, with its accession number."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified, word
from tumorboard.vocabulary import ExaminationKind


class Examination(Identified, Base):
    __tablename__ = "examination"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    kind: Mapped[ExaminationKind] = mapped_column(word(ExaminationKind))
    examined_on: Mapped[date | None]
    accession_number: Mapped[str] = mapped_column(default="")
    finding: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("case_id", "position", deferrable=True, initially="DEFERRED"),)
