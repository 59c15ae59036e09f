"""``python -m tumorboard …``: what an operator does from a shell."""

import os
import sys

import click
from flask import Flask

from tumorboard import create_app
from tumorboard.config import ConfigurationError, load_settings
from tumorboard.logs import start_logging
from tumorboard.storage import migrate, safety


@click.group(help="Tumorboard from the command line.")
def main() -> None:
    """Commands that need no browser."""


@main.command("migrate")
def migrate_command() -> None:
    """Bring the tables up to date."""
    with _application().app_context():
        migrate.upgrade()
    click.echo("The tables are up to date.")


@main.command("check")
def check_command() -> None:
    """Say whether the service may start with these settings on this database."""
    with _application().app_context():
        safety.require_safe_database()
    click.echo("The settings and the database are fit for use.")


def _application() -> Flask:
    """The application; every wrong setting is one line, and the command ends with 1."""
    try:
        settings = load_settings(os.environ)
    except ConfigurationError as error:
        click.echo(error, err=True)
        sys.exit(1)
    start_logging(settings.log_level)
    return create_app(settings)
