"""Accounts: mailed links, second factors, known devices, and notices about a person rather than a meeting."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

KINDS_BEFORE = (
    "invitation",
    "agenda",
    "moved",
    "cancelled",
    "removed",
)
KINDS_ADDED = (
    "join",
    "reset_password",
    "confirm_email",
    "email_changed",
    "account_changed",
    "certification_ends",
    "glass_broken",
    "office_asked",
)
ACTS_BEFORE = (
    "signed_in",
    "signed_out",
    "case_opened",
    "cases_listed",
    "patient_sought",
    "draft_saved",
    "draft_opened",
    "draft_discarded",
    "case_submitted",
    "case_moved_on",
    "guests_chosen",
    "care_team_changed",
    "members_changed",
    "agenda_opened",
    "agenda_changed",
    "agenda_published",
    "meeting_planned",
    "meeting_moved",
    "meeting_cancelled",
    "notice_retried",
)
ACTS_ADDED = (
    "person_invited",
    "person_joined",
    "person_changed",
    "person_deactivated",
    "password_changed",
    "second_factor_changed",
    "email_changed",
    "session_ended",
    "session_locked",
    "stepped_up",
    "absence_changed",
    "office_asked",
    "office_decided",
    "needs_written",
    "patient_restricted",
    "patient_corrected",
    "opened_to_external",
    "glass_broken",
    "break_glass_ended",
    "break_glass_reviewed",
    "break_glass_listed",
)


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("person_id", "token_hash", name=op.f("uq_device_person_id_token_hash")),
    )
    op.create_table(
        "link",
        sa.Column(
            "kind",
            sa.Enum(
                "join",
                "reset_password",
                "confirm_email",
                "keep_email",
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_link_expires_after_made")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_index(op.f("ix_link_person_id"), "link", ["person_id"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("person_id", "code_hash", name=op.f("uq_recovery_code_person_id_code_hash")),
    )
    op.create_table(
        "totp",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tries_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_totp_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_totp")),
    )
    op.alter_column("notice", "meeting_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("notice", "calendar_entry_id", existing_type=sa.UUID(), nullable=True)
    op.add_column(
        "person", sa.Column("muted", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False)
    )
    op.add_column("person", sa.Column("keys", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("person", sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("person", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("web_session", sa.Column("device", sa.String(), server_default="", nullable=False))
    op.add_column("web_session", sa.Column("address", sa.String(), server_default="", nullable=False))
    op.add_column("web_session", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("web_session", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("web_session", sa.Column("challenge", sa.LargeBinary(), nullable=True))
    op.create_check_constraint(
        op.f("ck_person_safety_is_never_muted"), "person", "muted <@ ARRAY['agenda', 'certification_ends']::varchar[]"
    )
    op.execute("UPDATE person SET joined_at = created_at, password_set_at = created_at WHERE password_hash IS NOT NULL")
    op.execute("UPDATE web_session SET confirmed_at = started_at")
    _allow("notice", "kind", "noticekind", (*KINDS_BEFORE, *KINDS_ADDED))
    _allow("audit_entry", "act", "auditact", (*ACTS_BEFORE, *ACTS_ADDED))
    op.drop_constraint(op.f("ck_notice_sequence_for_calendars_alone"), "notice")
    op.create_check_constraint(
        op.f("ck_notice_sequence_for_calendars_alone"),
        "notice",
        "(sequence IS NOT NULL) = (kind IN ('invitation', 'moved', 'cancelled', 'removed'))",
    )
    op.create_check_constraint(
        op.f("ck_notice_meeting_where_it_is_about_one"),
        "notice",
        "(meeting_id IS NOT NULL) = (kind IN ('invitation', 'moved', 'cancelled', 'removed', 'agenda'))"
        " AND (meeting_id IS NULL) = (calendar_entry_id IS NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_notice_meeting_where_it_is_about_one"), "notice")
    op.drop_constraint(op.f("ck_notice_sequence_for_calendars_alone"), "notice")
    op.create_check_constraint(
        op.f("ck_notice_sequence_for_calendars_alone"), "notice", "(sequence IS NULL) = (kind = 'agenda')"
    )
    _allow("audit_entry", "act", "auditact", ACTS_BEFORE)
    _allow("notice", "kind", "noticekind", KINDS_BEFORE)
    op.drop_constraint(op.f("ck_person_safety_is_never_muted"), "person")
    op.drop_column("web_session", "challenge")
    op.drop_column("web_session", "locked_at")
    op.drop_column("web_session", "confirmed_at")
    op.drop_column("web_session", "address")
    op.drop_column("web_session", "device")
    op.drop_column("person", "joined_at")
    op.drop_column("person", "failed_at")
    op.drop_column("person", "failures")
    op.drop_column("person", "password_set_at")
    op.drop_column("person", "keys")
    op.drop_column("person", "muted")
    op.alter_column("notice", "calendar_entry_id", existing_type=sa.UUID(), nullable=False)
    op.alter_column("notice", "meeting_id", existing_type=sa.UUID(), nullable=False)
    op.drop_table("totp")
    op.drop_table("recovery_code")
    op.drop_table("passkey")
    op.drop_table("link")
    op.drop_table("device")


def _allow(table: str, column: str, constraint: str, words: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_{constraint}")
    op.drop_constraint(name, table)
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(name, table, f"{column} IN ({listed})")
