"""What is printed is recorded."""

from migrations.words import allow, disallow

revision = "0012"
down_revision = "0011"

ACTS = ("case_printed",)


def upgrade() -> None:
    allow("audit_entry", "act", "auditact", *ACTS)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS)
