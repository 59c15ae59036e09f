"""Leaving after a day: when an account ends, who takes over then, and the mail that tells who watches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

KINDS = (
    "invitation",
    "agenda",
    "moved",
    "cancelled",
    "removed",
    "join",
    "reset_password",
    "confirm_email",
    "email_changed",
    "account_changed",
    "certification_ends",
    "glass_broken",
    "office_asked",
)


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
    _allow((*KINDS, "oversight"))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'oversight'")
    _allow(KINDS)
    op.drop_table("leaving")
    op.drop_column("person", "leaves_at")


def _allow(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_notice_noticekind")
    op.drop_constraint(name, "notice")
    op.create_check_constraint(name, "notice", "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))
