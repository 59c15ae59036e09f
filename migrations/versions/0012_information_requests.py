"""What is asked back of submitters, and the mails that ask it and that call social work."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.words import allow, disallow

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "information_request",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("items", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("waited_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_information_request_answered_by_somebody")
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR recalled_at IS NULL", name=op.f("ck_information_request_answered_or_recalled")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_information_request_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_information_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_information_request_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
    )
    op.create_index(op.f("ix_information_request_case_id"), "information_request", ["case_id"], unique=False)
    op.create_index(
        "uq_information_request_open",
        "information_request",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL AND recalled_at IS NULL"),
    )
    allow("notice", "kind", "noticekind", "information_asked", "call_asked")


def downgrade() -> None:
    disallow("notice", "kind", "noticekind", "information_asked", "call_asked")
    op.drop_index(
        "uq_information_request_open",
        table_name="information_request",
        postgresql_where=sa.text("answered_at IS NULL AND recalled_at IS NULL"),
    )
    op.drop_index(op.f("ix_information_request_case_id"), table_name="information_request")
    op.drop_table("information_request")
