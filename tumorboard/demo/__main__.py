"""``python -m tumorboard.demo run | reset``; the service itself knows nothing of the demo."""

import sys

import click

from tumorboard.demo.run import reset_demo, run_demo
from tumorboard.tree import TREE

FOLDER = TREE / ".demo"
PORTS = range(1024, 65536)


@click.group(help="The whole service on this machine, with a fictional hospital.")
def main() -> None:
    """Commands of the demo."""


def _port(_context: click.Context, _option: click.Parameter, typed: str) -> int:
    if typed.isdecimal() and int(typed) in PORTS:
        return int(typed)
    sys.exit(f"The port is a number from {PORTS.start} to {PORTS.stop - 1}, as in: make demo PORT=8010")


@main.command()
@click.option("--port", default="8000", show_default=True, callback=_port)
def run(port: int) -> None:
    """Serve until Ctrl-C."""
    sys.exit(run_demo(port, FOLDER))


@main.command()
def reset() -> None:
    """Forget all that the demo kept."""
    sys.exit(reset_demo(FOLDER))


main()
