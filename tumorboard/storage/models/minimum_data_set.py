"""What a board needs before it will discuss a case of one tumor type, version by version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import TumorType


class MinimumDataSet(Identified, Base):
    """One version. ``content``, the JSON of ``domain.minimum_data_sets.DataSet``, never changes once it is in force."""

    __tablename__ = "minimum_data_set"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    tumor_type: Mapped[TumorType] = mapped_column(word(TumorType))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column()
    """Counts the savings of a draft, so that two coordinators do not overwrite each other."""
    made_at: Mapped[datetime]
    in_force_since: Mapped[datetime | None]
    """None while it is a draft."""
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    """None for version 1, which comes from the template."""

    board: Mapped[Board] = relationship(lazy="joined")
    made_by: Mapped[Person | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        UniqueConstraint("board_id", "tumor_type", "version"),
        CheckConstraint("version >= 1", name="version_counts_from_1"),
        Index(
            "uq_minimum_data_set_draft",
            "board_id",
            "tumor_type",
            unique=True,
            postgresql_where=text("in_force_since IS NULL"),
        ),
    )
