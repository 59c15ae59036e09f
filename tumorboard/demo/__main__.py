"""``python -m tumorboard.demo run | reset | seed``; the service itself knows nothing of the demo."""

import os
import sys
from pathlib import Path

import click

from tumorboard import clock, create_app
from tumorboard.config import load_settings
from tumorboard.demo.hospital import seed_if_empty
from tumorboard.demo.run import reset_demo, run_demo

FOLDER = Path(__file__).resolve().parents[2] / ".demo"


@click.group(help="The whole service on this machine, with a fictional hospital.")
def main() -> None:
    """Commands of the demo."""


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1024, 65535))
def run(port: int) -> None:
    """Serve until Ctrl-C."""
    sys.exit(run_demo(port, FOLDER))


@main.command()
def reset() -> None:
    """Forget all that the demo kept."""
    sys.exit(reset_demo(FOLDER))


@main.command()
def seed() -> None:
    """Fill an empty database with the fictional hospital."""
    with create_app(load_settings(os.environ)).app_context():
        seed_if_empty(clock.now())


main()
