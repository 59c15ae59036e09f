"""Series of meetings: a rule, its dates, and one calendar entry for all of them."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0025"
down_revision = "0024"

KINDS = ("series_invitation", "series_changed", "series_over")
OF_ONE_DATE = ("invitation", "moved", "cancelled", "removed")
ABOUT_A_MEETING = (*OF_ONE_DATE, "agenda", "case_amended")
ACTS = ("series_begun", "series_changed", "meeting_restored")


def upgrade() -> None:
    op.add_column("hospital", sa.Column("holidays", sa.String(), nullable=False, server_default=""))
    op.alter_column("hospital", "holidays", server_default=None)
    _add_series()
    op.add_column("meeting", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.add_column("meeting", sa.Column("recurs_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f("fk_meeting_series_id_series"), "meeting", "series", ["series_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_meeting_recurs_in_a_series"), "meeting", "(series_id IS NULL) = (recurs_at IS NULL)"
    )
    op.create_unique_constraint(op.f("uq_meeting_series_id_recurs_at"), "meeting", ["series_id", "recurs_at"])
    _let_entries_be_of_a_series()
    _let_notices_be_about_a_series()
    allow("audit_entry", "act", "auditact", *ACTS)


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", *ACTS)
    _let_notices_be_about_meetings_alone()
    op.drop_constraint(op.f("ck_calendar_entry_a_series_has_its_begin"), "calendar_entry")
    op.drop_constraint(op.f("ck_calendar_entry_one_date_or_a_series"), "calendar_entry")
    op.drop_constraint(op.f("uq_calendar_entry_person_id_series_id"), "calendar_entry")
    op.execute("DELETE FROM calendar_entry WHERE series_id IS NOT NULL")
    op.drop_column("calendar_entry", "since")
    op.drop_column("calendar_entry", "series_id")
    op.alter_column("calendar_entry", "meeting_id", nullable=False)
    op.drop_column("meeting", "recurs_at")
    op.drop_column("meeting", "series_id")
    op.drop_table("series")
    op.drop_column("hospital", "holidays")


def _add_series() -> None:
    op.create_table(
        "series",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "weekly",
                "two_weekly",
                "monthly",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("video_link", sa.String(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(week IS NULL) = (frequency <> 'monthly')", name=op.f("ck_series_week_of_a_month")),
        sa.CheckConstraint("week IN (-1, 1, 2, 3, 4)", name=op.f("ck_series_week_known")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_series_ends_after_start")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_series_minutes_sane")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_series_board_id_board")),
        sa.ForeignKeyConstraint(["follows_id"], ["series.id"], name=op.f("fk_series_follows_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_board_id"), "series", ["board_id"], unique=False)


def _let_entries_be_of_a_series() -> None:
    op.alter_column("calendar_entry", "meeting_id", nullable=True)
    op.add_column("calendar_entry", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.add_column("calendar_entry", sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f("fk_calendar_entry_series_id_series"), "calendar_entry", "series", ["series_id"], ["id"])
    op.create_unique_constraint(
        op.f("uq_calendar_entry_person_id_series_id"), "calendar_entry", ["person_id", "series_id"]
    )
    op.create_check_constraint(
        op.f("ck_calendar_entry_one_date_or_a_series"), "calendar_entry", "(meeting_id IS NULL) <> (series_id IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_calendar_entry_a_series_has_its_begin"), "calendar_entry", "(series_id IS NULL) = (since IS NULL)"
    )


def _let_notices_be_about_a_series() -> None:
    allow("notice", "kind", "noticekind", *KINDS)
    _restate("sequence_for_calendars_alone", f"(sequence IS NOT NULL) = (kind IN ({_listed(*OF_ONE_DATE, *KINDS)}))")
    _restate(
        "meeting_where_it_is_about_one",
        f"(meeting_id IS NOT NULL) >= (kind IN ({_listed(*ABOUT_A_MEETING)}))"
        " AND (meeting_id IS NULL OR calendar_entry_id IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_notice_entry_where_it_is_about_a_calendar"),
        "notice",
        f"(calendar_entry_id IS NOT NULL) = (kind IN ({_listed(*ABOUT_A_MEETING, *KINDS)}))",
    )


def _let_notices_be_about_meetings_alone() -> None:
    op.execute("DELETE FROM notice WHERE kind IN ('series_invitation', 'series_changed', 'series_over')")
    op.execute(
        "DELETE FROM notice WHERE calendar_entry_id IN (SELECT id FROM calendar_entry WHERE series_id IS NOT NULL)"
    )
    op.drop_constraint(op.f("ck_notice_entry_where_it_is_about_a_calendar"), "notice")
    _restate(
        "meeting_where_it_is_about_one",
        f"(meeting_id IS NOT NULL) = (kind IN ({_listed(*ABOUT_A_MEETING)}))"
        " AND (meeting_id IS NULL) = (calendar_entry_id IS NULL)",
    )
    _restate("sequence_for_calendars_alone", f"(sequence IS NOT NULL) = (kind IN ({_listed(*OF_ONE_DATE)}))")
    disallow("notice", "kind", "noticekind", *KINDS)


def _restate(name: str, condition: str) -> None:
    constraint = op.f(f"ck_notice_{name}")
    op.drop_constraint(constraint, "notice")
    op.create_check_constraint(constraint, "notice", condition)


def _listed(*kinds: str) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
