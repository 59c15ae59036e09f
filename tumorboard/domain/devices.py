"""Browsers that somebody has signed in with before. There, failed tries elsewhere do not lock them out.

From any other, five tries are free, then each costs a wait of 1, 2, 4 … 60 s, and after a hundred in a row a link by
mail is needed (trust.md section 5, threat 27).
"""

import re
from datetime import datetime
from hashlib import sha256

from tumorboard.storage.models import Person
from tumorboard.storage.queries import devices

_PROGRAMS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
"""What a user agent holds and what people call it; the first that is found counts."""


def may_try(email: str, token: str, at: datetime) -> bool:
    """Whether a password may be tried for this address now; on an unknown device the try is counted first."""
    return devices.is_known(email, _hash(token)) or devices.count_try(email, at)


def know(person: Person, token: str, at: datetime) -> None:
    """Somebody has signed in whole on the browser with this token."""
    person.failures, person.failed_at = 0, None
    devices.saw(person.id, _hash(token), at)


def in_words(user_agent: str) -> str:
    """``Firefox on Windows``: for people to know their browser again, and no more than that."""
    program = next((name for mark, name in _PROGRAMS if re.search(rf"{mark}\w*/", user_agent)), "A browser")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{program} on {machine}" if machine else program


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
