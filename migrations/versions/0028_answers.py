"""What people answer to a meeting, for the hours that it had."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("yes", "maybe", "no", name="answerkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_answer_meeting_id_person_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_answer_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_answer_person_id_person"),
        sa.CheckConstraint("answer = 'no' OR reason = ''", name=op.f("ck_answer_reason_for_a_no")),
    )
    op.create_index("ix_answer_person_id", "answer", ["person_id"])
    allow("audit_entry", "act", "auditact", "meeting_answered")


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", "meeting_answered")
    op.drop_table("answer")
