"""A correction can be of a record's own particulars, and whoever looks after the patient is told of every one."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    allow("notice", "kind", "noticekind", "record_corrected")
    op.add_column("patient_correction", sa.Column("kind", sa.String(length=40), nullable=True))
    op.execute("UPDATE patient_correction SET kind = CASE WHEN merge THEN 'merge' ELSE 'move' END")
    op.alter_column("patient_correction", "kind", nullable=False)
    op.create_check_constraint(
        op.f("ck_patient_correction_correctionkind"),
        "patient_correction",
        "kind IN ('merge', 'move', 'particulars')",
    )
    op.drop_column("patient_correction", "merge")
    op.drop_constraint(op.f("ck_patient_correction_two_records"), "patient_correction")
    op.create_check_constraint(
        op.f("ck_patient_correction_two_records"),
        "patient_correction",
        "(from_patient_id <> to_patient_id) = (kind <> 'particulars')",
    )


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'record_corrected'")
    disallow("notice", "kind", "noticekind", "record_corrected")
    op.execute("DELETE FROM patient_correction WHERE kind = 'particulars'")
    op.drop_constraint(op.f("ck_patient_correction_two_records"), "patient_correction")
    op.create_check_constraint(
        op.f("ck_patient_correction_two_records"), "patient_correction", "from_patient_id <> to_patient_id"
    )
    op.add_column("patient_correction", sa.Column("merge", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE patient_correction SET merge = kind = 'merge'")
    op.alter_column("patient_correction", "merge", server_default=None)
    op.drop_constraint(op.f("ck_patient_correction_correctionkind"), "patient_correction")
    op.drop_column("patient_correction", "kind")
