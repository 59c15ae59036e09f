"""The demo: every part of the service on this machine, by one command, until Ctrl-C."""

import http.client
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

import honcho.manager
import psycopg
from honcho.printer import Printer

from tumorboard.config import PREFIX
from tumorboard.demo.folder import MARK, end_programs, forget, key, sole_use
from tumorboard.demo.loopback import LOOPBACK, NAMED, CannotStart, is_free
from tumorboard.demo.mailbox import Mailbox
from tumorboard.demo.postgres import EmbeddedPostgres
from tumorboard.demo.valkey import EmbeddedValkey
from tumorboard.tree import TREE, newest_migration

SECONDS_BEFORE_KILL = 3

WEB = (
    "gunicorn",
    "--worker-class=gthread",
    "--threads=16",
    "--graceful-timeout=2",
    "--no-control-socket",
)
WORKER = ("celery", "--app=workers.tasks", "worker", "--concurrency=2", "--loglevel=INFO")
BEAT = ("celery", "--app=workers.celery_app", "beat", "--pidfile=", "--loglevel=INFO")

GREETING = """
Tumorboard is at  {url}   (ready after {seconds:.0f} s)

Try this first:
  1. Open the address and sign in, by one click, as the medical oncologist.
  2. Submit a case to a board: "Submit a case", then "Submit case".
  3. Sign in as that board's coordinator, accept the case, put it on the next meeting's agenda and publish.
  4. Open {url}/demo/mailbox : every member has one agenda mail and one invitation.

Mail stays on this machine. What the parts say is in {log}
Stop with Ctrl-C; all is still there next time. `make demo-reset` starts over.
"""


def run_demo(port: int, folder: Path) -> int:
    """Serve until SIGINT or SIGTERM and answer 0; or print one sentence on what is in the way and answer 1."""
    started = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _serve(port, folder.resolve(), started)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def reset_demo(folder: Path) -> int:
    """Forget all that the demo kept and answer 0; or print why not and answer 1."""
    try:
        forget(folder.resolve())
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    print("The demo starts anew next time.")
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C does not stop the cleaning up
    raise KeyboardInterrupt


def _serve(port: int, folder: Path, started: float) -> int:
    with ExitStack() as parts:
        parts.enter_context(sole_use(folder))
        if not is_free(port):
            raise CannotStart(f"Port {port} is taken; choose another, as in: make demo PORT={port + 10}")
        print("Starting PostgreSQL, Valkey and the mailbox …", flush=True)
        postgres = parts.enter_context(EmbeddedPostgres(folder))
        valkey = parts.enter_context(EmbeddedValkey(folder / "valkey"))
        mailbox = parts.enter_context(Mailbox(folder / "mail"))
        parts.callback(end_programs, folder)
        environment = _environment(
            ENVIRONMENT="demo",
            DATABASE_URL=postgres.service_url,
            REDIS_URL=valkey.url,
            SMTP_URL=mailbox.url,
            BASE_URL=f"http://{NAMED}:{port}",
            SECRET_KEY=key(folder, "secret_key"),
            DATA_KEY=key(folder, "data_key"),
            MAIL_FROM="boards@tumorboard.example",
            TRUSTED_HOSTS=f"{LOOPBACK},localhost",
        ) | {MARK: str(folder)}
        log = folder / "demo.log"
        if not _is_prepared(postgres.url):
            _prepare(environment | {f"{PREFIX}DATABASE_URL": postgres.url}, log)
        threading.Thread(target=_greet, args=(port, log, started), daemon=True).start()
        return _run_programs(port, folder, environment, log)


def _environment(**settings: str) -> dict[str, str]:
    """This process's environment with exactly these settings of ours."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return others | {f"{PREFIX}{name}": value for name, value in settings.items()}


def _is_prepared(database_url: str) -> bool:
    """Whether the tables are the newest and filled, asked without loading the service, which takes seconds."""
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        try:
            row = connection.execute("SELECT version_num, EXISTS (SELECT FROM person) FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row == (newest_migration(), True)


def _prepare(environment: dict[str, str], log: Path) -> None:
    """In a process of its own; a Ctrl-C ends it, and the next start finds half a migration rolled back."""
    print("Making the tables and the fictional hospital …", flush=True)
    line = [sys.executable, "-m", "tumorboard.demo.prepare"]
    with log.open("w") as output:
        done = subprocess.run(line, cwd=TREE, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise CannotStart(f"The demo's tables could not be prepared; see {log}, or start over with: make demo-reset")


def _run_programs(port: int, folder: Path, environment: dict[str, str], log: Path) -> int:
    """Web, worker and beat until a signal (0) or until one of them stops by itself (1)."""
    honcho.manager.KILL_WAIT = SECONDS_BEFORE_KILL
    with log.open("a") as output:
        programs = honcho.manager.Manager(Printer(output, colour=False))
        for name, line in {
            "web": (*WEB, f"--bind={LOOPBACK}:{port}", "tumorboard.demo.wsgi:app"),
            "worker": WORKER,
            "beat": (*BEAT, f"--schedule={folder / 'beat'}"),
        }.items():
            command = "exec " + shlex.join([sys.executable, "-m", *line])
            programs.add_process(name, command, env=environment | {"REMAP_SIGTERM": "SIGQUIT"}, cwd=str(TREE))
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        programs.loop()
    if programs.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}:
        print("\nStopped.")
        return 0
    raise CannotStart(
        f"A part of the demo stopped by itself; see {log}, then start it again with: make demo\n"
        "If it misses a package, make the environment anew: rm -r .venv; make demo"
    )


def _greet(port: int, log: Path, started: float) -> None:
    while not _answers(port):
        time.sleep(0.1)
    print(GREETING.format(url=f"http://{NAMED}:{port}", seconds=time.monotonic() - started, log=log), flush=True)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
