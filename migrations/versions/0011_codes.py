"""Codes: ICD-10 and ICD-O-3 as a hospital loads them, searched by words and by code."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

SYSTEMS = ("icd10", "topography", "morphology")
FORMS = r"""code ~ CASE system
    WHEN 'icd10' THEN '^[A-Z]([0-9][0-9AB]|A[0-9])(\.[0-9A-Z]{1,4})?$'
    WHEN 'topography' THEN '^C[0-9]{2}(\.[0-9])?$'
    WHEN 'morphology' THEN '^[0-9]{4}/[0-9]$' END"""


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column(
            "system",
            sa.Enum(*SYSTEMS, name="codesystem", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("code", sa.String(collation="C"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("lexemes", postgresql.TSVECTOR(), nullable=False),
        sa.CheckConstraint(FORMS, name=op.f("ck_code_written_as_its_system")),
        sa.PrimaryKeyConstraint("system", "code", "position", name=op.f("pk_code")),
    )
    op.create_index(
        "ix_code_lexemes", "code", ["lexemes"], postgresql_using="gin", postgresql_with={"fastupdate": "off"}
    )
    op.create_index("ix_code_rank", "code", ["system", "rank", "code"])


def downgrade() -> None:
    op.drop_table("code")
