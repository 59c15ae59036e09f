"""Older versions of needs and preferences are kept, with who wrote what when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "needs_version",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("preferences", sa.String(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("distress", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column(
            "told",
            sa.Enum("agrees", "not_yet", "declined", name="told", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("own_questions", sa.String(), nullable=False),
        sa.Column("social_situation", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_needs_version_case_id_case")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_needs_version_written_by_id_person")),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_needs_version")),
    )


def downgrade() -> None:
    op.drop_table("needs_version")
