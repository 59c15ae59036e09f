"""Periods: nobody is on one board, or on one care team, twice at the same time."""

from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = (("board_member", "board_id"), ("care_team_member", "patient_id"))


def upgrade() -> None:
    for table, of in TABLES:
        # The lock makes the second of two transactions wait, so that it sees what the first one wrote.
        op.execute(
            f"""
            CREATE FUNCTION refuse_overlap_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(hashtextextended('{table}:' || NEW.{of} || NEW.person_id, 0));
                IF EXISTS (
                    SELECT FROM {table} other
                    WHERE other.{of} = NEW.{of} AND other.person_id = NEW.person_id AND other.id <> NEW.id
                      AND tstzrange(other.joined_at, other.left_at) && tstzrange(NEW.joined_at, NEW.left_at)
                ) THEN
                    RAISE EXCEPTION 'periods of one person overlap' USING ERRCODE = 'exclusion_violation';
                END IF;
                RETURN NEW;
            END $$
            """
        )
        op.execute(
            f"""
            CREATE TRIGGER no_overlap BEFORE INSERT OR UPDATE OF {of}, person_id, joined_at, left_at ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_overlap_of_{table}()
            """
        )


def downgrade() -> None:
    for table, _ in TABLES:
        op.execute(f"DROP TRIGGER no_overlap ON {table}")
        op.execute(f"DROP FUNCTION refuse_overlap_of_{table}()")
