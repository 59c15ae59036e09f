"""The ordered cases of a meeting, and the versions of that order that were published."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person

_LISTED = text("taken_off_at IS NULL")


class AgendaItem(Identified, Base):
    """One case at its place on one agenda. A case stands on one agenda at a time."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    position: Mapped[int]
    minutes: Mapped[int]
    override: Mapped[str] = mapped_column(default="")
    """Why it was listed although something of its minimum data set was missing or it was late; empty where neither."""
    overridden_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    late: Mapped[bool] = mapped_column(default=False)
    """Whether the board's deadlines for it were over when it was listed."""
    taken_off_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()
    overridden_by: Mapped[Person | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes_sane"),
        CheckConstraint("(override = '') = (overridden_by_id IS NULL)", name="override_by_somebody"),
        CheckConstraint("NOT late OR override <> ''", name="late_with_a_reason"),
        Index("uq_agenda_item_case_listed", "case_id", unique=True, postgresql_where=_LISTED),
        Index("ix_agenda_item_meeting", "meeting_id", postgresql_where=_LISTED),
    )


class AgendaVersion(Identified, Base):
    """An agenda as it went out: version 1, 2, …"""

    __tablename__ = "agenda_version"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    version: Mapped[int]
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    published_by: Mapped[Person] = relationship(lazy="joined")
    items: Mapped[list["PublishedItem"]] = relationship(lazy="selectin", order_by="PublishedItem.position")

    __table_args__ = (UniqueConstraint("meeting_id", "version"),)


class PublishedItem(Base):
    """One case at its place in one published version."""

    __tablename__ = "published_item"

    agenda_version_id: Mapped[UUID] = mapped_column(ForeignKey(AgendaVersion.id), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    position: Mapped[int]
    minutes: Mapped[int]

    case: Mapped[Case] = relationship(lazy="joined")
