"""A recurrence rule that yields a board's meetings, in the board's own zone."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.vocabulary import Frequency


class Series(Identified, Base):
    __tablename__ = "series"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    frequency: Mapped[Frequency] = mapped_column(word(Frequency))
    week: Mapped[int | None]
    """Of a monthly rule: 1 to 4, or -1 for the last week of the month."""
    first_day: Mapped[date]
    start: Mapped[time]
    """What the clocks of ``zone`` show when it begins."""
    minutes: Mapped[int]
    zone: Mapped[str]
    last_day: Mapped[date | None]
    """Inclusive; none without an end."""
    room: Mapped[str]
    video_link: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("series.id"))
    """The series that this one continues from a date on, under another rule."""
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    board: Mapped[Board] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        CheckConstraint("(week IS NULL) = (frequency <> 'monthly')", name="week_of_a_month"),
        CheckConstraint("week IN (-1, 1, 2, 3, 4)", name="week_known"),
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes_sane"),
        Index("ix_series_board_id", "board_id"),
    )
