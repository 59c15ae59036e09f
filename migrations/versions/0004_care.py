"""Care: the key worker, submitting on behalf of somebody, and what nursing and social work write."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "needs",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("preferences", sa.String(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("distress", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("distress BETWEEN 0 AND 10", name=op.f("ck_needs_distress_on_its_scale")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_needs_case_id_case")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_needs_written_by_id_person")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_needs")),
    )
    op.add_column("care_team_member", sa.Column("key_worker", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "uq_care_team_member_key_worker",
        "care_team_member",
        ["patient_id"],
        unique=True,
        postgresql_where=sa.text("key_worker AND left_at IS NULL"),
    )
    op.add_column("case", sa.Column("entered_by_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_case_entered_by_id"), "case", ["entered_by_id"], unique=False)
    op.create_foreign_key(op.f("fk_case_entered_by_id_person"), "case", "person", ["entered_by_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_care_team_member_key_worker_cares"),
        "care_team_member",
        "NOT key_worker OR discipline IN ('nursing', 'social_work')",
    )


def downgrade() -> None:
    op.drop_column("case", "entered_by_id")
    op.drop_column("care_team_member", "key_worker")
    op.drop_table("needs")
