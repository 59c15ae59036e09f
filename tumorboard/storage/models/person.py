"""Somebody with an account. A patient is never a person here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.hospital import Hospital
from tumorboard.vocabulary import Discipline, Office


class Person(Identified, Base):
    __tablename__ = "person"

    email: Mapped[str]
    family_name: Mapped[str]
    given_name: Mapped[str]
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    office: Mapped[Office | None] = mapped_column(word(Office))
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(Hospital.id))
    time_zone: Mapped[str]
    """IANA name: the zone of this person's mails, calendar entries and pages."""
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    """Argon2id in PHC string format; none means that nobody can sign in with a password."""
    demo: Mapped[bool] = mapped_column(default=False)
    """An invented person of the demo hospital; production refuses to start beside one."""
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    hospital: Mapped[Hospital] = relationship(lazy="joined")

    __table_args__ = (
        Index("uq_person_email_folded", text("lower(email)"), unique=True),
        CheckConstraint("email LIKE '%_@_%'", name="email_has_an_at"),
    )
