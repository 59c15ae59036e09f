"""A person looking after one patient from a time to a time; one is the lead, one the key worker."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.patient import Patient
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import Discipline

_PRESENT = text("left_at IS NULL")


class CareTeamMember(Identified, Base):
    __tablename__ = "care_team_member"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    lead: Mapped[bool] = mapped_column(default=False)
    """The main point of contact."""
    key_worker: Mapped[bool] = mapped_column(default=False)
    """The nurse or social worker whom the patient calls."""
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("left_at >= joined_at", name="left_after_joined"),
        Index("uq_care_team_member_present", "patient_id", "person_id", unique=True, postgresql_where=_PRESENT),
        Index("uq_care_team_member_lead", "patient_id", unique=True, postgresql_where=text("lead AND left_at IS NULL")),
        Index(
            "uq_care_team_member_key_worker",
            "patient_id",
            unique=True,
            postgresql_where=text("key_worker AND left_at IS NULL"),
        ),
        CheckConstraint("NOT key_worker OR discipline IN ('nursing', 'social_work')", name="key_worker_cares"),
    )

    @classmethod
    def present(cls, at: datetime | InstrumentedAttribute[datetime] | BindParameter[datetime]) -> ColumnElement[bool]:
        """Whether somebody is on the care team at that instant: from joining on, up to leaving and not with it."""
        return (cls.joined_at <= at) & (cls.left_at.is_(None) | (cls.left_at > at))
