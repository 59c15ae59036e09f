"""Why a case stands on an agenda although something of its minimum data set is missing, and who said so."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("agenda_item", sa.Column("override", sa.String(), nullable=False, server_default=""))
    op.alter_column("agenda_item", "override", server_default=None)
    op.add_column("agenda_item", sa.Column("overridden_by_id", sa.Uuid()))
    op.create_foreign_key(
        "fk_agenda_item_overridden_by_id_person", "agenda_item", "person", ["overridden_by_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_agenda_item_override_by_somebody"), "agenda_item", "(override = '') = (overridden_by_id IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_agenda_item_override_by_somebody"), "agenda_item")
    op.drop_column("agenda_item", "overridden_by_id")
    op.drop_column("agenda_item", "override")
