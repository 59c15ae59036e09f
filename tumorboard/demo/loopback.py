"""What the embedded servers share: this machine's own address, a port on it, and servers left over by a `kill -9`."""

import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import psutil

LOOPBACK = "127.0.0.1"
NAMED = "localhost"
"""The same for browsers, which make no passkey for an address in numbers."""
PATIENCE_SECONDS = 5


class CannotStart(Exception):  # noqa: N818  # reads as the sentence it is
    """A sentence for whoever typed the command: what stands in the way and what to do."""


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does, for ports that just closed
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def end_servers(program: str, works_in: Path, *, ask: signal.Signals = signal.SIGTERM) -> None:
    """End every process of `program` whose working folder is `works_in`: asked first, killed after some seconds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in (asked := _running(program, works_in)):
        _send(process, ask)
    while _running(program, works_in):
        if time.monotonic() > deadline:
            for process in asked:
                _send(process, signal.SIGKILL)
        time.sleep(0.02)


def _running(program: str, works_in: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name"])
        if process.info["name"] == program and _is_in(works_in, process)
    ]


def _is_in(folder: Path, process: psutil.Process) -> bool:
    try:
        return Path(process.cwd()) == folder.resolve()
    except psutil.Error:  # gone, a zombie, or somebody else's
        return False


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)
