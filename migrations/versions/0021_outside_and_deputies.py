"""The mails that tell an expert from outside what was opened to them, and a deputy for whom they stand in."""

from alembic import op

from migrations.words import allow, disallow

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    allow("notice", "kind", "noticekind", "opened", "deputy")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind IN ('opened', 'deputy')")
    disallow("notice", "kind", "noticekind", "opened", "deputy")
