"""What one person holds in the calendar for one meeting: one identity for life (architecture.md 16)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person


class CalendarEntry(Identified, Base):
    __tablename__ = "calendar_entry"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
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
        CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        CheckConstraint("token ~ '^[0-9a-f]{32}$'", name="token_of_128_bits"),
    )
