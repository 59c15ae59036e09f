"""Lost second factors of whoever holds an office: taken off as an office is given, by two administrators."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column(
        "office_request",
        sa.Column("asked_for", sa.String(length=40), server_default="give_office", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_office_request_askedfor"), "office_request", "asked_for IN ('give_office', 'take_off_factor')"
    )


def downgrade() -> None:
    op.execute("DELETE FROM office_request WHERE asked_for <> 'give_office'")
    op.drop_column("office_request", "asked_for")
