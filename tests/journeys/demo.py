"""The demo as its readers meet it: every process of the service on servers of its own, with the invented hospital."""

import socket
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
from tumorboard.demo.folder import MARK
from tumorboard.demo.hospital.people import PEOPLE
from tumorboard.demo.hospital.seed import seed_if_empty
from tumorboard.demo.loopback import LOOPBACK
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
def running_demo(folder: Path) -> Iterator[Demo]:
    """Migrates and seeds a database of its own, then starts worker, beat and web on it."""
    script, overheard = MailScript(), folder / "overheard"
    script.at_recipient = refuse_who_moved
    with (
        EmbeddedPostgres(folder / "postgres", durable=False) as postgres,
        EmbeddedValkey(folder / "valkey", durable=False) as valkey,
        Mailbox(folder / "mail", at_recipient=script.recipient, at_data=script.data) as mailbox,
        _overhearing(valkey.url, overheard),
    ):
        environment = test_environment(postgres.service_url, valkey.url, mailbox.url) | {
            "TUMORBOARD_ENVIRONMENT": "demo",
            MARK: str(folder),
        }
        _prepare(environment | {"TUMORBOARD_DATABASE_URL": postgres.url})
        with Service(environment, folder, host="localhost") as service:  # a passkey is for a name, not for a number
            service.start_worker()
            service.start_beat()
            service.start_web("tumorboard.demo.wsgi:app")
            yield Demo(service.base_url, postgres.url, valkey.url, mailbox.folder, script, service.log, overheard)


def _prepare(environment: dict[str, str]) -> None:
    with create_app(load_settings(environment)).app_context():
        migrate.upgrade()
        seed_if_empty(clock.now())
        db.session.remove()
        db.engine.dispose()


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
    with file.open("wb", buffering=0) as kept:
        while part := line.recv(65536):
            kept.write(part)
