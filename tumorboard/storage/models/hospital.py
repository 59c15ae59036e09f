"""An organisation whose people take part and that issues its own patient identifiers."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tumorboard.storage.db import Base, Identified

_LEADS_TO_A_NUMBER = r"{0} ~ '^(https://[^/{{}}]+/[^{{}}]*\{{number\}}[^{{}}]*)?$'"


class Hospital(Identified, Base):
    __tablename__ = "hospital"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    """Stands beside an MRN, where the full name would not fit."""
    time_zone: Mapped[str]
    """IANA name."""
    holidays: Mapped[str] = mapped_column(default="")
    """Whose public holidays it keeps, as ISO 3166 has it: ``US-NY`` or ``IE``; empty for none."""
    imaging_template: Mapped[str] = mapped_column(default="")
    """Where its viewer shows a study: ``https://pacs.larkmoor.example/view?acc={number}``; empty for none."""
    pathology_template: Mapped[str] = mapped_column(default="")
    """The same for slides."""

    __table_args__ = (
        CheckConstraint(_LEADS_TO_A_NUMBER.format("imaging_template"), name="imaging_template_leads_to_a_number"),
        CheckConstraint(_LEADS_TO_A_NUMBER.format("pathology_template"), name="pathology_template_leads_to_a_number"),
    )
