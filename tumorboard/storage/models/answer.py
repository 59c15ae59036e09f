"""Whether one person comes to one meeting, as they said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import AnswerKind


class Answer(Identified, Base):
    __tablename__ = "answer"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    answer: Mapped[AnswerKind] = mapped_column(word(AnswerKind))
    reason: Mapped[str] = mapped_column(default="")
    """Why not, if they said so; never about a patient."""
    starts_at: Mapped[datetime]
    """The hours that it was given for: at any others it does not count."""
    ends_at: Mapped[datetime]
    answered_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("answer = 'no' OR reason = ''", name="reason_for_a_no"),
    )
