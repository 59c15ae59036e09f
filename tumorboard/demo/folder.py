"""The folder in which a demo keeps all it has; one demo at a time works in it."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tumorboard.demo.loopback import PATIENCE_SECONDS, CannotStart
from tumorboard.demo.postgres import EmbeddedPostgres

MARK = "DEMO_FOLDER"
"""In the environment of every program of a demo: where it belongs, and where its mailbox lies."""


@contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process; CannotStart while another demo lives in it, and ends what a dead one left."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # lockf: children do not inherit it, as they would flock
        except OSError as error:
            lock.seek(0)
            stop = f"Ctrl-C there, or: kill {lock.read().strip()}"
            raise CannotStart(f"A demo is running from this checkout already; stop it first ({stop}).") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        end_programs(folder)
        yield


def end_programs(folder: Path) -> None:
    """Leave no program of this demo behind."""
    programs = [process for process in psutil.process_iter() if _belongs_to(folder, process)]
    for process in programs:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(programs, timeout=PATIENCE_SECONDS)


def _belongs_to(folder: Path, process: psutil.Process) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == str(folder)
    except psutil.Error:  # gone, a zombie, or somebody else's
        return False


def key(folder: Path, name: str) -> str:
    """Made once, so that a session and a second factor outlive a restart of the demo."""
    file = folder / name
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(48))
        unfinished.rename(file)
    return file.read_text()


def forget(folder: Path) -> None:
    """Remove all that a demo kept; CannotStart while one is running."""
    with sole_use(folder):
        EmbeddedPostgres(folder).remove()
        shutil.rmtree(folder)
