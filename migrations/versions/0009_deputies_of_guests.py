"""Deputies: whoever is invited in the place of a member, submitter or care-team member sees the cases of that place."""

from alembic import context, op

revision = "0009"
down_revision = "0008"

DEPUTY = """EXISTS (
    SELECT FROM absence
    JOIN person absent ON absent.id = absence.person_id
    JOIN calendar_entry entry ON entry.person_id = absence.deputy_id AND entry.held
    JOIN meeting ON meeting.id = entry.meeting_id
    JOIN agenda_item item ON item.meeting_id = meeting.id AND item.taken_off_at IS NULL
    WHERE item.case_id = sees_case.case_id AND absence.deputy_id = reader AND absence.taken_back_at IS NULL
      AND (meeting.starts_at AT TIME ZONE absent.time_zone)::date BETWEEN absence.starts_on AND absence.ends_on
      AND (absence.person_id = sees_case.submitter_id
        OR EXISTS (
            SELECT FROM board_member member
            WHERE member.board_id = meeting.board_id AND member.person_id = absence.person_id
              AND member.joined_at <= meeting.starts_at
              AND (member.left_at IS NULL OR member.left_at > meeting.starts_at))
        OR EXISTS (
            SELECT FROM care_team_member team
            WHERE team.patient_id = sees_case.patient_id AND team.person_id = absence.person_id
              AND team.joined_at <= meeting.starts_at
              AND (team.left_at IS NULL OR team.left_at > meeting.starts_at))))"""


def upgrade() -> None:
    op.execute(_first().sees_case(DEPUTY))


def downgrade() -> None:
    op.execute(_first().sees_case(_first().MEMBERS_DEPUTY))


def _first():  # type: ignore[no-untyped-def]  # a module whose name is a number
    return context.script.get_revision("0006").module
