"""The outbox: one message owed to one recipient for one reason."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tumorboard.storage.db import Base, Identified, word
from tumorboard.storage.models.calendar_entry import CalendarEntry
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.person import Person
from tumorboard.vocabulary import NoticeKind, NoticeState

_DUE = text("due_at IS NOT NULL AND claimed_by IS NULL")


class Notice(Identified, Base):
    __tablename__ = "notice"

    dedupe_key: Mapped[str] = mapped_column(unique=True)
    """Why this notice exists, so that the same reason never makes two."""
    kind: Mapped[NoticeKind] = mapped_column(word(NoticeKind))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey(Meeting.id), index=True)
    """None for a notice about the person's account, and for one about a series that no single date caused."""
    calendar_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey(CalendarEntry.id), index=True)
    again_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"))
    """The notice that this one sends again."""
    reason: Mapped[str]
    """Why this person gets it, in words that go into the mail: "you are a core member of the Breast board"."""
    facts: Mapped[dict[str, Any]]
    """What the mail says, as ``domain.notices.Facts`` wrote it; nothing about a patient."""
    sequence: Mapped[int | None]
    """SEQUENCE of the calendar part; none for a mail without one."""
    dtstamp: Mapped[datetime | None]
    created_at: Mapped[datetime]

    state: Mapped[NoticeState] = mapped_column(word(NoticeState))
    due_at: Mapped[datetime | None]
    """When to send it next; none when nothing is left to do."""
    attempts: Mapped[int] = mapped_column(default=0)
    last_tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    server_said: Mapped[str] = mapped_column(default="")
    """The mail server's last words, its code first."""
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)
    """The worker that is sending it; see ``Worker``."""
    lease_until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")
    calendar_entry: Mapped[CalendarEntry | None] = relationship()

    __table_args__ = (
        CheckConstraint("(sequence IS NULL) = (dtstamp IS NULL)", name="sequence_with_dtstamp"),
        CheckConstraint(
            "(sequence IS NOT NULL) = (kind IN ('invitation', 'moved', 'cancelled', 'removed',"
            " 'series_invitation', 'series_changed', 'series_over'))",
            name="sequence_for_calendars_alone",
        ),
        CheckConstraint(
            "(meeting_id IS NOT NULL) >= (kind IN"
            " ('invitation', 'moved', 'cancelled', 'removed', 'agenda', 'case_amended', 'answer_asked',"
            " 'preparation_asked'))"
            " AND (meeting_id IS NULL OR calendar_entry_id IS NOT NULL)",
            name="meeting_where_it_is_about_one",
        ),
        CheckConstraint(
            "(calendar_entry_id IS NOT NULL) = (kind IN"
            " ('invitation', 'moved', 'cancelled', 'removed', 'agenda', 'case_amended', 'answer_asked',"
            " 'preparation_asked', 'series_invitation', 'series_changed', 'series_over'))",
            name="entry_where_it_is_about_a_calendar",
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_its_time"),
        CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name="claim_has_its_lease"),
        CheckConstraint("state NOT IN ('sent', 'failed', 'cancelled') OR due_at IS NULL", name="ended_is_not_due"),
        CheckConstraint("state NOT IN ('owed', 'retrying') OR due_at IS NOT NULL", name="owed_is_due"),
        Index("ix_notice_due", "due_at", postgresql_where=_DUE),
        Index("ix_notice_claimed", "claimed_by", postgresql_where=text("claimed_by IS NOT NULL")),
        Index(
            "uq_notice_entry_in_flight",
            "calendar_entry_id",
            unique=True,
            postgresql_where=text("claimed_by IS NOT NULL AND sequence IS NOT NULL"),
        ),
    )
