"""The service's own processes, started and killed as an operator or an accident would."""

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.waiting import until
from tumorboard.demo.loopback import LOOPBACK, free_port
from tumorboard.tree import TREE


class Service:
    """Worker, beat and web as real processes with one environment; whatever still runs at the end is ended."""

    def __init__(self, environment: dict[str, str], folder: Path, *, host: str = LOOPBACK) -> None:
        self.port = free_port()
        self.base_url = f"http://{host}:{self.port}"
        self.log = folder / "service.log"
        self._folder = folder
        self._environment = (
            {name: value for name, value in os.environ.items() if not name.startswith("TUMORBOARD_")}
            | environment
            | {"TUMORBOARD_BASE_URL": self.base_url, "REMAP_SIGTERM": "SIGQUIT"}
        )
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for name in list(self._processes):
            self.kill(name)

    def start_worker(self) -> None:
        self._start("worker", "celery", "--app=workers.tasks", "worker", "--concurrency=2", "--loglevel=WARNING")

    def start_beat(self) -> None:
        schedule = f"--schedule={self._folder / 'beat'}"
        self._start("beat", "celery", "--app=workers.celery_app", "beat", schedule, "--pidfile=", "--loglevel=WARNING")

    def start_web(self, application: str = "tumorboard.wsgi:app") -> None:
        bind = f"--bind={LOOPBACK}:{self.port}"
        self._start(
            "web", "gunicorn", "--worker-class=gthread", "--threads=8", "--no-control-socket", bind, application
        )
        until(self._answers, "the sign-in page", 60)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Sends the signal to the process and everything it started, all at once, and waits for their end."""
        process = self._processes.pop(name)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for member in family:
            member.send_signal(number)
        process.wait(20)
        psutil.wait_procs(family, timeout=20)

    def _start(self, name: str, *line: str) -> None:
        with self.log.open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", *line], cwd=TREE, env=self._environment, stdout=log, stderr=log
            )

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()
