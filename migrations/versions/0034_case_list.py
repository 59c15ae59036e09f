"""Cases pasted from a spreadsheet: the rows that wait, sealed, and what each load made."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "case_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.CheckConstraint("(sealed IS NULL) = (loaded_at IS NOT NULL)", name=op.f("ck_case_list_waits_or_is_loaded")),
        sa.CheckConstraint("undone_at IS NULL OR loaded_at IS NOT NULL", name=op.f("ck_case_list_undone_once_loaded")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_case_list_board_id_board")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_list_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_list")),
    )
    op.create_index(op.f("ix_case_list_person_id"), "case_list", ["person_id"])
    op.create_index("ix_case_list_loaded", "case_list", ["board_id", "loaded_at"])
    waiting = sa.text("loaded_at IS NULL")
    op.create_index(
        "uq_case_list_waiting", "case_list", ["board_id", "person_id"], unique=True, postgresql_where=waiting
    )


def downgrade() -> None:
    op.drop_table("case_list")
