"""A question which of some hours suits for an extra meeting of a board: the hours, the people asked, their answers."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import Suits


class SlotPoll(Identified, Base):
    __tablename__ = "slot_poll"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    minutes: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    open_until: Mapped[datetime]
    """Until when answers count."""
    closed_at: Mapped[datetime | None]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey(Meeting.id))
    """The meeting that came of it; none while it is open, and where it was closed without an hour."""

    board: Mapped[Board] = relationship(lazy="joined")
    asked_by: Mapped[Person] = relationship(lazy="joined")
    meeting: Mapped[Meeting | None] = relationship()
    proposals: Mapped[list["SlotProposal"]] = relationship(
        back_populates="poll", order_by="SlotProposal.starts_at", lazy="selectin"
    )
    asked: Mapped[list["SlotAsked"]] = relationship(back_populates="poll", lazy="selectin")

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes_sane"),
        CheckConstraint("open_until > asked_at", name="open_for_a_time"),
        CheckConstraint("meeting_id IS NULL OR closed_at IS NOT NULL", name="closed_by_its_meeting"),
        Index("ix_slot_poll_board_id", "board_id"),
    )

    @property
    def answered(self) -> int:
        """How many people have answered."""
        return len([each for each in self.asked if each.answered_at])

    def takes_answers(self, at: datetime) -> bool:
        """Whether an answer still counts."""
        return self.closed_at is None and at < self.open_until


class SlotProposal(Identified, Base):
    """One hour that the poll proposes."""

    __tablename__ = "slot_proposal"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(SlotPoll.id))
    starts_at: Mapped[datetime]

    poll: Mapped[SlotPoll] = relationship(back_populates="proposals")

    __table_args__ = (UniqueConstraint("poll_id", "starts_at"),)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.poll.minutes)


class SlotAsked(Identified, Base):
    """One person who is asked, and the link that answers without a sign-in."""

    __tablename__ = "slot_asked"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(SlotPoll.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """As in ``Link``: SHA-256 of the token in the mail, which is computed from this row's id."""
    answered_at: Mapped[datetime | None]
    """When answers were sent last."""

    poll: Mapped[SlotPoll] = relationship(back_populates="asked", lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
    answers: Mapped[list["SlotAnswer"]] = relationship(lazy="selectin")

    __table_args__ = (UniqueConstraint("poll_id", "person_id"),)


class SlotAnswer(Base):
    """What one person said to one hour, last."""

    __tablename__ = "slot_answer"

    asked_id: Mapped[UUID] = mapped_column(ForeignKey(SlotAsked.id), primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey(SlotProposal.id), primary_key=True)
    suits: Mapped[Suits] = mapped_column(word(Suits))
