"""Reminders to who has not answered, and cases that came late onto an agenda."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0032"
down_revision = "0031"

ABOUT_A_MEETING = ("invitation", "moved", "cancelled", "removed", "agenda", "case_amended")
OF_A_SERIES = ("series_invitation", "series_changed", "series_over")
REMINDER = "answer_asked"


def upgrade() -> None:
    allow("notice", "kind", "noticekind", REMINDER)
    _name_those_about_a_meeting(*ABOUT_A_MEETING, REMINDER)
    allow("audit_entry", "act", "auditact", "answers_asked")
    op.add_column("agenda_item", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("agenda_item", "late", server_default=None)
    op.create_check_constraint(op.f("ck_agenda_item_late_with_a_reason"), "agenda_item", "NOT late OR override <> ''")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_agenda_item_late_with_a_reason"), "agenda_item")
    op.drop_column("agenda_item", "late")
    disallow("audit_entry", "act", "auditact", "answers_asked")
    op.execute("DELETE FROM notice WHERE kind = 'answer_asked'")
    _name_those_about_a_meeting(*ABOUT_A_MEETING)
    disallow("notice", "kind", "noticekind", REMINDER)


def _name_those_about_a_meeting(*kinds: str) -> None:
    _restate(
        "meeting_where_it_is_about_one",
        f"(meeting_id IS NOT NULL) >= (kind IN ({_listed(*kinds)}))"
        " AND (meeting_id IS NULL OR calendar_entry_id IS NOT NULL)",
    )
    _restate(
        "entry_where_it_is_about_a_calendar",
        f"(calendar_entry_id IS NOT NULL) = (kind IN ({_listed(*kinds, *OF_A_SERIES)}))",
    )


def _restate(name: str, condition: str) -> None:
    constraint = op.f(f"ck_notice_{name}")
    op.drop_constraint(constraint, "notice")
    op.create_check_constraint(constraint, "notice", condition)


def _listed(*kinds: str) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
