"""The first tables: people, boards, patients, cases, meetings, the outbox, sessions and the audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("server_said", sa.String(), nullable=False),
        sa.CheckConstraint("(held_at IS NULL) = (retry_at IS NULL)", name=op.f("ck_delivery_held_is_tried_again")),
        sa.CheckConstraint("id = 1", name=op.f("ck_delivery_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_table(
        "hospital",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hospital")),
        sa.UniqueConstraint("name", name=op.f("uq_hospital_name")),
    )
    op.create_table(
        "patient",
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum(
                "female", "male", "other", "unknown", name="sex", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("birth_date >= '1890-01-01'", name=op.f("ck_patient_birth_date_sane")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "board",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.Uuid(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("video_link", sa.String(), nullable=False),
        sa.Column("minutes_per_case", sa.Integer(), nullable=False),
        sa.Column("meeting_minutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z][a-z0-9-]*$'", name=op.f("ck_board_slug_plain")),
        sa.CheckConstraint("meeting_minutes BETWEEN 5 AND 600", name=op.f("ck_board_meeting_minutes_sane")),
        sa.CheckConstraint("minutes_per_case BETWEEN 1 AND 120", name=op.f("ck_board_minutes_per_case_sane")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_board_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("name", name=op.f("uq_board_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_board_slug")),
    )
    op.create_table(
        "patient_identifier",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.Uuid(), nullable=False),
        sa.Column("mrn", sa.String(), nullable=False),
        sa.Column("mrn_key", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("mrn_key ~ '^[A-Z0-9]+$'", name=op.f("ck_patient_identifier_mrn_key_plain")),
        sa.ForeignKeyConstraint(
            ["hospital_id"], ["hospital.id"], name=op.f("fk_patient_identifier_hospital_id_hospital")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_patient_identifier_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_identifier")),
        sa.UniqueConstraint("hospital_id", "mrn_key", name=op.f("uq_patient_identifier_hospital_id_mrn_key")),
        sa.UniqueConstraint("patient_id", "hospital_id", name=op.f("uq_patient_identifier_patient_id_hospital_id")),
    )
    op.create_index(op.f("ix_patient_identifier_patient_id"), "patient_identifier", ["patient_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column(
            "discipline",
            sa.Enum(
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
                name="discipline",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "office",
            sa.Enum(
                "administrator", "privacy_officer", name="office", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("hospital_id", sa.Uuid(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("email LIKE '%%_@_%%'", name=op.f("ck_person_email_has_an_at")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_person_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("uq_person_email_folded", "person", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "act",
            sa.Enum(
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
                name="auditact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("patient_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("subject_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_person_id"), "audit_entry", ["person_id"], unique=False)
    op.create_index("ix_audit_entry_patient_ids", "audit_entry", ["patient_ids"], unique=False, postgresql_using="gin")
    op.create_index("ix_audit_entry_subject_ids", "audit_entry", ["subject_ids"], unique=False, postgresql_using="gin")
    op.create_table(
        "board_member",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "board_role",
            sa.Enum(
                "chair",
                "coordinator",
                "core",
                "extended",
                "observer",
                name="boardrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_at >= joined_at", name=op.f("ck_board_member_left_after_joined")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_member_board_id_board")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_board_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_member")),
    )
    op.create_index(op.f("ix_board_member_person_id"), "board_member", ["person_id"], unique=False)
    op.create_index(
        "uq_board_member_present",
        "board_member",
        ["board_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "care_team_member",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "discipline",
            sa.Enum(
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
                name="discipline",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_at >= joined_at", name=op.f("ck_care_team_member_left_after_joined")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_care_team_member_patient_id_patient")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_care_team_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_team_member")),
    )
    op.create_index(op.f("ix_care_team_member_person_id"), "care_team_member", ["person_id"], unique=False)
    op.create_index(
        "uq_care_team_member_lead",
        "care_team_member",
        ["patient_id"],
        unique=True,
        postgresql_where=sa.text("lead AND left_at IS NULL"),
    )
    op.create_index(
        "uq_care_team_member_present",
        "care_team_member",
        ["patient_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "case",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=False, start=101), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                "protocol_route",
                "on_agenda",
                "deferred",
                "discussed",
                "signed",
                "withdrawn",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitter_id", sa.Uuid(), nullable=False),
        sa.Column("typed", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("typed_revision", sa.Integer(), nullable=False),
        sa.Column("typed_in", sa.String(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("board_id", sa.Uuid(), nullable=True),
        sa.Column(
            "tumor_type",
            sa.Enum(
                "breast",
                "lung",
                "mesothelioma",
                "thymus",
                "esophagus",
                "stomach",
                "colon",
                "rectum",
                "liver",
                "biliary_tract",
                "pancreas",
                "neuroendocrine",
                "other",
                name="tumortype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("clinical_summary", sa.String(), nullable=False),
        sa.Column(
            "stage_prefix",
            sa.Enum(
                "c", "p", "yc", "yp", "r", "a", name="stageprefix", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("stage_t", sa.String(), nullable=False),
        sa.Column("stage_n", sa.String(), nullable=False),
        sa.Column("stage_m", sa.String(), nullable=False),
        sa.Column("stage_group", sa.String(), nullable=False),
        sa.Column(
            "stage_system",
            sa.Enum(
                "ajcc",
                "uicc",
                "figo",
                "lugano",
                "bclc",
                "other",
                name="stagesystem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("stage_edition", sa.String(), nullable=False),
        sa.Column(
            "performance_status",
            sa.Enum(
                "0",
                "1",
                "2",
                "3",
                "4",
                "not_known",
                name="performancestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("prior_treatment", sa.String(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum("routine", "soon", "urgent", name="urgency", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (patient_id IS NOT NULL AND board_id IS NOT NULL AND tumor_type IS NOT NULL AND question <> '' AND submitted_at IS NOT NULL)",
            name=op.f("ck_case_whole_once_submitted"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR typed IS NULL", name=op.f("ck_case_typed_only_as_draft")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_case_board_id_board")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_case_patient_id_patient")),
        sa.ForeignKeyConstraint(["submitter_id"], ["person.id"], name=op.f("fk_case_submitter_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    op.create_index(
        "ix_case_board_queue",
        "case",
        ["board_id", "state", "state_since"],
        unique=False,
        postgresql_where=sa.text("state <> 'draft'"),
    )
    op.create_index(op.f("ix_case_patient_id"), "case", ["patient_id"], unique=False)
    op.create_index(op.f("ix_case_submitter_id"), "case", ["submitter_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("video_link", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "published",
                "live",
                "closed",
                "cancelled",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_start")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_meeting_board_id_board")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_board_starts", "meeting", ["board_id", "starts_at"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("taken_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_agenda_item_minutes_sane")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_agenda_item_case_id_case")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(
        "ix_agenda_item_meeting",
        "agenda_item",
        ["meeting_id"],
        unique=False,
        postgresql_where=sa.text("taken_off_at IS NULL"),
    )
    op.create_index(
        "uq_agenda_item_case_listed",
        "agenda_item",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("taken_off_at IS NULL"),
    )
    op.create_table(
        "agenda_version",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_version_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_agenda_version_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_version")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_agenda_version_meeting_id_version")),
    )
    op.create_table(
        "calendar_entry",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("dtstamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("token ~ '^[0-9a-f]{32}$'", name=op.f("ck_calendar_entry_token_of_128_bits")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_calendar_entry_sequence_not_negative")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_calendar_entry_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("person_id", "meeting_id", name=op.f("uq_calendar_entry_person_id_meeting_id")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_entry_token")),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_entry_uid")),
    )
    op.create_index(op.f("ix_calendar_entry_person_id"), "calendar_entry", ["person_id"], unique=False)
    op.create_table(
        "examination",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "imaging", "pathology", name="examinationkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("accession_number", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_examination_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examination")),
        sa.UniqueConstraint(
            "case_id", "position", deferrable=True, initially="DEFERRED", name=op.f("uq_examination_case_id_position")
        ),
    )
    op.create_table(
        "uninvited",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_uninvited_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_uninvited_person_id_person")),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_uninvited")),
        comment="Care-team members who are not to be invited for this case; everybody else on the team is.",
    )
    op.create_table(
        "notice",
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "agenda",
                "moved",
                "cancelled",
                "removed",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_entry_id", sa.Uuid(), nullable=False),
        sa.Column("again_of_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("dtstamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "owed",
                "retrying",
                "sent",
                "failed",
                "unknown",
                "cancelled",
                name="noticestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("server_said", sa.String(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(sequence IS NULL) = (kind = 'agenda')", name=op.f("ck_notice_sequence_for_calendars_alone")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_notice_sent_has_its_time")),
        sa.CheckConstraint(
            "state NOT IN ('owed', 'retrying') OR due_at IS NOT NULL", name=op.f("ck_notice_owed_is_due")
        ),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'failed', 'cancelled') OR due_at IS NULL", name=op.f("ck_notice_ended_is_not_due")
        ),
        sa.CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name=op.f("ck_notice_claim_has_its_lease")),
        sa.CheckConstraint("(sequence IS NULL) = (dtstamp IS NULL)", name=op.f("ck_notice_sequence_with_dtstamp")),
        sa.ForeignKeyConstraint(["again_of_id"], ["notice.id"], name=op.f("fk_notice_again_of_id_notice")),
        sa.ForeignKeyConstraint(
            ["calendar_entry_id"], ["calendar_entry.id"], name=op.f("fk_notice_calendar_entry_id_calendar_entry")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_notice_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_notice_dedupe_key")),
    )
    op.create_index(op.f("ix_notice_calendar_entry_id"), "notice", ["calendar_entry_id"], unique=False)
    op.create_index(
        "ix_notice_claimed", "notice", ["claimed_by"], unique=False, postgresql_where=sa.text("claimed_by IS NOT NULL")
    )
    op.create_index(
        "ix_notice_due",
        "notice",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL AND claimed_by IS NULL"),
    )
    op.create_index(op.f("ix_notice_meeting_id"), "notice", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)
    op.create_index(
        "uq_notice_entry_in_flight",
        "notice",
        ["calendar_entry_id"],
        unique=True,
        postgresql_where=sa.text("claimed_by IS NOT NULL AND sequence IS NOT NULL"),
    )
    op.create_table(
        "published_item",
        sa.Column("agenda_version_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_version_id"],
            ["agenda_version.id"],
            name=op.f("fk_published_item_agenda_version_id_agenda_version"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_published_item_case_id_case")),
        sa.PrimaryKeyConstraint("agenda_version_id", "case_id", name=op.f("pk_published_item")),
    )

    op.execute("INSERT INTO delivery (id, server_said) VALUES (1, '')")
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("published_item")
    op.drop_index(
        "uq_notice_entry_in_flight",
        table_name="notice",
        postgresql_where=sa.text("claimed_by IS NOT NULL AND sequence IS NOT NULL"),
    )
    op.drop_index(op.f("ix_notice_person_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_meeting_id"), table_name="notice")
    op.drop_index(
        "ix_notice_due", table_name="notice", postgresql_where=sa.text("due_at IS NOT NULL AND claimed_by IS NULL")
    )
    op.drop_index("ix_notice_claimed", table_name="notice", postgresql_where=sa.text("claimed_by IS NOT NULL"))
    op.drop_index(op.f("ix_notice_calendar_entry_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_table("uninvited")
    op.drop_table("examination")
    op.drop_index(op.f("ix_calendar_entry_person_id"), table_name="calendar_entry")
    op.drop_table("calendar_entry")
    op.drop_table("agenda_version")
    op.drop_index(
        "uq_agenda_item_case_listed", table_name="agenda_item", postgresql_where=sa.text("taken_off_at IS NULL")
    )
    op.drop_index("ix_agenda_item_meeting", table_name="agenda_item", postgresql_where=sa.text("taken_off_at IS NULL"))
    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_web_session_person_id"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_index("ix_meeting_board_starts", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_case_submitter_id"), table_name="case")
    op.drop_index(op.f("ix_case_patient_id"), table_name="case")
    op.drop_index("ix_case_board_queue", table_name="case", postgresql_where=sa.text("state <> 'draft'"))
    op.drop_table("case")
    op.drop_index(
        "uq_care_team_member_present", table_name="care_team_member", postgresql_where=sa.text("left_at IS NULL")
    )
    op.drop_index(
        "uq_care_team_member_lead", table_name="care_team_member", postgresql_where=sa.text("lead AND left_at IS NULL")
    )
    op.drop_index(op.f("ix_care_team_member_person_id"), table_name="care_team_member")
    op.drop_table("care_team_member")
    op.drop_index("uq_board_member_present", table_name="board_member", postgresql_where=sa.text("left_at IS NULL"))
    op.drop_index(op.f("ix_board_member_person_id"), table_name="board_member")
    op.drop_table("board_member")
    op.drop_index("ix_audit_entry_subject_ids", table_name="audit_entry", postgresql_using="gin")
    op.drop_index("ix_audit_entry_patient_ids", table_name="audit_entry", postgresql_using="gin")
    op.drop_index(op.f("ix_audit_entry_person_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("uq_person_email_folded", table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_patient_identifier_patient_id"), table_name="patient_identifier")
    op.drop_table("patient_identifier")
    op.drop_table("board")
    op.drop_table("worker")
    op.drop_table("patient")
    op.drop_table("hospital")
    op.drop_table("delivery")
    op.execute("DROP FUNCTION refuse_change()")
