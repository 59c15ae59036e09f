"""The demo as its readers meet it: every process of the service on servers of its own, with the invented hospital."""

import fcntl
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import psycopg

from tests.conftest import test_environment
from tests.mailscript import MailScript
from tests.service import Service
from tests.waiting import until
from tumorboard import clock
from tumorboard.app import create_app
from tumorboard.config import load_settings
from tumorboard.demo.folder import MARK, key
from tumorboard.demo.hospital.people import PEOPLE
from tumorboard.demo.hospital.seed import seed_if_empty
from tumorboard.demo.loopback import LOOPBACK, end_servers
from tumorboard.demo.mailbox import Mailbox, refuse_who_moved
from tumorboard.demo.postgres import EmbeddedPostgres
from tumorboard.demo.valkey import EmbeddedValkey
from tumorboard.storage import migrate
from tumorboard.storage.db import db

PERSON = {person.family_name: person for person in PEOPLE}


@dataclass(frozen=True)
class Demo:
    """A running demo: where it answers, and every place in which something could be left behind."""

    base_url: str
    database_url: str
    redis_url: str
    mail_folder: Path
    script: MailScript
    """What its mail server answers; at first what the server of ``make demo`` does."""
    log: Path
    overheard: Path
    """Every command that Redis was given, as MONITOR tells them."""

    def wait_until_told(self) -> None:
        """Until the workers have sent, or given up on, every notice that is owed.

        Whatever waits for somebody to undo its act is due now: nobody is going to.
        """
        with psycopg.connect(self.database_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("UPDATE notice SET due_at = now() WHERE state = 'owed' AND due_at > now()")
            until(lambda: not self._waiting(connection), "every notice to be sent", 60)

    def _waiting(self, connection: psycopg.Connection[tuple[int]]) -> int:
        row = connection.execute(
            "SELECT count(*) FROM notice WHERE claimed_by IS NOT NULL OR state IN ('owed', 'retrying', 'unknown')"
        ).fetchone()
        return row[0] if row else 0


@contextmanager
def running_demo(folder: Path, shared: Path) -> Iterator[Demo]:
    """Starts worker, beat and web on servers of its own, whose hospital was seeded once for all parallel runners."""
    seeded = _seeded_once(shared)
    script, overheard = MailScript(), Path(shutil.copy(seeded / "overheard", folder))
    script.at_recipient = refuse_who_moved
    postgres_of_its_own = EmbeddedPostgres(folder / "postgres", durable=False)
    _copy(seeded / "postgres", postgres_of_its_own.home)
    with (
        postgres_of_its_own as postgres,
        EmbeddedValkey(folder / "valkey", durable=False) as valkey,
        Mailbox(folder / "mail", at_recipient=script.recipient, at_data=script.data) as mailbox,
        _overhearing(valkey.url, overheard),
    ):
        environment = _environment(shared, postgres.service_url, valkey.url, mailbox.url) | {MARK: str(folder)}
        with Service(environment, folder, host="localhost") as service:  # a passkey is for a name, not for a number
            service.start_worker()
            service.start_beat()
            service.start_web("tumorboard.demo.wsgi:app")
            yield Demo(service.base_url, postgres.url, valkey.url, mailbox.folder, script, service.log, overheard)


def _environment(shared: Path, database_url: str, redis_url: str, smtp_url: str) -> dict[str, str]:
    """With the keys that the seeded rows were sealed by."""
    return test_environment(database_url, redis_url, smtp_url) | {
        "TUMORBOARD_ENVIRONMENT": "demo",
        "TUMORBOARD_SECRET_KEY": key(shared, "secret_key"),
        "TUMORBOARD_DATA_KEY": key(shared, "data_key"),
    }


def _seeded_once(shared: Path) -> Path:
    """A folder with what migrating and seeding leaves behind, made by the first runner that needs it.

    A stopped PostgreSQL, and what was overheard meanwhile.
    """
    seeded = shared / "seeded"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seeded.exists():
            _seed(shared, shared / "unfinished")
            (shared / "unfinished").rename(seeded)
    return seeded


def _seed(shared: Path, result: Path) -> None:
    result.mkdir()
    with (
        EmbeddedPostgres(shared / "seeding", durable=False) as postgres,
        EmbeddedValkey(shared / "valkey", durable=False) as valkey,
        _overhearing(valkey.url, result / "overheard"),
    ):
        environment = _environment(shared, postgres.url, valkey.url, "smtp://127.0.0.1:9")  # seeding sends nothing
        with create_app(load_settings(environment)).app_context():
            migrate.upgrade()
            seed_if_empty(clock.now())
            db.session.remove()
            db.engine.dispose()
        end_servers("postgres", works_in=postgres.home / "server", ask=signal.SIGINT)
        _copy(postgres.home, result / "postgres")


def _copy(source: Path, copy: Path) -> None:
    """With its owner: PostgreSQL serves nobody else's files."""
    subprocess.run(["cp", "-a", source, copy], check=True)


@contextmanager
def _overhearing(redis_url: str, file: Path) -> Iterator[None]:
    url = urlsplit(redis_url)
    with socket.create_connection((LOOPBACK, url.port or 0)) as line:
        line.sendall(f"AUTH {url.password}\r\nMONITOR\r\n".encode())
        listener = Thread(target=_write_down, args=(line, file))
        listener.start()
        try:
            yield
        finally:
            line.shutdown(socket.SHUT_RDWR)
            listener.join()


def _write_down(line: socket.socket, file: Path) -> None:
    with file.open("ab", buffering=0) as kept:
        while part := line.recv(65536):
            kept.write(part)
