"""One sitting of a board, at an instant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.series import Series
from tumorboard.vocabulary import MeetingState


class Meeting(Identified, Base):
    __tablename__ = "meeting"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey(Series.id))
    """The series of which it is one date; none for a meeting of its own."""
    recurs_at: Mapped[datetime | None]
    """When the rule of its series has it begin: what it is known by in calendars, wherever it was moved."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str]
    video_link: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = mapped_column(word(MeetingState))
    state_note: Mapped[str] = mapped_column(default="")
    """Why its time or place was changed last, or why it was cancelled, in words that go into mails: never a patient."""
    invites_at_once: Mapped[bool] = mapped_column(default=False)
    """Whether its members are invited before an agenda is published: an hour of a slot poll, one beside a series,
    or one that a series let go of."""
    version: Mapped[int] = mapped_column()

    board: Mapped[Board] = relationship(lazy="joined")
    series: Mapped[Series | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(series_id IS NULL) = (recurs_at IS NULL)", name="recurs_in_a_series"),
        UniqueConstraint("series_id", "recurs_at"),
        Index("ix_meeting_board_starts", "board_id", "starts_at"),
    )

    @property
    def is_known(self) -> bool:
        """Whether anybody is invited to it now."""
        known_as_planned = self.state is MeetingState.PLANNED and self.invites_at_once
        return known_as_planned or self.state is MeetingState.PUBLISHED

    @classmethod
    def known(cls) -> ColumnElement[bool]:
        """The same, for questions."""
        known_as_planned = (cls.state == MeetingState.PLANNED) & cls.invites_at_once
        return known_as_planned | (cls.state == MeetingState.PUBLISHED)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
