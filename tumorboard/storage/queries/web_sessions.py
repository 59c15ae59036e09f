"""Questions about sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tumorboard.storage.db import db
from tumorboard.storage.models import WebSession


def session_with_hash(token_hash: bytes) -> WebSession | None:
    return db.session.scalars(select(WebSession).where(WebSession.token_hash == token_hash)).one_or_none()


def open_sessions(person_id: UUID, since: datetime) -> list[WebSession]:
    """The person's sessions that were opened since then and not ended, last used first."""
    query = (
        select(WebSession)
        .where(WebSession.person_id == person_id, WebSession.ended_at.is_(None), WebSession.confirmed_at.is_not(None))
        .where(WebSession.started_at > since)
        .order_by(WebSession.last_used_at.desc())
    )
    return list(db.session.scalars(query))


def end_sessions(person_id: UUID, at: datetime, *, only: UUID | None = None, but: UUID | None = None) -> list[UUID]:
    """Ends the person's sessions, one of them or all but one; answers with those that it ended."""
    act = update(WebSession).where(WebSession.person_id == person_id, WebSession.ended_at.is_(None))
    if only is not None:
        act = act.where(WebSession.id == only)
    if but is not None:
        act = act.where(WebSession.id != but)
    return list(db.session.scalars(act.values(ended_at=at).returning(WebSession.id)))


def set_challenge(session_id: UUID, challenge: bytes) -> None:
    db.session.execute(update(WebSession).where(WebSession.id == session_id).values(challenge=challenge))


def take_challenge(session_id: UUID) -> bytes | None:
    """What a passkey was asked to sign in this session; of two that ask at once, one gets it."""
    asked = select(WebSession.challenge).where(WebSession.id == session_id).with_for_update()
    challenge = db.session.scalar(asked)
    db.session.execute(update(WebSession).where(WebSession.id == session_id).values(challenge=None))
    return challenge
