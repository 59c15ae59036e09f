"""What a patient wishes and lives with, as nursing and social work write it: a section of the case of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, word
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import Told


class Needs(Base):
    __tablename__ = "needs"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    preferences: Mapped[str] = mapped_column(default="")
    """Goals of care and wishes, in the patient's words."""
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    """Values of ``vocabulary.Need``."""
    distress: Mapped[int | None]
    """NCCN Distress Thermometer, 0 to 10."""
    interpreter: Mapped[str] = mapped_column(default="")
    """The language, where the patient needs an interpreter."""
    told: Mapped[Told | None] = mapped_column(word(Told))
    """Whether the patient knows of the discussion and agrees to it."""
    own_questions: Mapped[str] = mapped_column(default="")
    """What the patient wants to ask the board."""
    social_situation: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    written_by: Mapped[Person] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (CheckConstraint("distress BETWEEN 0 AND 10", name="distress_on_its_scale"),)


class NeedsVersion(Base):
    """What stood there before somebody wrote again, as its writer left it."""

    __tablename__ = "needs_version"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    preferences: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    distress: Mapped[int | None]
    interpreter: Mapped[str]
    told: Mapped[Told | None] = mapped_column(word(Told))
    own_questions: Mapped[str]
    social_situation: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    written_by: Mapped[Person] = relationship(lazy="joined")
