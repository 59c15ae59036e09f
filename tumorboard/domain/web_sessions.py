"""Signing in and out. A session is a row that can be ended; it knows the cookie's token by its hash alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.storage.db import db
from tumorboard.storage.models import Person, WebSession
from tumorboard.storage.queries import people, web_sessions
from tumorboard.vocabulary import AuditAct

TOUCH_EVERY = timedelta(minutes=1)
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_two_at_a_time = BoundedSemaphore(2)


@cache
def _nobodys_hash() -> str:
    """Checked when nobody has the address, so that the answer takes as long (trust.md threat 27)."""
    return _hasher.hash(secrets.token_hex())


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: unused, and at all."""

    idle: timedelta
    absolute: timedelta


def hash_password(password: str) -> str:
    """Argon2id, 64 MiB, three passes (RFC 9106), as a PHC string."""
    with _two_at_a_time:
        return _hasher.hash(password)


def person_with_password(email: str, password: str) -> Person | None:
    """Whoever has this address and this password and an active account."""
    person = people.person_with_email(email)
    with _two_at_a_time:
        try:
            _hasher.verify((person and person.password_hash) or _nobodys_hash(), password)
        except (VerificationError, InvalidHashError):
            return None
    return person if person and person.deactivated_at is None else None


def start(by: Actor) -> tuple[str, WebSession]:
    """Starts a session for the actor, and answers with its token too: 256 random bits that are kept nowhere."""
    token = secrets.token_urlsafe(32)
    session = WebSession(person=by.person, token_hash=_hash(token), started_at=by.at, last_used_at=by.at, ended_at=None)
    db.session.add(session)
    audit.record(by, AuditAct.SIGNED_IN)
    return token, session


def session_of(token: str, at: datetime, limits: Limits) -> WebSession | None:
    """The session that this token opens, if it was not ended, not left idle and is not too old."""
    session = web_sessions.session_with_hash(_hash(token))
    if session is None or session.ended_at is not None or session.person.deactivated_at is not None:
        return None
    fresh = at - session.last_used_at < limits.idle and at - session.started_at < limits.absolute
    return session if fresh else None


def touch(session: WebSession, at: datetime) -> bool:
    """Notes that the session is in use; answers whether there was anything to note."""
    if at - session.last_used_at < TOUCH_EVERY:
        return False
    session.last_used_at = at
    return True


def end(token: str, by: Actor) -> None:
    """Signs out: the token opens nothing from now on, wherever a copy of it lies."""
    session = web_sessions.session_with_hash(_hash(token))
    if session is not None and session.ended_at is None:
        session.ended_at = by.at
        audit.record(by, AuditAct.SIGNED_OUT)


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
