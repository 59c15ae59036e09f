"""Too many failed tries: the link that lets its owner in, and the mail that brings it."""

from alembic import op

revision = "0015"
down_revision = "0014"

LINKS = ("join", "reset_password", "confirm_email", "keep_email")
KINDS = (
    "invitation",
    "agenda",
    "moved",
    "cancelled",
    "removed",
    "join",
    "reset_password",
    "confirm_email",
    "email_changed",
    "account_changed",
    "certification_ends",
    "glass_broken",
    "office_asked",
    "oversight",
)


def upgrade() -> None:
    _allow("link", "linkkind", (*LINKS, "let_in"))
    _allow("notice", "noticekind", (*KINDS, "too_many_tries"))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'too_many_tries'")
    op.execute("DELETE FROM link WHERE kind = 'let_in'")
    _allow("notice", "noticekind", KINDS)
    _allow("link", "linkkind", LINKS)


def _allow(table: str, constraint: str, kinds: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_{constraint}")
    op.drop_constraint(name, table)
    op.create_check_constraint(name, table, "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))
