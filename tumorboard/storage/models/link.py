"""A single-use address, mailed to one person, that proves who reads their mail: to join, to reset, to confirm."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import LinkKind


class Link(Identified, Base):
    __tablename__ = "link"

    kind: Mapped[LinkKind] = mapped_column(word(LinkKind))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """SHA-256 of the token in the mail, which is computed from this row's id and a key outside the database."""
    email: Mapped[str] = mapped_column(default="")
    """The address that is to be confirmed, or to come back; empty for links that change none."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was used, or ended because a newer one took its place."""

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("expires_at > made_at", name="expires_after_made"),)
