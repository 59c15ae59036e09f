"""The case presentation: minimum data sets, results, sections with versions, and more of what is stated."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.words import allow, disallow

revision = "0010"
down_revision = "0009"

TUMOR_TYPES_ADDED = (
    "small_cell_lung",
    "prostate",
    "bladder",
    "kidney",
    "testis",
    "melanoma",
    "head_and_neck",
    "thyroid",
    "ovary",
    "endometrium",
    "cervix",
    "glioma",
    "lymphoma",
    "leukemia",
    "myeloma",
    "sarcoma",
    "childhood",
    "high_risk",
)
STAGE_SYSTEMS_ADDED = (
    "ann_arbor",
    "rai",
    "binet",
    "iss",
    "r_iss",
    "who_cns",
    "toronto",
    "valsg",
    "eln",
)
EXAMINATIONS_BECOME_RESULTS = """
INSERT INTO result (id, case_id, position, section, item, label, state, answer, value, unit, dated_on, number, place, reason)
SELECT id, case_id, position, kind, '', '', 'there', '', finding, '', examined_on, accession_number, '', ''
FROM examination
"""
RESULTS_BECOME_EXAMINATIONS = """
INSERT INTO examination (id, case_id, position, kind, examined_on, accession_number, finding)
SELECT id, case_id, position, section, dated_on, number, value FROM result
WHERE state = 'there' AND section IN ('imaging', 'pathology')
"""


def upgrade() -> None:
    op.create_table(
        "minimum_data_set",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column(
            "tumor_type",
            sa.Enum(
                "breast",
                "lung",
                "small_cell_lung",
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
                "prostate",
                "bladder",
                "kidney",
                "testis",
                "melanoma",
                "head_and_neck",
                "thyroid",
                "ovary",
                "endometrium",
                "cervix",
                "glioma",
                "lymphoma",
                "leukemia",
                "myeloma",
                "sarcoma",
                "childhood",
                "high_risk",
                "other",
                name="tumortype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_minimum_data_set_version_counts_from_1")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_minimum_data_set_board_id_board")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_minimum_data_set_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minimum_data_set")),
        sa.UniqueConstraint(
            "board_id", "tumor_type", "version", name=op.f("uq_minimum_data_set_board_id_tumor_type_version")
        ),
    )
    op.create_index(
        "uq_minimum_data_set_draft",
        "minimum_data_set",
        ["board_id", "tumor_type"],
        unique=True,
        postgresql_where=sa.text("in_force_since IS NULL"),
    )
    op.create_table(
        "result",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "question",
                "stage",
                "pathology",
                "biomarkers",
                "labs",
                "imaging",
                "fitness",
                "history",
                "voice",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "there", "pending", "not_done", name="resultstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("expected_on IS NULL OR state = 'pending'", name=op.f("ck_result_expected_while_pending")),
        sa.CheckConstraint("reason = '' OR state = 'not_done'", name=op.f("ck_result_reason_where_not_done")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_result_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint(
            "case_id", "position", deferrable=True, initially="DEFERRED", name=op.f("uq_result_case_id_position")
        ),
    )
    op.create_index(
        "uq_result_item", "result", ["case_id", "item"], unique=True, postgresql_where=sa.text("item <> ''")
    )
    op.create_table(
        "section_version",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "question",
                "stage",
                "pathology",
                "biomarkers",
                "labs",
                "imaging",
                "fitness",
                "history",
                "voice",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_section_version_version_counts_from_1")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_section_version_case_id_case")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_section_version_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_version")),
        sa.UniqueConstraint("case_id", "section", "version", name=op.f("uq_section_version_case_id_section_version")),
    )
    op.execute(EXAMINATIONS_BECOME_RESULTS)
    op.drop_table("examination")
    op.add_column("case", sa.Column("minimum_data_set_id", sa.Uuid(), nullable=True))
    op.add_column(
        "case",
        sa.Column(
            "case_type",
            sa.Enum(
                "treatment_decision",
                "diagnosis_open",
                "second_opinion",
                "recurrence",
                "high_risk",
                "re_discussion",
                name="casetype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("case", sa.Column("question_type", sa.String(), server_default="", nullable=False))
    op.add_column("case", sa.Column("icd10", sa.String(), server_default="", nullable=False))
    op.add_column("case", sa.Column("topography", sa.String(), server_default="", nullable=False))
    op.add_column("case", sa.Column("morphology", sa.String(), server_default="", nullable=False))
    op.add_column(
        "case",
        sa.Column(
            "laterality",
            sa.Enum(
                "left",
                "right",
                "both",
                "midline",
                name="laterality",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("case", sa.Column("karnofsky", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("performance_stated_on", sa.Date(), nullable=True))
    op.create_foreign_key(
        op.f("fk_case_minimum_data_set_id_minimum_data_set"),
        "case",
        "minimum_data_set",
        ["minimum_data_set_id"],
        ["id"],
    )
    op.add_column(
        "needs",
        sa.Column(
            "told",
            sa.Enum("agrees", "not_yet", "declined", name="told", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
    )
    op.add_column("needs", sa.Column("own_questions", sa.String(), server_default="", nullable=False))
    op.add_column("needs", sa.Column("social_situation", sa.String(), server_default="", nullable=False))
    op.create_check_constraint(
        op.f("ck_case_karnofsky_on_its_scale"), "case", "karnofsky BETWEEN 0 AND 100 AND karnofsky % 10 = 0"
    )
    allow("case", "tumor_type", "tumortype", *TUMOR_TYPES_ADDED)
    allow("case", "stage_system", "stagesystem", *STAGE_SYSTEMS_ADDED)
    allow("audit_entry", "act", "auditact", "section_written")


def downgrade() -> None:
    disallow("audit_entry", "act", "auditact", "section_written")
    disallow("case", "stage_system", "stagesystem", *STAGE_SYSTEMS_ADDED)
    disallow("case", "tumor_type", "tumortype", *TUMOR_TYPES_ADDED)
    op.drop_column("needs", "social_situation")
    op.drop_column("needs", "own_questions")
    op.drop_column("needs", "told")
    op.drop_constraint(op.f("fk_case_minimum_data_set_id_minimum_data_set"), "case", type_="foreignkey")
    op.drop_column("case", "performance_stated_on")
    op.drop_column("case", "karnofsky")
    op.drop_column("case", "laterality")
    op.drop_column("case", "morphology")
    op.drop_column("case", "topography")
    op.drop_column("case", "icd10")
    op.drop_column("case", "question_type")
    op.drop_column("case", "case_type")
    op.drop_column("case", "minimum_data_set_id")
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
            "case_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_examination_case_id_position"),
        ),
    )
    op.execute(RESULTS_BECOME_EXAMINATIONS)
    op.drop_table("section_version")
    op.drop_index("uq_result_item", table_name="result", postgresql_where=sa.text("item <> ''"))
    op.drop_table("result")
    op.drop_index(
        "uq_minimum_data_set_draft", table_name="minimum_data_set", postgresql_where=sa.text("in_force_since IS NULL")
    )
    op.drop_table("minimum_data_set")
