"""Questions about mailed links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tumorboard.storage.db import db
from tumorboard.storage.models import Link
from tumorboard.vocabulary import LinkKind


def link_with_hash(token_hash: bytes) -> Link | None:
    return db.session.scalars(select(Link).where(Link.token_hash == token_hash)).one_or_none()


def mark_used(link_id: UUID, at: datetime) -> bool:
    """Whether this call is the one that used the link."""
    act = update(Link).where(Link.id == link_id, Link.used_at.is_(None)).values(used_at=at).returning(Link.id)
    return db.session.scalar(act) is not None


def end_links(person_id: UUID, kind: LinkKind | None, at: datetime, *, made_after: datetime | None = None) -> None:
    """The person's open links of this kind, or of every kind, made after an instant or ever."""
    act = update(Link).where(Link.person_id == person_id, Link.used_at.is_(None))
    if kind is not None:
        act = act.where(Link.kind == kind)
    if made_after is not None:
        act = act.where(Link.made_at > made_after)
    db.session.execute(act.values(used_at=at))
