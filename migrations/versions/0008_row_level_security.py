"""Row-level security: the database shows the rows of patients and cases to whoever may see them, and to nobody else."""

from alembic import op

revision = "0008"
down_revision = "0007"

# Settings of one transaction (storage/row_level_security.py); without them nothing is shown.
READER = "nullif(current_setting('app.person', true), '')::uuid"
INSTANT = "nullif(current_setting('app.at', true), '')::timestamptz"
BEYOND = "coalesce(current_setting('app.beyond_sight', true), '') = 'on'"

POLICIES = {
    '"case"': f"sees_case({READER}, {INSTANT}, id, state, submitter_id, entered_by_id, board_id, patient_id)",
    "patient": 'EXISTS (SELECT FROM "case" WHERE "case".patient_id = patient.id)',  # of those that the policy above shows
}


def upgrade() -> None:
    for table, in_sight in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY in_sight ON {table} USING ({BEYOND} OR {in_sight}) WITH CHECK (true)")


def downgrade() -> None:
    for table in reversed(POLICIES):
        op.execute(f"DROP POLICY in_sight ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
