"""What one person holds in the calendar, of one meeting or a series: one identity for life (architecture.md 16)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.storage.models.series import Series


class CalendarEntry(Identified, Base):
    __tablename__ = "calendar_entry"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey(Meeting.id))
    """The one date that a guest is invited to; none for a member's entry, which is a series'."""
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey(Series.id))
    since: Mapped[datetime | None]
    """Of a series, when the person began to hold it: dates before it are not in their calendar."""
    uid: Mapped[str] = mapped_column(unique=True)
    """RFC 5545 section 3.8.4.7; never given to another entry."""
    token: Mapped[str] = mapped_column(unique=True)
    """128 random bits in hex: the mailbox ``reply+TOKEN@…`` that is ORGANIZER and From, minted once (calendar.md 8)."""
    sequence: Mapped[int]
    """The SEQUENCE last written into a notice; starts at 0 and only grows (RFC 5546 section 2.1.4)."""
    dtstamp: Mapped[datetime]
    """The DTSTAMP last written into a notice; strictly growing (calendar.md 14)."""
    held: Mapped[bool]
    """Whether the person is to hold it now; false after a CANCEL, true again when they come back."""

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("person_id", "meeting_id"),
        UniqueConstraint("person_id", "series_id"),
        CheckConstraint("(meeting_id IS NULL) <> (series_id IS NULL)", name="one_date_or_a_series"),
        CheckConstraint("(series_id IS NULL) = (since IS NULL)", name="a_series_has_its_begin"),
        CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        CheckConstraint("token ~ '^[0-9a-f]{32}$'", name="token_of_128_bits"),
    )
