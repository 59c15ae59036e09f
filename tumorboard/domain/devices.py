"""Browsers that somebody has signed in with before. There, failed tries elsewhere do not lock them out.

From any other, five tries are free, then each costs a wait of 1, 2, 4 … 60 s. After a hundred in a row no password
counts there: the owner is told by mail, with a link that makes a browser known (trust.md section 5, threat 27).
"""

import re
from datetime import datetime
from hashlib import sha256

from tumorboard.domain import links
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.storage.models import Link, Person
from tumorboard.storage.queries import devices, people
from tumorboard.vocabulary import LinkKind, NoticeKind

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
    if is_known(email, token):
        return True
    tries = devices.count_try(email, at)
    if tries > devices.MOST:
        _tell_owner(email, at)
    return tries > 0


def is_known(email: str, token: str) -> bool:
    """Whether whoever has this address has signed in whole on the browser with this token."""
    return devices.is_known(email, _hash(token))


def let_in(link: Link, token: str, at: datetime) -> None:
    """The browser with this token is known from now on: whoever uses it has read the person's mail.

    Password and second factor are asked for as ever.
    """
    links.use(link, at)
    devices.saw(link.person_id, _hash(token), at)


def know(person: Person, token: str, at: datetime) -> None:
    """Somebody has signed in whole on the browser with this token."""
    person.failures, person.failed_at = 0, None
    devices.saw(person.id, _hash(token), at)


def in_words(user_agent: str) -> str:
    """``Firefox on Windows``: for people to know their browser again, and no more than that."""
    program = next((name for mark, name in _PROGRAMS if re.search(rf"{mark}\w*/", user_agent)), "A browser")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{program} on {machine}" if machine else program


def _tell_owner(email: str, at: datetime) -> None:
    """The last try that counts: from here on the link in this mail leads in, on browsers that are not known."""
    person = people.person_with_email(email)
    if person is None or person.has_left(at) or person.joined_at is None:
        return
    link = links.make(person, LinkKind.LET_IN, at)
    announce_to(
        person,
        NoticeKind.TOO_MANY_TRIES,
        AccountFacts(link_id=link.id, until=link.expires_at),
        reason="it is about your account",
        dedupe_key=f"{NoticeKind.TOO_MANY_TRIES}:{link.id}",
        at=at,
    )


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
