"""Somebody with an account. A patient is never a person here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.hospital import Hospital
from tumorboard.vocabulary import Discipline, Office


class Person(Identified, Base):
    __tablename__ = "person"

    email: Mapped[str]
    family_name: Mapped[str]
    given_name: Mapped[str]
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    other_disciplines: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    """Values of ``vocabulary.Discipline`` besides the main one."""
    office: Mapped[Office | None] = mapped_column(word(Office))
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(Hospital.id))
    time_zone: Mapped[str]
    """IANA name: the zone of this person's mails, calendar entries and pages."""
    phone: Mapped[str] = mapped_column(default="")
    """Phone, pager, or both, as people read it."""
    registration: Mapped[str] = mapped_column(default="")
    """The number under which the profession's register knows this person."""
    certification: Mapped[str] = mapped_column(default="")
    """The board certification, in words and with its number."""
    certified_until: Mapped[date | None]
    """The certification's last day."""
    external: Mapped[bool] = mapped_column(default=False)
    """An expert from outside, who sees only what was opened to them (``ExternalAccess``)."""
    muted: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    """Values of ``vocabulary.NoticeKind`` that this person does not want; what safety needs cannot be among them."""
    keys: Mapped[bool] = mapped_column(default=True)
    """Whether single keys act on pages (WCAG 2.2, 2.1.4)."""
    password_hash: Mapped[str | None]
    """Argon2id in PHC string format; none means that nobody can sign in with a password."""
    password_set_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    """Failed sign-ins in a row from devices that were never signed in whole."""
    failed_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    """An invented person of the demo hospital; production refuses to start beside one."""
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    """When the invitation was accepted; none while it is open."""
    deactivated_at: Mapped[datetime | None]
    leaves_at: Mapped[datetime | None]
    """When the account ends, where that is planned (``Leaving``); from then on it opens nothing."""

    hospital: Mapped[Hospital] = relationship(lazy="joined")

    __table_args__ = (
        Index("uq_person_email_folded", text("lower(email)"), unique=True),
        CheckConstraint("email LIKE '%_@_%'", name="email_has_an_at"),
        CheckConstraint("NOT (external AND office IS NOT NULL)", name="no_office_for_outsiders"),
        CheckConstraint("muted <@ ARRAY['agenda', 'certification_ends']::varchar[]", name="safety_is_never_muted"),
        CheckConstraint("deactivated_at IS NULL OR leaves_at IS NULL", name="leaves_once"),
        Index("ix_person_leaves_at", "leaves_at", postgresql_where=text("leaves_at IS NOT NULL")),
    )

    def has_left(self, at: datetime) -> bool:
        """Whether the account is over then."""
        return self.deactivated_at is not None or (self.leaves_at is not None and self.leaves_at <= at)

    @classmethod
    def active(cls, at: datetime | InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
        """The same turned round, for questions."""
        return cls.deactivated_at.is_(None) & (cls.leaves_at.is_(None) | (cls.leaves_at > at))
