"""What people look for, sealed, and the index by which a patient's name is found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"

LEXEMES = (
    "to_tsvector('simple'::regconfig,"
    r" regexp_replace(normalize(family_name || ' ' || given_name, NFKD), '[\u0300-\u036f]', '', 'g'))"
)


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("searched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_search_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search")),
    )
    op.create_index(op.f("ix_search_person_id"), "search", ["person_id"])
    op.add_column(
        "patient", sa.Column("lexemes", postgresql.TSVECTOR(), sa.Computed(LEXEMES, persisted=True), nullable=False)
    )
    op.create_index("ix_patient_lexemes", "patient", ["lexemes"], postgresql_using="gin")
    # As its caller the policies of the table would be answered for every patient before the index is used.
    op.execute(
        """
        CREATE FUNCTION patients_named(beginnings tsquery, born date) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 20
        AS $$ SELECT id FROM patient WHERE lexemes @@ beginnings AND (born IS NULL OR birth_date = born) $$
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION patients_named(tsquery, date)")
    op.drop_column("patient", "lexemes")
    op.drop_table("search")
