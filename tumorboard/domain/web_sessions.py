"""Signing in and out. A session is a row that can be ended; it knows the cookie's token by its hash alone.

It begins with a password, opens with a second factor, is locked when it is left alone, and ends.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.storage.db import db
from tumorboard.storage.models import Person, WebSession
from tumorboard.storage.queries import web_sessions
from tumorboard.vocabulary import AuditAct

TOUCH_EVERY = timedelta(minutes=1)
ENTERING_LASTS = timedelta(minutes=20)
"""From the password to the second factor, with time to set one up."""
STEP_UP_LASTS = timedelta(minutes=5)


class Stage(StrEnum):
    """What a session opens: the second factor's page, everything, or the lock's page."""

    ENTERING = "entering"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True)
class Limits:
    """How long a session stays open untouched, and how long it lasts at all."""

    idle: timedelta
    absolute: timedelta


def start(by: Actor, device: str = "") -> tuple[str, WebSession]:
    """Begins a session in which the password was shown, and answers with its token too."""
    token = _new_token()
    session = WebSession(
        person=by.person,
        token_hash=_hash(token),
        device=device,
        address=by.address,
        started_at=by.at,
        last_used_at=by.at,
        confirmed_at=None,
        locked_at=None,
        challenge=None,
        ended_at=None,
    )
    db.session.add(session)
    return token, session


def confirm(session: WebSession, by: Actor) -> str:
    """Opens the session, or notes that a factor was shown again (step-up); from now on it has another token."""
    audit.record(by, AuditAct.STEPPED_UP if session.confirmed_at else AuditAct.SIGNED_IN)
    token = _new_token()
    session.token_hash = _hash(token)
    session.confirmed_at = session.last_used_at = by.at
    return token


def session_of(token: str, at: datetime, limits: Limits) -> tuple[WebSession, Stage] | None:
    """The session that this token belongs to, if it was not ended and is not too old, and what it opens now."""
    session = web_sessions.session_with_hash(_hash(token))
    if session is None or session.ended_at is not None or session.person.has_left(at):
        return None
    if at - session.started_at >= limits.absolute:
        return None
    if session.confirmed_at is None:
        return (session, Stage.ENTERING) if at - session.started_at < ENTERING_LASTS else None
    left_alone = session.locked_at is not None or at - session.last_used_at >= limits.idle
    return session, Stage.LOCKED if left_alone else Stage.OPEN


def is_stepped_up(session: WebSession, at: datetime) -> bool:
    """Whether a second factor was shown within the last five minutes; the demo's people have none to show."""
    recently = session.confirmed_at is not None and at - session.confirmed_at < STEP_UP_LASTS
    return recently or session.person.demo


def touch(session: WebSession, at: datetime) -> bool:
    """Notes that the session is in use; answers whether there was anything to note."""
    if at - session.last_used_at < TOUCH_EVERY:
        return False
    session.last_used_at = at
    return True


def lock(session: WebSession, by: Actor) -> None:
    """Until it is unlocked the session shows nothing."""
    if session.locked_at is None:
        session.locked_at = by.at
        audit.record(by, AuditAct.SESSION_LOCKED)


def unlock(session: WebSession, by: Actor) -> None:
    """Opens it again for the same person; what needs a recent second factor still needs it."""
    session.locked_at = None
    session.last_used_at = by.at
    audit.record(by, AuditAct.SIGNED_IN, details={"unlocked": 1})


def end(session: WebSession, by: Actor) -> None:
    """Signs out: the token opens nothing from now on, wherever a copy of it lies."""
    if session.ended_at is None:
        session.ended_at = by.at
        audit.record(by, AuditAct.SIGNED_OUT)


def sessions_of(person: Person, at: datetime, limits: Limits) -> Sequence[WebSession]:
    """Where this person is signed in, last used first."""
    return web_sessions.open_sessions(person.id, since=at - limits.absolute)


def end_one(session_id: UUID, by: Actor) -> None:
    """Ends one of one's own sessions; one that is over, or somebody else's, is left as it is."""
    if web_sessions.end_sessions(by.person.id, by.at, only=session_id):
        audit.record(by, AuditAct.SESSION_ENDED, subjects=[session_id])


def end_others(person: Person, by: Actor, keep: WebSession | None = None) -> int:
    """Ends every session of ``person`` but ``keep``; answers how many there were."""
    ended = web_sessions.end_sessions(person.id, by.at, but=keep.id if keep else None)
    if ended:
        audit.record(by, AuditAct.SESSION_ENDED, subjects=ended)
    return len(ended)


def _new_token() -> str:
    """256 random bits that are kept nowhere but in the cookie."""
    return secrets.token_urlsafe(32)


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
