"""Brings the demo's tables up to date and fills them the first time."""

import multiprocessing
import os
from pathlib import Path

from tumorboard import clock, create_app
from tumorboard.config import load_settings
from tumorboard.demo.hospital import seed_if_empty
from tumorboard.demo.loopback import CannotStart
from tumorboard.storage import migrate


def prepare(environment: dict[str, str], log: Path) -> None:
    """In a process of its own, which starts as a copy of this one: the service is imported once, and a second saved."""
    child = multiprocessing.Process(target=_migrate_and_seed, args=(environment, log))
    child.start()
    try:
        child.join()
    finally:
        child.kill()  # after a Ctrl-C; the next start finds half a migration rolled back
        child.join()
    if child.exitcode:
        raise CannotStart(f"The demo's tables could not be prepared; see {log}, or start over with: make demo-reset")


def _migrate_and_seed(environment: dict[str, str], log: Path) -> None:
    with log.open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    with create_app(load_settings(environment)).app_context():
        migrate.upgrade()
        seed_if_empty(clock.now())
