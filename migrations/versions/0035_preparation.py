"""Preparations: what each discipline is asked to prepare before a meeting, and the mail that asks."""

import sqlalchemy as sa
from alembic import op

from migrations.words import allow, disallow

revision = "0035"
down_revision = "0034"

MAIL = "preparation_asked"
ACTS = ("preparation_started", "preparation_ready", "preparation_held_up", "preparation_undone")
ABOUT_A_MEETING = ("invitation", "moved", "cancelled", "removed", "agenda", "case_amended", "answer_asked")
OF_A_SERIES = ("series_invitation", "series_changed", "series_over")
DISCIPLINES = (
    "medical_oncology",
    "hematology_oncology",
    "surgery",
    "radiation_oncology",
    "pathology",
    "radiology",
    "nursing",
    "social_work",
    "genetics",
    "palliative_care",
    "nutrition",
    "psycho_oncology",
    "pharmacy",
    "clinical_trials",
    "cancer_registry",
    "coordination",
    "administration",
    "privacy",
)
HINDRANCES = ("slides_not_here", "images_not_here", "not_reached", "no_time", "other")
BEYOND = "coalesce(current_setting('app.beyond_sight', true), '') = 'on'"
IN_SIGHT = 'EXISTS (SELECT FROM "case" WHERE "case".id = preparation.case_id)'  # of those that its own policy shows
CHECKS = {
    "started_by_somebody": "(started_at IS NULL) = (started_by_id IS NULL)",
    "ready_by_somebody": "(ready_at IS NULL) = (ready_by_id IS NULL)",
    "ready_has_its_time": "(state = 'ready') = (ready_at IS NOT NULL)",
    "started_has_its_time": "state <> 'started' OR started_at IS NOT NULL",
    "requested_is_not_started": "state <> 'requested' OR started_at IS NULL",
    "hindered_by_somebody": "(hindrance IS NULL) = (hindered_at IS NULL) AND (hindrance IS NULL) ="
    " (hindered_by_id IS NULL) AND (hindrance IS NOT NULL OR hindrance_note = '')",
    "hindered_while_requested": "hindrance IS NULL OR state = 'requested'",
    "something_else_is_said": "hindrance <> 'other' OR hindrance_note <> ''",
}
POINTS_AT = {
    "case_id": "case",
    "meeting_id": "meeting",
    "started_by_id": "person",
    "ready_by_id": "person",
    "hindered_by_id": "person",
}


def upgrade() -> None:
    op.create_table(
        "preparation",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", _word("discipline", *DISCIPLINES), nullable=False),
        sa.Column("agenda_version", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _word("preparationstate", "requested", "started", "ready"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.Uuid(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_by_id", sa.Uuid(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("hindrance", _word("hindrance", *HINDRANCES), nullable=True),
        sa.Column("hindrance_note", sa.String(), nullable=False),
        sa.Column("hindered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hindered_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(check, name=op.f(f"ck_preparation_{name}")) for name, check in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_preparation_{column}_{table}"))
            for column, table in POINTS_AT.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
        sa.UniqueConstraint("case_id", "meeting_id", "discipline", name="uq_preparation_case_meeting_discipline"),
    )
    op.create_index(op.f("ix_preparation_meeting_id"), "preparation", ["meeting_id"])
    op.execute("ALTER TABLE preparation ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY in_sight ON preparation USING ({BEYOND} OR {IN_SIGHT}) WITH CHECK (true)")
    allow("audit_entry", "act", "auditact", *ACTS)
    allow("notice", "kind", "noticekind", MAIL)
    _name_those_about_a_meeting(*ABOUT_A_MEETING, MAIL)


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'preparation_asked'")
    _name_those_about_a_meeting(*ABOUT_A_MEETING)
    disallow("notice", "kind", "noticekind", MAIL)
    disallow("audit_entry", "act", "auditact", *ACTS)
    op.drop_table("preparation")


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


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
