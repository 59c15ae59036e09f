"""A standing tumor board and the policy that is in force; ``BoardVersion`` says what was in force before."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.hospital import Hospital
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import BoardKind, CaseType, LateRule

further_hospital = Table(
    "further_hospital",
    Base.metadata,
    Column("board_id", ForeignKey("board.id"), primary_key=True),
    Column("hospital_id", ForeignKey(Hospital.id), primary_key=True),
)
"""Hospitals that take part in a board besides its own."""


class Board(Identified, Base):
    __tablename__ = "board"

    name: Mapped[str] = mapped_column(unique=True)
    """The tumor's name alone: "Breast"; people read "Breast board"."""
    slug: Mapped[str] = mapped_column(unique=True)
    """Never changes, so that links in old mails lead here."""
    kind: Mapped[BoardKind] = mapped_column(word(BoardKind))
    tumor_types: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    """Values of ``vocabulary.TumorType``; none where it takes any."""
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(Hospital.id))
    time_zone: Mapped[str]
    """IANA name: the zone in which the board meets."""
    room: Mapped[str]
    video_link: Mapped[str] = mapped_column(default="")
    minutes_per_case: Mapped[int]
    case_type_minutes: Mapped[dict[str, Any]]
    """Minutes by the value of a ``vocabulary.CaseType``, where they differ from the usual ones."""
    meeting_minutes: Mapped[int]
    cutoff_days: Mapped[int]
    cutoff_at: Mapped[time]
    """Until when cases are submitted: days before the meeting's, and the hour in the board's zone."""
    freeze_days: Mapped[int]
    freeze_at: Mapped[time]
    """By when the agenda is to be published, likewise."""
    late_rule: Mapped[LateRule] = mapped_column(word(LateRule))
    required_disciplines: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    """Values of ``vocabulary.Discipline``: the quorum of every meeting."""
    case_type_disciplines: Mapped[dict[str, Any]]
    """What a case needs besides: lists of disciplines by the value of a ``vocabulary.CaseType``."""
    standing_text: Mapped[str]
    agenda_mail_at: Mapped[time | None]
    """None: as soon as the agenda is published."""
    reminder_days: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    version: Mapped[int]
    """Counts the changes of the policy, so that two people do not overwrite each other."""

    hospital: Mapped[Hospital] = relationship(lazy="joined")
    further_hospitals: Mapped[list[Hospital]] = relationship(secondary=further_hospital, order_by=Hospital.name)

    __table_args__ = (
        CheckConstraint("minutes_per_case BETWEEN 1 AND 120", name="minutes_per_case_sane"),
        CheckConstraint("meeting_minutes BETWEEN 5 AND 600", name="meeting_minutes_sane"),
        CheckConstraint("slug ~ '^[a-z][a-z0-9-]*$'", name="slug_plain"),
        CheckConstraint("cutoff_days BETWEEN 0 AND 60 AND freeze_days BETWEEN 0 AND 60", name="deadlines_sane"),
        CheckConstraint(
            "cutoff_days > freeze_days OR (cutoff_days = freeze_days AND cutoff_at <= freeze_at)",
            name="cutoff_before_freeze",
        ),
        CheckConstraint("version >= 1", name="version_counts_from_1"),
    )

    @property
    def full_name(self) -> str:
        return f"{self.name} board"

    def minutes_for(self, case_type: CaseType | None) -> int:
        """How long such a case gets unless the agenda says otherwise."""
        return int(self.case_type_minutes.get(case_type or "", self.minutes_per_case))


class BoardVersion(Identified, Base):
    """A policy as somebody left it: what each part said, in words that stay readable whatever the columns become."""

    __tablename__ = "board_version"

    board_id: Mapped[UUID] = mapped_column(ForeignKey(Board.id))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    """``PolicyPart`` to its sentence."""
    written_at: Mapped[datetime | None]
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    """None of both for what a board had before policies were kept."""

    written_by: Mapped[Person | None] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("board_id", "version"),
        CheckConstraint("version >= 1", name="version_counts_from_1"),
    )
