"""An organisation whose people take part and that issues its own patient identifiers."""

from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified


class Hospital(Identified, Base):
    __tablename__ = "hospital"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    """Stands beside an MRN, where the full name would not fit."""
    time_zone: Mapped[str]
    """IANA name."""
