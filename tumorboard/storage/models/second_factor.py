"""What somebody has besides a password: an app's codes, a passkey, and recovery codes for a lost phone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class Totp(Base):
    """The secret shared with an app that shows six digits every 30 seconds (RFC 6238)."""

    __tablename__ = "totp"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    """The base32 secret, sealed by ``storage.sealing``."""
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The time step of the last code that was taken: a code opens once (RFC 6238 section 5.2)."""
    tries: Mapped[int] = mapped_column(default=0)
    """Codes that were tried since ``tries_since`` without one that opened."""
    tries_since: Mapped[datetime | None]
    made_at: Mapped[datetime]
    """When a first code showed that the app has the secret."""


class Passkey(Identified, Base):
    """A public key credential (W3C Web Authentication Level 3); the private key never leaves the device."""

    __tablename__ = "passkey"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    """COSE_Key (RFC 9052)."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Identified, Base):
    """One of the codes shown once, for a lost phone; each opens once."""

    __tablename__ = "recovery_code"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256; the code has 80 random bits."""
    used_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)
