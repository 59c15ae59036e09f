"""Waiting for what other processes do, without guessing how long they take."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")
_never = Event()


def until(condition: Callable[[], T], what: str, seconds: float = 30) -> T:
    """What ``condition`` answers as soon as that is true; fails with ``what`` was waited for."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what}"
        _never.wait(0.05)
    return answer
