"""A standing tumor board: where and in which zone it meets, and how long it takes for a case."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.hospital import Hospital


class Board(Identified, Base):
    __tablename__ = "board"

    name: Mapped[str] = mapped_column(unique=True)
    """The tumor's name alone: "Breast"; people read "Breast board"."""
    slug: Mapped[str] = mapped_column(unique=True)
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(Hospital.id))
    time_zone: Mapped[str]
    """IANA name: the zone in which the board meets."""
    room: Mapped[str]
    video_link: Mapped[str] = mapped_column(default="")
    minutes_per_case: Mapped[int]
    meeting_minutes: Mapped[int]

    hospital: Mapped[Hospital] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("minutes_per_case BETWEEN 1 AND 120", name="minutes_per_case_sane"),
        CheckConstraint("meeting_minutes BETWEEN 5 AND 600", name="meeting_minutes_sane"),
        CheckConstraint("slug ~ '^[a-z][a-z0-9-]*$'", name="slug_plain"),
    )

    @property
    def full_name(self) -> str:
        return f"{self.name} board"
