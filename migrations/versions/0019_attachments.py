"""Attachments: files of a case, sealed; and where each hospital's viewers show a study or a slide."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0019"
down_revision = "0018"

KINDS = ("pdf", "png", "jpeg", "tiff", "dicom")
ACTS = ("attachment_opened", "attachment_changed", "hospital_changed")
TEMPLATES = ("imaging_template", "pathology_template")
LEADS_TO_A_NUMBER = r"{0} ~ '^(https://[^/{{}}]+/[^{{}}]*\{{number\}}[^{{}}]*)?$'"
BEYOND = "coalesce(current_setting('app.beyond_sight', true), '') = 'on'"
IN_SIGHT = 'EXISTS (SELECT FROM "case" WHERE "case".id = attachment.case_id)'  # of those that its own policy shows


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="attachmentkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("taken_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_off_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_off_why", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attachment_named")),
        sa.CheckConstraint("size BETWEEN 1 AND 26214400", name=op.f("ck_attachment_size_within_25_mib")),
        sa.CheckConstraint(
            "(taken_off_at IS NULL) = (taken_off_by_id IS NULL) AND (taken_off_at IS NULL) = (taken_off_why = '')",
            name=op.f("ck_attachment_taken_off_by_somebody_who_says_why"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_case_id_case")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_attachment_added_by_id_person")),
        sa.ForeignKeyConstraint(["taken_off_by_id"], ["person.id"], name=op.f("fk_attachment_taken_off_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_case_id", "attachment", ["case_id", "added_at"])
    op.create_index(
        "uq_attachment_content",
        "attachment",
        ["case_id", "sha256"],
        unique=True,
        postgresql_where=sa.text("taken_off_at IS NULL"),
    )
    op.execute("ALTER TABLE attachment ALTER COLUMN sealed SET STORAGE EXTERNAL")  # what is sealed does not compress
    op.execute("ALTER TABLE attachment ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY in_sight ON attachment USING ({BEYOND} OR {IN_SIGHT}) WITH CHECK (true)")
    for template in TEMPLATES:
        op.add_column("hospital", sa.Column(template, sa.String(), server_default="", nullable=False))
        op.create_check_constraint(
            op.f(f"ck_hospital_{template}_leads_to_a_number"), "hospital", LEADS_TO_A_NUMBER.format(template)
        )
    allow("audit_entry", "act", "auditact", *ACTS)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS)
    for template in TEMPLATES:
        op.drop_column("hospital", template)
    op.drop_table("attachment")
