"""A secret address under which one person's calendar is read, by a program that cannot sign in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class Feed(Identified, Base):
    __tablename__ = "feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str]
    """What the person calls the program that reads it: "Phone"."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the token, which is shown once and kept nowhere (calendar.md 38)."""
    made_at: Mapped[datetime]
    last_read_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_is_hashed"),)
