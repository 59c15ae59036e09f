"""What somebody looked for: kept here so that no address has to name a patient."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified
from tumorboard.storage.models.person import Person


class Search(Identified, Base):
    __tablename__ = "search"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    text: Mapped[bytes]
    """What was typed, sealed: it may be a patient's name or MRN."""
    searched_at: Mapped[datetime]
