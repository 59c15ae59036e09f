"""One sign-in on one device. The cookie holds the token, this row its hash, and ending the row ends the session."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class WebSession(Identified, Base):
    __tablename__ = "web_session"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """SHA-256 of the cookie's token, which itself is kept nowhere."""
    device: Mapped[str] = mapped_column(default="")
    """The browser in words, for people to know it again: "Firefox on Windows"."""
    address: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When the second factor was shown, or last shown again (step-up); before that the session opens nothing."""
    locked_at: Mapped[datetime | None]
    """Since when a password or passkey is asked before anything is shown."""
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What a passkey was last asked to sign here; taken away by the first answer, so that none is given twice."""
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")
