"""A discipline asked to prepare one case for one meeting, and how far it is with that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import Discipline, Hindrance, PreparationState


class Preparation(Identified, Base):
    """It is asked for as long as its case is listed for its meeting; afterwards it is history."""

    __tablename__ = "preparation"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id), index=True)
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    agenda_version: Mapped[int]
    """The version of the agenda that asked for it."""
    requested_at: Mapped[datetime]
    state: Mapped[PreparationState] = mapped_column(word(PreparationState))
    version: Mapped[int] = mapped_column()
    started_at: Mapped[datetime | None]
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    ready_at: Mapped[datetime | None]
    ready_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    sentence: Mapped[str] = mapped_column(default="")
    """What the meeting is to know; it stays when Ready is taken back, so that it need not be written twice."""
    hindrance: Mapped[Hindrance | None] = mapped_column(word(Hindrance))
    """Why it cannot be done now, while that lasts."""
    hindrance_note: Mapped[str] = mapped_column(default="")
    hindered_at: Mapped[datetime | None]
    hindered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))

    case: Mapped[Case] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()
    started_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[started_by_id])
    ready_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[ready_by_id])
    hindered_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[hindered_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        UniqueConstraint("case_id", "meeting_id", "discipline", name="uq_preparation_case_meeting_discipline"),
        CheckConstraint("(started_at IS NULL) = (started_by_id IS NULL)", name="started_by_somebody"),
        CheckConstraint("(ready_at IS NULL) = (ready_by_id IS NULL)", name="ready_by_somebody"),
        CheckConstraint("(state = 'ready') = (ready_at IS NOT NULL)", name="ready_has_its_time"),
        CheckConstraint("state <> 'started' OR started_at IS NOT NULL", name="started_has_its_time"),
        CheckConstraint("state <> 'requested' OR started_at IS NULL", name="requested_is_not_started"),
        CheckConstraint(
            "(hindrance IS NULL) = (hindered_at IS NULL) AND (hindrance IS NULL) = (hindered_by_id IS NULL)"
            " AND (hindrance IS NOT NULL OR hindrance_note = '')",
            name="hindered_by_somebody",
        ),
        CheckConstraint("hindrance IS NULL OR state = 'requested'", name="hindered_while_requested"),
        CheckConstraint("hindrance <> 'other' OR hindrance_note <> ''", name="something_else_is_said"),
    )

    @property
    def last_by_id(self) -> UUID | None:
        """Who did the last act on it, and so may undo it."""
        return self.ready_by_id or self.started_by_id or self.hindered_by_id

    @property
    def touched_at(self) -> datetime | None:
        """Since when somebody has been at it or done with it: what of the case is written later, they have not seen."""
        return self.ready_at or self.started_at
