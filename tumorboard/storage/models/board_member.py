"""A person on a board from a time to a time, with a board role."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import BoardRole


class BoardMember(Identified, Base):
    __tablename__ = "board_member"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    board_role: Mapped[BoardRole] = mapped_column(word(BoardRole))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    board: Mapped[Board] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("left_at >= joined_at", name="left_after_joined"),
        Index(
            "uq_board_member_present", "board_id", "person_id", unique=True, postgresql_where=text("left_at IS NULL")
        ),
    )

    @classmethod
    def present(cls, at: datetime | InstrumentedAttribute[datetime] | BindParameter[datetime]) -> ColumnElement[bool]:
        """Whether somebody is on the board at that instant: from joining on, up to leaving and not with it."""
        return (cls.joined_at <= at) & (cls.left_at.is_(None) | (cls.left_at > at))
