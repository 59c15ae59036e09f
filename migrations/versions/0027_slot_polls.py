"""Slot polls: hours proposed for an extra meeting, the people asked, and their answers."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0027"
down_revision = "0026"

KINDS = ("slot_poll", "slot_poll_over")
ACTS = ("slot_poll_asked", "slot_poll_answered", "slot_poll_closed")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("invites_at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_polls()
    _add_people_and_answers()
    allow("notice", "kind", "noticekind", *KINDS)
    allow("audit_entry", "act", "auditact", *ACTS)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS)
    op.execute("DELETE FROM notice WHERE kind IN ('slot_poll', 'slot_poll_over')")
    disallow("notice", "kind", "noticekind", *KINDS)
    for table in ("slot_answer", "slot_asked", "slot_proposal", "slot_poll"):
        op.drop_table(table)
    op.drop_column("meeting", "invites_at_once")


def _add_polls() -> None:
    op.create_table(
        "slot_poll",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_slot_poll_minutes_sane")),
        sa.CheckConstraint("open_until > asked_at", name=op.f("ck_slot_poll_open_for_a_time")),
        sa.CheckConstraint(
            "meeting_id IS NULL OR closed_at IS NOT NULL", name=op.f("ck_slot_poll_closed_by_its_meeting")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_slot_poll_board_id_board")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_slot_poll_asked_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_slot_poll_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_poll")),
    )
    op.create_index(op.f("ix_slot_poll_board_id"), "slot_poll", ["board_id"], unique=False)
    op.create_table(
        "slot_proposal",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["slot_poll.id"], name=op.f("fk_slot_proposal_poll_id_slot_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_proposal")),
        sa.UniqueConstraint("poll_id", "starts_at", name=op.f("uq_slot_proposal_poll_id_starts_at")),
    )


def _add_people_and_answers() -> None:
    op.create_table(
        "slot_asked",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["slot_poll.id"], name=op.f("fk_slot_asked_poll_id_slot_poll")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_slot_asked_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_asked")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_slot_asked_token_hash")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_slot_asked_poll_id_person_id")),
    )
    suits = sa.Enum("yes", "if_need_be", "no", name="suits", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "slot_answer",
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("suits", suits, nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["slot_asked.id"], name=op.f("fk_slot_answer_asked_id_slot_asked")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["slot_proposal.id"], name=op.f("fk_slot_answer_proposal_id_slot_proposal")
        ),
        sa.PrimaryKeyConstraint("asked_id", "proposal_id", name=op.f("pk_slot_answer")),
    )
