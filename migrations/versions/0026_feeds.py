"""Calendars to subscribe to, each under a secret address of which the hash is kept."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0026"
down_revision = "0025"

ACTS = ("feed_made", "feed_ended")


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("ck_feed_token_is_hashed")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_index(op.f("ix_feed_person_id"), "feed", ["person_id"], unique=False)
    allow("audit_entry", "act", "auditact", *ACTS)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS)
    op.drop_table("feed")
