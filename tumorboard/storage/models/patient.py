"""The person cared for, with one identifier (MRN) a hospital."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.hospital import Hospital
from tumorboard.vocabulary import Sex

_LEXEMES = (
    "to_tsvector('simple'::regconfig,"
    r" regexp_replace(normalize(family_name || ' ' || given_name, NFKD), '[\u0300-\u036f]', '', 'g'))"
)


class Patient(Identified, Base):
    __tablename__ = "patient"

    family_name: Mapped[str]
    given_name: Mapped[str]
    birth_date: Mapped[date]
    sex: Mapped[Sex] = mapped_column(word(Sex))
    created_at: Mapped[datetime]
    restricted: Mapped[bool] = mapped_column(default=False)
    """Visible to the care team, the board's coordinator and chair, and the meeting it is listed for; to nobody else."""
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"), index=True)
    """The record that took this one's place, when two were one patient."""
    lexemes: Mapped[str] = mapped_column(TSVECTOR, Computed(_LEXEMES, persisted=True), deferred=True)
    """The words of the name in small letters without accents, for *Find*."""

    identifiers: Mapped[list["PatientIdentifier"]] = relationship(
        back_populates="patient", lazy="selectin", order_by="PatientIdentifier.hospital_id"
    )

    # Asked back with the insert, a computed column would need the row to be in sight already (row-level security).
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (
        CheckConstraint("birth_date >= '1890-01-01'", name="birth_date_sane"),
        Index("ix_patient_restricted", "id", postgresql_where=text("restricted")),
        Index("ix_patient_lexemes", "lexemes", postgresql_using="gin"),
    )


class PatientIdentifier(Identified, Base):
    """A medical record number as one hospital gave it."""

    __tablename__ = "patient_identifier"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Patient.id), index=True)
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(Hospital.id))
    mrn: Mapped[str]
    """As it was typed, for people."""
    mrn_key: Mapped[str]
    """Upper case without spaces, dots and dashes, for finding; unique in a hospital."""

    patient: Mapped[Patient] = relationship(back_populates="identifiers")
    hospital: Mapped[Hospital] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("hospital_id", "mrn_key"),
        UniqueConstraint("patient_id", "hospital_id"),
        CheckConstraint("mrn_key ~ '^[A-Z0-9]+$'", name="mrn_key_plain"),
    )
