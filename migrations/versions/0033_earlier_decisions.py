"""What boards decided on the patient before a case, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    fates = sa.Enum(
        "done", "changed", "not_done", "not_known", name="fate", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "earlier_decision",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("advised", sa.String(), nullable=False),
        sa.Column("fate", fates, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("advised <> ''", name=op.f("ck_earlier_decision_advises_something")),
        sa.CheckConstraint(
            "fate NOT IN ('changed', 'not_done') OR note <> ''", name=op.f("ck_earlier_decision_says_why_not")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_earlier_decision_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_decision")),
        sa.UniqueConstraint(
            "case_id",
            "position",
            name=op.f("uq_earlier_decision_case_id_position"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def downgrade() -> None:
    op.drop_table("earlier_decision")
