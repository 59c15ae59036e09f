"""What a coordinator notes about a case for the board's coordinators alone: never printed, never shown to others."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base
from tumorboard.storage.models.case import Case
from tumorboard.storage.models.person import Person


class PrivateNote(Base):
    __tablename__ = "private_note"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column()
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    written_by: Mapped[Person] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
