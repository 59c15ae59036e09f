"""Questions about sessions."""

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import WebSession


def session_with_hash(token_hash: bytes) -> WebSession | None:
    return db.session.scalars(select(WebSession).where(WebSession.token_hash == token_hash)).one_or_none()
