"""Leaving after a day: when an account ends, who takes over then, and the mail that tells who watches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.words import allow, disallow

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("person", sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_person_leaves_once"), "person", "deactivated_at IS NULL OR leaves_at IS NULL")
    op.create_index("ix_person_leaves_at", "person", ["leaves_at"], postgresql_where=sa.text("leaves_at IS NOT NULL"))
    op.create_table(
        "leaving",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("leads_to_id", sa.Uuid(), nullable=True),
        sa.Column("key_worker_to_id", sa.Uuid(), nullable=True),
        sa.Column("ends_anyway", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leaving_person_id_person")),
        sa.ForeignKeyConstraint(["leads_to_id"], ["person.id"], name=op.f("fk_leaving_leads_to_id_person")),
        sa.ForeignKeyConstraint(["key_worker_to_id"], ["person.id"], name=op.f("fk_leaving_key_worker_to_id_person")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["person.id"], name=op.f("fk_leaving_planned_by_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_leaving")),
    )
    allow("notice", "kind", "noticekind", "oversight")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'oversight'")
    disallow("notice", "kind", "noticekind", "oversight")
    op.drop_table("leaving")
    op.drop_column("person", "leaves_at")
