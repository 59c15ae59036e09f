"""The mail that tells who has read a case that it changed after its agenda went out."""

from alembic import op

from migrations.words import allow, disallow

revision = "0023"
down_revision = "0022"

ABOUT_A_MEETING = ("invitation", "moved", "cancelled", "removed", "agenda")


def upgrade() -> None:
    allow("notice", "kind", "noticekind", "case_amended")
    _name_a_meeting(*ABOUT_A_MEETING, "case_amended")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'case_amended'")
    _name_a_meeting(*ABOUT_A_MEETING)
    disallow("notice", "kind", "noticekind", "case_amended")


def _name_a_meeting(*kinds: str) -> None:
    name = op.f("ck_notice_meeting_where_it_is_about_one")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(name, "notice")
    op.create_check_constraint(
        name,
        "notice",
        f"(meeting_id IS NOT NULL) = (kind IN ({listed})) AND (meeting_id IS NULL) = (calendar_entry_id IS NULL)",
    )
