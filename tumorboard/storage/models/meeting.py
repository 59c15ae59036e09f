"""One sitting of a board, at an instant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.vocabulary import MeetingState


class Meeting(Identified, Base):
    __tablename__ = "meeting"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str]
    video_link: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = mapped_column(word(MeetingState))
    state_note: Mapped[str] = mapped_column(default="")
    """Why its time or place was changed last, or why it was cancelled, in words that go into mails: never a patient."""
    version: Mapped[int] = mapped_column()

    board: Mapped[Board] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_meeting_board_starts", "board_id", "starts_at"),
    )

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
