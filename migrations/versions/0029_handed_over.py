"""The mail that says of how many care teams somebody is the lead or the key worker now."""

from alembic import op

from migrations.words import allow, disallow

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    allow("notice", "kind", "noticekind", "handed_over")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'handed_over'")
    disallow("notice", "kind", "noticekind", "handed_over")
