"""Who sees which case, as one function of the database: lists ask it, and so can row-level security."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


MEMBERS_DEPUTY = """case_id IN (
    SELECT item.case_id FROM absence
    JOIN person absent ON absent.id = absence.person_id
    JOIN board_member member ON member.person_id = absence.person_id
    JOIN meeting ON meeting.board_id = member.board_id
    JOIN agenda_item item ON item.meeting_id = meeting.id
    WHERE absence.deputy_id = reader AND absence.taken_back_at IS NULL AND item.taken_off_at IS NULL
      AND (meeting.starts_at AT TIME ZONE absent.time_zone)::date
          BETWEEN absence.starts_on AND absence.ends_on
      AND member.joined_at <= meeting.starts_at
      AND (member.left_at IS NULL OR member.left_at > meeting.starts_at))"""


SEES_CASE = """
CREATE OR REPLACE FUNCTION sees_case(
    reader uuid, instant timestamptz,
    case_id uuid, state varchar, submitter_id uuid, entered_by_id uuid, board_id uuid, patient_id uuid
) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT submitter_id = reader OR coalesce(entered_by_id = reader, false) OR state <> 'draft' AND (
    patient_id IN (
        SELECT team.patient_id FROM care_team_member team
        WHERE team.person_id = reader AND team.joined_at <= instant
          AND (team.left_at IS NULL OR team.left_at > instant))
    OR board_id IN (
        SELECT member.board_id FROM board_member member
        WHERE member.person_id = reader AND member.joined_at <= instant
          AND (member.left_at IS NULL OR member.left_at > instant)
          AND member.board_role IN ('chair', 'coordinator'))
    OR board_id IN (
        SELECT member.board_id FROM board_member member
        WHERE member.person_id = reader AND member.joined_at <= instant
          AND (member.left_at IS NULL OR member.left_at > instant))
      AND (patient_id NOT IN (SELECT restricted_patients())
        OR case_id IN (
            SELECT item.case_id FROM agenda_item item
            JOIN calendar_entry entry ON entry.meeting_id = item.meeting_id
            WHERE item.taken_off_at IS NULL AND entry.person_id = reader AND entry.held))
    OR DEPUTY
    OR case_id IN (
        SELECT open.case_id FROM external_access open
        WHERE open.person_id = reader AND open.until > instant AND open.ended_at IS NULL
          AND open.case_id IS NOT NULL)
    OR case_id IN (
        SELECT item.case_id FROM external_access open
        JOIN agenda_item item ON item.meeting_id = open.meeting_id
        WHERE open.person_id = reader AND open.until > instant AND open.ended_at IS NULL
          AND item.taken_off_at IS NULL)
    OR patient_id IN (
        SELECT glass.patient_id FROM break_glass glass
        WHERE glass.person_id = reader AND glass.expires_at > instant AND glass.ended_at IS NULL)
) $$
"""


def sees_case(deputy: str) -> str:
    """The function, with what makes somebody a deputy; a later migration widens that."""
    return SEES_CASE.replace("DEPUTY", deputy)


def upgrade() -> None:
    op.create_index("ix_patient_restricted", "patient", ["id"], postgresql_where=sa.text("restricted"))
    op.execute(
        """
        CREATE FUNCTION restricted_patients() RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
        AS $$ SELECT id FROM patient WHERE restricted $$
        """
    )
    op.execute(sees_case(MEMBERS_DEPUTY))


def downgrade() -> None:
    op.execute("DROP FUNCTION sees_case(uuid, timestamptz, uuid, varchar, uuid, uuid, uuid, uuid)")
    op.execute("DROP FUNCTION restricted_patients()")
    op.drop_index("ix_patient_restricted", "patient")
