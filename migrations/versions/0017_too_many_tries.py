"""Too many failed tries: the link that lets its owner in, and the mail that brings it."""

from alembic import op

from migrations.words import allow, disallow

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    allow("link", "kind", "linkkind", "let_in")
    allow("notice", "kind", "noticekind", "too_many_tries")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'too_many_tries'")
    op.execute("DELETE FROM link WHERE kind = 'let_in'")
    disallow("notice", "kind", "noticekind", "too_many_tries")
    disallow("link", "kind", "linkkind", "let_in")
