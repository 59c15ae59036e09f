"""One question about one patient put to one board, with what the board needs to answer it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Identity, Index, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.earlier_decision import EarlierDecision
from tumorboard.storage.models.minimum_data_set import MinimumDataSet
from tumorboard.storage.models.patient import Patient
from tumorboard.storage.models.person import Person
from tumorboard.storage.models.result import Result
from tumorboard.vocabulary import (
    CaseState,
    CaseType,
    Laterality,
    PerformanceStatus,
    StagePrefix,
    StageSystem,
    TumorType,
    Urgency,
)

uninvited = Table(
    "uninvited",
    Base.metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    comment="Care-team members who are not to be invited for this case; everybody else on the team is.",
)


class Case(Identified, Base):
    __tablename__ = "case"

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=101), unique=True)
    """What people say: "case 412". Never part of an address."""
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    """The patient's case before, of which this is the next question: one episode."""
    separate_why: Mapped[str] = mapped_column(default="")
    """Why it is a separate question, although the patient had another open case when it was submitted."""
    state: Mapped[CaseState] = mapped_column(word(CaseState))
    state_since: Mapped[datetime]
    state_note: Mapped[str] = mapped_column(default="")
    """What was said with the last step: what is missing, why it was deferred or withdrawn."""
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitter_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who typed it on the submitter's behalf; none where the submitter did."""

    typed: Mapped[dict[str, Any] | None]
    """A draft's form exactly as typed, field name to list of strings; empty once the case is submitted."""
    typed_revision: Mapped[int] = mapped_column(default=0)
    typed_in: Mapped[str] = mapped_column(default="")
    """The browser tab that saved the draft last: another tab that has not seen this saving does not overwrite it."""

    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey(Patient.id), index=True)
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey(Board.id))
    tumor_type: Mapped[TumorType | None] = mapped_column(word(TumorType))
    minimum_data_set_id: Mapped[UUID | None] = mapped_column(ForeignKey(MinimumDataSet.id))
    """The version under which it was submitted."""
    case_type: Mapped[CaseType | None] = mapped_column(word(CaseType))
    question_type: Mapped[str] = mapped_column(default="")
    """One of the question types of its minimum data set, or "Something else"."""
    question: Mapped[str] = mapped_column(default="")
    clinical_summary: Mapped[str] = mapped_column(default="")
    icd10: Mapped[str] = mapped_column(default="")
    """ICD-10 code of the diagnosis, with its dot: C50.4."""
    topography: Mapped[str] = mapped_column(default="")
    morphology: Mapped[str] = mapped_column(default="")
    """ICD-O-3, with behavior: C50.4 and 8500/3."""
    laterality: Mapped[Laterality | None] = mapped_column(word(Laterality))
    stage_prefix: Mapped[StagePrefix | None] = mapped_column(word(StagePrefix))
    stage_t: Mapped[str] = mapped_column(default="")
    stage_n: Mapped[str] = mapped_column(default="")
    stage_m: Mapped[str] = mapped_column(default="")
    stage_group: Mapped[str] = mapped_column(default="")
    stage_system: Mapped[StageSystem | None] = mapped_column(word(StageSystem))
    stage_edition: Mapped[str] = mapped_column(default="")
    performance_status: Mapped[PerformanceStatus | None] = mapped_column(word(PerformanceStatus))
    karnofsky: Mapped[int | None]
    """Karnofsky performance status, 0 to 100 in tens, where it was stated beside ECOG."""
    performance_stated_on: Mapped[date | None]
    prior_treatment: Mapped[str] = mapped_column(default="")
    urgency: Mapped[Urgency] = mapped_column(word(Urgency), default=Urgency.ROUTINE)

    patient: Mapped[Patient | None] = relationship(lazy="joined")
    board: Mapped[Board | None] = relationship(lazy="joined")
    submitter: Mapped[Person] = relationship(lazy="joined", foreign_keys=[submitter_id])
    entered_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[entered_by_id])
    follows: Mapped["Case | None"] = relationship(remote_side="Case.id")
    # Loaded when a case is opened; lists of cases do not show them.
    results: Mapped[list[Result]] = relationship(order_by=Result.position, cascade="all, delete-orphan")
    earlier_decisions: Mapped[list[EarlierDecision]] = relationship(
        order_by=EarlierDecision.position, cascade="all, delete-orphan"
    )
    minimum_data_set: Mapped[MinimumDataSet | None] = relationship()
    not_invited: Mapped[list[Person]] = relationship(secondary=uninvited)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (patient_id IS NOT NULL AND board_id IS NOT NULL"
            " AND tumor_type IS NOT NULL AND question <> '' AND submitted_at IS NOT NULL)",
            name="whole_once_submitted",
        ),
        CheckConstraint("karnofsky BETWEEN 0 AND 100 AND karnofsky % 10 = 0", name="karnofsky_on_its_scale"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR typed IS NULL", name="typed_only_as_draft"),
        Index("ix_case_board_queue", "board_id", "state", "state_since", postgresql_where=text("state <> 'draft'")),
    )

    @property
    def stage(self) -> str:
        """The stage as stated, in one line: ``cT2 cN1 cM0, group IIB (AJCC 8)``; empty when nothing was stated."""
        prefix = self.stage_prefix or ""
        letters = [("T", self.stage_t), ("N", self.stage_n), ("M", self.stage_m)]
        line = " ".join(f"{prefix}{letter}{value}" for letter, value in letters if value)
        if not self.stage_group:
            return line
        system = " ".join(filter(None, [self.stage_system and self.stage_system.label, self.stage_edition]))
        group = f"group {self.stage_group}" + (f" ({system})" if system else "")
        return f"{line}, {group}" if line else group
