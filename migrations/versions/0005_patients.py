"""Patients: restricted records, break-glass, and two records that are one patient."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "break_glass",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "emergency",
                "on_call",
                "consult",
                "other",
                name="breakglasscause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "justified", "not_justified", name="reviewoutcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("review_note", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (reviewed_at IS NULL) AND (outcome IS NULL) = (reviewed_by_id IS NULL)",
            name=op.f("ck_break_glass_review_is_whole"),
        ),
        sa.CheckConstraint("expires_at > opened_at", name=op.f("ck_break_glass_expires_after_opened")),
        sa.CheckConstraint("reviewed_by_id <> person_id", name=op.f("ck_break_glass_reviewed_by_another")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_break_glass_patient_id_patient")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_break_glass_person_id_person")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_break_glass_reviewed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index(op.f("ix_break_glass_patient_id"), "break_glass", ["patient_id"], unique=False)
    op.create_index(op.f("ix_break_glass_person_id"), "break_glass", ["person_id"], unique=False)
    op.create_index(
        "ix_break_glass_unreviewed",
        "break_glass",
        ["opened_at"],
        unique=False,
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "patient_correction",
        sa.Column("from_patient_id", sa.Uuid(), nullable=False),
        sa.Column("to_patient_id", sa.Uuid(), nullable=False),
        sa.Column("merge", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_patient_correction_undone_by_somebody")
        ),
        sa.CheckConstraint("from_patient_id <> to_patient_id", name=op.f("ck_patient_correction_two_records")),
        sa.ForeignKeyConstraint(
            ["from_patient_id"], ["patient.id"], name=op.f("fk_patient_correction_from_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_patient_correction_made_by_id_person")),
        sa.ForeignKeyConstraint(
            ["to_patient_id"], ["patient.id"], name=op.f("fk_patient_correction_to_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_patient_correction_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_correction")),
    )
    op.create_index(
        op.f("ix_patient_correction_from_patient_id"), "patient_correction", ["from_patient_id"], unique=False
    )
    op.create_index(op.f("ix_patient_correction_to_patient_id"), "patient_correction", ["to_patient_id"], unique=False)
    op.add_column("patient", sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("patient", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_patient_merged_into_id"), "patient", ["merged_into_id"], unique=False)
    op.create_foreign_key(op.f("fk_patient_merged_into_id_patient"), "patient", "patient", ["merged_into_id"], ["id"])


def downgrade() -> None:
    op.drop_column("patient", "merged_into_id")
    op.drop_column("patient", "restricted")
    op.drop_table("patient_correction")
    op.drop_table("break_glass")
