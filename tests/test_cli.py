"""An operator's first steps from a shell."""

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.conftest import Servers
from tests.factories import an_instant
from tumorboard.cli import main
from tumorboard.domain import passwords
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember
from tumorboard.vocabulary import BoardRole

PASSWORD = "seven seats around a table"
HOSPITAL = ("add-hospital", "Larkmoor Hospital", "--short-name=Larkmoor", "--time-zone=America/New_York")
COORDINATOR = (
    "add-person",
    "r.hazelden@larkmoor.example",
    "--family-name=Hazelden",
    "--given-name=Ruth",
    "--discipline=coordination",
    "--hospital=Larkmoor",
    "--time-zone=America/New_York",
    f"--password={PASSWORD}",
)
BOARD = (
    "add-board",
    "Head and Neck",
    "--hospital=Larkmoor",
    "--time-zone=America/New_York",
    "--room=Aspen 2",
    "--coordinator=r.hazelden@larkmoor.example",
)


@pytest.fixture
def run(app: Flask, servers: Servers) -> object:
    def run(*arguments: str) -> Result:
        answer = CliRunner(env=dict(servers.environment)).invoke(main, arguments)
        db.session.rollback()
        return answer

    return run


def test_a_hospital_its_coordinator_and_a_board_are_three_commands(run) -> None:  # type: ignore[no-untyped-def]
    assert [run(*line).exit_code for line in (HOSPITAL, COORDINATOR, BOARD)] == [0, 0, 0]
    [member] = db.session.scalars(select(BoardMember))
    assert (member.board.slug, member.board_role) == ("head-and-neck", BoardRole.COORDINATOR)
    assert passwords.person_with_password("R.Hazelden@larkmoor.example", PASSWORD, an_instant()) == member.person


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (COORDINATOR, "There is no hospital with this short name."),
        (BOARD, "Add the hospital and the coordinator first"),
        ((*HOSPITAL[:3], "--time-zone=Larkmoor/Time"), "Name the time zone as IANA does"),
        ((*HOSPITAL[:3], "--time-zone=Factory"), "Name the time zone as IANA does"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run, line: tuple[str, ...], sentence: str) -> None:  # type: ignore[no-untyped-def]
    answer = run(*line)
    assert answer.exit_code == 1
    assert sentence in answer.output


def test_a_short_password_is_refused(run) -> None:  # type: ignore[no-untyped-def]
    run(*HOSPITAL)
    answer = run(*COORDINATOR[:-1], "--password=short")
    assert "15 are needed" in answer.output


def test_wrong_settings_are_named_and_nothing_starts(servers: Servers) -> None:
    answer = CliRunner(env={**servers.environment, "TUMORBOARD_SMTP_URL": "nonsense"}).invoke(main, ["check"])
    assert answer.exit_code == 1
    assert "TUMORBOARD_SMTP_URL" in answer.output


def test_a_database_that_does_not_answer_is_one_sentence(servers: Servers) -> None:
    nowhere = {"TUMORBOARD_DATABASE_URL": "postgresql+psycopg://nobody:nothing@127.0.0.1:1/none"}
    answer = CliRunner(env=servers.environment | nowhere).invoke(main, ["check"])
    assert answer.exit_code == 1
    assert "The database of TUMORBOARD_DATABASE_URL does not answer" in answer.output
    assert "Traceback" not in answer.output
