"""Cases that go on from one another, and coordinators' private notes."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "private_note",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_private_note_case_id_case")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_private_note_written_by_id_person")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_private_note")),
    )
    op.add_column("case", sa.Column("follows_id", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("separate_why", sa.String(), server_default="", nullable=False))
    op.create_index(op.f("ix_case_follows_id"), "case", ["follows_id"], unique=False)
    op.create_foreign_key(op.f("fk_case_follows_id_case"), "case", "case", ["follows_id"], ["id"])
    allow("audit_entry", "act", "auditact", "private_note_written")


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", "private_note_written")
    op.drop_constraint(op.f("fk_case_follows_id_case"), "case", type_="foreignkey")
    op.drop_index(op.f("ix_case_follows_id"), table_name="case")
    op.drop_column("case", "separate_why")
    op.drop_column("case", "follows_id")
    op.drop_table("private_note")
