"""``python -m tumorboard …``: what an operator does from a shell."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tumorboard import clock, words
from tumorboard.app import create_app
from tumorboard.config import ConfigurationError, load_settings
from tumorboard.domain import boards, code_files, codes, offices, people, permission_table
from tumorboard.errors import Refused
from tumorboard.logs import start_logging
from tumorboard.storage import migrate, safety
from tumorboard.storage.db import db
from tumorboard.storage.transaction import transaction
from tumorboard.tree import SECURITY
from tumorboard.vocabulary import CodeSystem, Discipline, Office

DISCIPLINES = click.Choice([each.value for each in Discipline])
CODE_SYSTEMS = click.Choice([each.value for each in CodeSystem])
OFFICES = click.Choice([each.value for each in Office])


@click.group(help="Tumorboard from the command line.")
def main() -> None:
    """Commands that need no browser."""


@main.command("migrate")
def migrate_command() -> None:
    """Bring the tables up to date."""
    with _service():
        migrate.upgrade()
    click.echo("The tables are up to date.")


@main.command()
def permissions() -> None:
    """Write who may do what into docs/security.md, from the code."""
    permission_table.write_into(SECURITY)
    click.echo("docs/security.md says what the code does.")


@main.command()
def check() -> None:
    """Say whether the service may start with these settings on this database."""
    with _service():
        safety.require_safe_database()
    click.echo("The settings and the database are fit for use.")


@main.command()
@click.argument("name")
@click.option("--short-name", required=True, help="Stands beside an MRN.")
@click.option("--time-zone", required=True, help="Like America/New_York.")
def add_hospital(name: str, short_name: str, time_zone: str) -> None:
    """Add a hospital that issues its own MRNs."""
    with _service(), transaction():
        people.add_hospital(name, short_name, time_zone)
    click.echo(f"{name} is there.")


@main.command()
@click.argument("email")
@click.option("--family-name", required=True)
@click.option("--given-name", required=True)
@click.option("--discipline", required=True, type=DISCIPLINES)
@click.option("--hospital", required=True, help="Its short name.")
@click.option("--time-zone", required=True, help="Like America/New_York.")
@click.option("--office", type=OFFICES, help="Over the whole network; its holder sees no patient.")
@click.password_option(help="Asked for when left out.")
def add_person(discipline: str, office: str | None, **facts: str) -> None:
    """Add somebody who can sign in."""
    act = people.AddPerson(discipline=Discipline(discipline), office=Office(office) if office else None, **facts)
    with _service(), transaction():
        people.add_person(act, clock.now())
    click.echo("They can sign in now.")


@main.command()
@click.argument("email")
def take_off_second_factor(email: str) -> None:
    """Let an administrator in again who has lost theirs, while there are not three to do it on the page."""
    with _service(), transaction():
        offices.take_off_factor_from_shell(email, clock.now())
    click.echo("Taken off. They are told by mail, and set up a new one at the next sign-in.")


@main.command()
@click.argument("name")
@click.option("--hospital", required=True, help="Its short name.")
@click.option("--time-zone", required=True, help="Like America/New_York.")
@click.option("--room", required=True)
@click.option("--video-link", default="")
@click.option("--coordinator", "coordinator_email", required=True, help="Their e-mail address.")
@click.option("--minutes-per-case", default=8, show_default=True)
@click.option("--meeting-minutes", default=60, show_default=True)
def add_board(name: str, minutes_per_case: int, meeting_minutes: int, **facts: str) -> None:
    """Add a board; its coordinator adds the other members and plans the meetings."""
    act = boards.AddBoard(name=name, minutes_per_case=minutes_per_case, meeting_minutes=meeting_minutes, **facts)
    with _service(), transaction():
        boards.add_board(act, clock.now())
    click.echo(f"The {name} board is there.")


@main.group()
def vocabulary() -> None:
    """The codes that diagnoses, sites and tissues are searched in."""


@vocabulary.command()
@click.argument("system", type=CODE_SYSTEMS)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(system: str, file: Path) -> None:
    """Load codes instead of those there are: CSV with code and words, or JSON. All of it or nothing."""
    known = CodeSystem(system)
    with _service(), transaction():
        names = code_files.read_codes(known, file.read_bytes())
        codes.replace_codes(known, names)
    others = sum(map(len, names.values())) - len(names)
    found, also = words.count_words(len(names), f"{known.label} code"), words.count_words(others, "other name")
    click.echo(f"{found} can be searched, by {also} too.")


@contextmanager
def _service() -> Iterator[None]:
    """The application's context. What is wrong or refused is said in sentences, and the command ends with 1."""
    try:
        settings = load_settings(os.environ)
        start_logging(settings.log_level)
        with create_app(settings).app_context():
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()
    except ConfigurationError as error:
        click.echo(error, err=True)
        sys.exit(1)
    except Refused as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)
