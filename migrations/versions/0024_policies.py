"""A board's whole policy, and the versions of it: existing boards begin with what most boards of their kind have."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.words import allow, disallow

revision = "0024"
down_revision = "0023"

KINDS = (
    "breast",
    "thoracic",
    "gastrointestinal",
    "urology",
    "gynecology",
    "head_and_neck",
    "neuro",
    "hematology",
    "pediatric",
    "molecular",
    "second_opinion",
    "high_risk",
    "other",
)
ACTS_ADDED = ("board_added", "policy_changed")
WORDS = postgresql.ARRAY(sa.String(40))
QUORUM = "{medical_oncology,surgery,radiation_oncology,pathology,radiology,nursing}"
COLUMNS = (
    ("kind", sa.String(40), "other"),
    ("tumor_types", WORDS, "{}"),
    ("case_type_minutes", postgresql.JSONB(), "{}"),
    ("cutoff_days", sa.Integer(), "2"),
    ("cutoff_at", sa.Time(), "09:00"),
    ("freeze_days", sa.Integer(), "1"),
    ("freeze_at", sa.Time(), "13:00"),
    ("late_rule", sa.String(40), "with_reason"),
    ("required_disciplines", WORDS, QUORUM),
    ("case_type_disciplines", postgresql.JSONB(), "{}"),
    ("standing_text", sa.String(), ""),
    ("reminder_days", postgresql.ARRAY(sa.Integer()), "{5,2}"),
    ("version", sa.Integer(), "1"),
)
CHECKS = {
    "boardkind": f"kind IN ({', '.join(repr(kind) for kind in KINDS)})",
    "laterule": "late_rule IN ('never', 'with_reason', 'with_approval')",
    "deadlines_sane": "cutoff_days BETWEEN 0 AND 60 AND freeze_days BETWEEN 0 AND 60",
    "cutoff_before_freeze": "cutoff_days > freeze_days OR (cutoff_days = freeze_days AND cutoff_at <= freeze_at)",
    "version_counts_from_1": "version >= 1",
}


def upgrade() -> None:
    for name, kind, value in COLUMNS:
        op.add_column("board", sa.Column(name, kind, nullable=False, server_default=value))
    op.add_column("board", sa.Column("agenda_mail_at", sa.Time()))
    called = sa.text("UPDATE board SET kind = replace(slug, '-', '_') WHERE replace(slug, '-', '_') = ANY(:kinds)")
    op.get_bind().execute(called, {"kinds": list(KINDS)})
    for name, _, _ in COLUMNS:
        op.alter_column("board", name, server_default=None)
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_board_{name}"), "board", condition)
    _make_tables()
    allow("audit_entry", "act", "auditact", *ACTS_ADDED)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS_ADDED)
    op.drop_table("board_version")
    op.drop_table("further_hospital")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_board_{name}"), "board")
    for name in ("agenda_mail_at", *(name for name, _, _ in COLUMNS)):
        op.drop_column("board", name)


def _make_tables() -> None:
    op.create_table(
        "further_hospital",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("board_id", "hospital_id", name="pk_further_hospital"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_further_hospital_board_id_board"),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name="fk_further_hospital_hospital_id_hospital"),
    )
    op.create_table(
        "board_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True)),
        sa.Column("written_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_board_version"),
        sa.UniqueConstraint("board_id", "version", name="uq_board_version_board_id_version"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_board_version_version_counts_from_1")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_board_version_board_id_board"),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name="fk_board_version_written_by_id_person"),
    )
