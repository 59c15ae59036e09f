"""Packs: all the cases of a meeting as one PDF, made in the background; what is printed is recorded."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.words import allow, disallow

revision = "0020"
down_revision = "0019"

ACTS = ("case_printed", "pack_asked", "pack_printed")
STATES = ("asked", "making", "ready", "failed")


def upgrade() -> None:
    allow("audit_entry", "act", "auditact", *ACTS)
    state = sa.Enum(*STATES, name="packstate", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("case_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_pack_done_of_total")),
        sa.CheckConstraint("(state = 'ready') = (sealed IS NOT NULL)", name=op.f("ck_pack_ready_has_its_pdf")),
        sa.CheckConstraint(
            "(state = 'making') = (claimed_by IS NOT NULL) AND (claimed_by IS NULL) = (lease_until IS NULL)",
            name=op.f("ck_pack_made_by_a_worker"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_pack_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_pack_asked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("meeting_id", "asked_by_id", name=op.f("uq_pack_meeting_id_asked_by_id")),
    )
    op.create_index(op.f("ix_pack_asked_by_id"), "pack", ["asked_by_id"])
    op.create_index("ix_pack_due", "pack", ["asked_at"], postgresql_where=sa.text("state IN ('asked', 'making')"))


def downgrade() -> None:
    op.drop_table("pack")
    disallow("audit_entry", "act", "auditact", *ACTS)
