"""Texts as they must come out, for a reviewer to read; ``WRITE_GOLDEN=1 make test`` writes them anew."""

import os
from pathlib import Path

_HERE = Path(__file__).parent


def assert_golden(name: str, actual: str) -> None:
    """The text is the one kept in this folder under that name."""
    path = _HERE / name
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")
