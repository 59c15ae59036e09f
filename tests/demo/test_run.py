"""`make demo` as whoever types it sees it: real processes, real signals, one sentence when something is in the way."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from tumorboard.demo.folder import MARK, forget
from tumorboard.demo.loopback import LOOPBACK, CannotStart, free_port
from tumorboard.demo.postgres import EmbeddedPostgres

CHECKOUT = Path(__file__).parents[2]
RUN = "import sys; from pathlib import Path; from tumorboard.demo.run import run_demo; "
RUN += "sys.exit(run_demo(int(sys.argv[1]), Path(sys.argv[2])))"


Start = Callable[[int], subprocess.Popen[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = (tmp_path / "demo").resolve()
    yield place
    forget(place)


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts a demo on a port; none outlives its test."""
    with ExitStack() as demos:

        def run(port: int) -> subprocess.Popen[str]:
            demo = demos.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", RUN, str(port), str(folder)],
                    cwd=CHECKOUT,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
            demos.callback(demo.terminate)
            return demo

        yield run


def wait_until_ready(demo: subprocess.Popen[str]) -> None:
    said = []
    for line in demo.stdout or ():
        said.append(line)
        if "Tumorboard is at" in line:
            return
    pytest.fail("the demo ended before it was ready: " + "".join(said))


def programs_of(folder: Path) -> list[str]:
    """Every live process of the demo in `folder`: by its mark, or by where it works (PostgreSQL, Valkey)."""
    homes = {str(EmbeddedPostgres(folder).home / "server"), str(folder / "valkey")}
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(folder) or process.cwd() in homes:
                found.append(process.name())
        except psutil.Error:
            continue
    return found


def cases_in(folder: Path) -> int:
    with EmbeddedPostgres(folder) as postgres, psycopg.connect(postgres.url.replace("+psycopg", "")) as connection:
        row = connection.execute('SELECT count(*) FROM "case"').fetchone()
        return int(row[0]) if row else 0


@pytest.mark.fault
def test_the_life_of_a_demo(folder: Path, start: Start) -> None:
    """One folder, three starts, since each takes its time: stopped by a signal, found again, killed, ended."""
    port = free_port()
    demo = start(port)
    wait_until_ready(demo)
    assert {"postgres", "valkey-server"} <= set(programs_of(folder))

    second, _ = start(free_port()).communicate(timeout=30)
    stop = f"Ctrl-C there, or: kill {demo.pid}"
    assert second == f"A demo is running from this checkout already; stop it first ({stop}).\n"
    with pytest.raises(CannotStart, match="running from this checkout already"):
        forget(folder)

    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=10) == 0
    assert programs_of(folder) == []
    before = cases_in(folder)
    assert before > 0

    killed = start(port)
    wait_until_ready(killed)
    killed.kill()
    killed.wait()
    assert programs_of(folder) != []

    after = start(port)
    wait_until_ready(after)
    after.terminate()
    assert after.wait(timeout=10) == 0
    assert programs_of(folder) == []
    assert cases_in(folder) == before


def test_a_taken_port_is_one_sentence_that_says_what_to_do(start: Start) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        demo = start(port)
        said, _ = demo.communicate(timeout=30)

    assert demo.returncode == 1
    assert said == f"Port {port} is taken; choose another, as in: make demo PORT={port + 10}\n"


@pytest.mark.parametrize("port", ["eighty", "80", "65536", "-1", ""])
def test_a_port_that_is_none_is_one_sentence_that_says_what_to_do(port: str) -> None:
    line = [sys.executable, "-m", "tumorboard.demo", "run", f"--port={port}"]
    demo = subprocess.run(line, cwd=CHECKOUT, capture_output=True, text=True, check=False)

    assert demo.returncode == 1
    assert demo.stderr == "The port is a number from 1024 to 65535, as in: make demo PORT=8010\n"


def test_what_starts_the_demo_loads_nothing_of_the_service() -> None:
    line = [sys.executable, "-c", "import sys, tumorboard.demo.run; print(*sys.modules)"]
    loaded = subprocess.run(line, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split()

    assert "tumorboard.demo.run" in loaded
    assert [name for name in loaded if name.startswith(("tumorboard.domain", "tumorboard.storage", "flask"))] == []


def test_an_old_python_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements-demo.lock", "requirements-dev.lock"):
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())

    made = subprocess.run(
        ["make", "demo", "PYTHON=false"], cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
    )

    assert made.returncode != 0
    assert made.stderr.startswith("Tumorboard needs Python 3.11 or later; install it")
    assert not (tmp_path / ".venv").exists()
