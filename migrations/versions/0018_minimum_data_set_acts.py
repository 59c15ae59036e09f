"""The audit says who changed what a board asks of its cases, and who put it in force."""

from migrations.words import allow, disallow

revision = "0018"
down_revision = "0017"

ACTS_ADDED = ("minimum_data_set_changed", "minimum_data_set_put_in_force")


def upgrade() -> None:
    allow("audit_entry", "act", "auditact", *ACTS_ADDED)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS_ADDED)
