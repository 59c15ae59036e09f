"""People: certification, absences with a deputy, offices asked for, experts from outside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("deputy_id <> person_id", name=op.f("ck_absence_deputy_is_another")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_ends_after_start")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_absence_added_by_id_person")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_absence_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_deputy_id"), "absence", ["deputy_id"], unique=False)
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)
    op.create_table(
        "office_request",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "administrator", "privacy_officer", name="office", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(granted IS NULL) = (decided_at IS NULL) AND (granted IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_office_request_decision_is_whole"),
        ),
        sa.CheckConstraint("asked_by_id <> person_id", name=op.f("ck_office_request_never_for_oneself")),
        sa.CheckConstraint(
            "decided_by_id NOT IN (asked_by_id, person_id)", name=op.f("ck_office_request_decided_by_a_second")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_office_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_office_request_decided_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_office_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_request")),
    )
    op.create_index(
        "uq_office_request_open",
        "office_request",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("granted IS NULL"),
    )
    op.create_table(
        "external_access",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (meeting_id IS NULL)", name=op.f("ck_external_access_one_case_or_one_meeting")
        ),
        sa.CheckConstraint("until > opened_at", name=op.f("ck_external_access_until_after_opened")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_external_access_case_id_case")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_external_access_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_external_access_opened_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_external_access_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_access")),
    )
    op.create_index(op.f("ix_external_access_case_id"), "external_access", ["case_id"], unique=False)
    op.create_index(op.f("ix_external_access_meeting_id"), "external_access", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_external_access_person_id"), "external_access", ["person_id"], unique=False)
    op.add_column(
        "person",
        sa.Column("other_disciplines", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
    )
    op.add_column("person", sa.Column("registration", sa.String(), server_default="", nullable=False))
    op.add_column("person", sa.Column("certification", sa.String(), server_default="", nullable=False))
    op.add_column("person", sa.Column("certified_until", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("external", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_check_constraint(
        op.f("ck_person_no_office_for_outsiders"), "person", "NOT (external AND office IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_person_no_office_for_outsiders"), "person")
    op.drop_column("person", "external")
    op.drop_column("person", "certified_until")
    op.drop_column("person", "certification")
    op.drop_column("person", "registration")
    op.drop_column("person", "other_disciplines")
    op.drop_table("external_access")
    op.drop_table("office_request")
    op.drop_table("absence")
