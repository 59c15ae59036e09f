"""A board's cases out of somebody's spreadsheet: rows that wait to be mended, or what one load of them made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.person import Person


class CaseList(Identified, Base):
    __tablename__ = "case_list"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    """Whose it is: what waits is shown to nobody else."""
    sealed: Mapped[bytes | None]
    """The form as it stands, sealed, since its rows are patients; none once it is loaded."""
    kept_at: Mapped[datetime]
    loaded_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    case_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    """The cases that the load made."""

    board: Mapped[Board] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("(sealed IS NULL) = (loaded_at IS NOT NULL)", name="waits_or_is_loaded"),
        CheckConstraint("undone_at IS NULL OR loaded_at IS NOT NULL", name="undone_once_loaded"),
        Index("uq_case_list_waiting", "board_id", "person_id", unique=True, postgresql_where=text("loaded_at IS NULL")),
        Index("ix_case_list_loaded", "board_id", "loaded_at"),
    )
