"""A browser in which somebody has signed in whole before: there, failed tries elsewhere do not lock them out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class Device(Identified, Base):
    __tablename__ = "device"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the device's cookie; a shared workstation is a row for each person."""
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "token_hash"),)
