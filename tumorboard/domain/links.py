"""Single-use links in mails: who opens one has read that person's mail, and nothing more (trust.md threat 19)."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Link, Person
from tumorboard.storage.queries import links as questions
from tumorboard.storage.sealing import code_for
from tumorboard.vocabulary import LinkKind

LASTS = {
    LinkKind.JOIN: timedelta(days=7),
    LinkKind.RESET_PASSWORD: timedelta(minutes=30),
    LinkKind.CONFIRM_EMAIL: timedelta(minutes=30),
    LinkKind.KEEP_EMAIL: timedelta(days=7),
    LinkKind.LET_IN: timedelta(days=7),
}

OVER = "This link was used, or its time ran out. Ask for a new one; it takes a minute."


def make(person: Person, kind: LinkKind, at: datetime, *, email: str = "") -> Link:
    """A new link for ``person``; open ones of the same kind end with it.

    But not those that take an address back: whoever steals an account must not end them by changing it twice.
    """
    if kind is not LinkKind.KEEP_EMAIL:
        end_all(person, at, kind)
    link_id = new_id()
    link = Link(
        id=link_id,
        kind=kind,
        person=person,
        token_hash=hash_of(token_of(link_id)),
        email=email,
        made_at=at,
        expires_at=at + LASTS[kind],
    )
    db.session.add(link)
    return link


def token_of(link_id: UUID) -> str:
    """What stands in the mail: computed when the mail is written, and kept nowhere."""
    return urlsafe_b64encode(code_for("links", str(link_id))).rstrip(b"=").decode()


def open_link(token: str, kind: LinkKind, at: datetime) -> Link:
    """The link with this token, if it can still be used. Looking does not use it: mail scanners look."""
    link = find(token, kind)
    if link is None or link.used_at is not None or at >= link.expires_at:
        raise Refused(Code.GONE, OVER)
    if link.person.has_left(at):
        raise Refused(Code.GONE, OVER)
    return link


def find(token: str, kind: LinkKind) -> Link | None:
    """The link with this token, used or over as it may be."""
    link = questions.link_with_hash(hash_of(token))
    return link if link is not None and link.kind is kind else None


def use(link: Link, at: datetime) -> None:
    """Ends the link; of two that use it at once, one is refused."""
    if not questions.mark_used(link.id, at):
        raise Refused(Code.GONE, OVER)


def end_all(person: Person, at: datetime, kind: LinkKind | None = None) -> None:
    """Ends this person's open links: of one kind, or every one."""
    questions.end_links(person.id, kind, at)


def end_later(link: Link, at: datetime) -> None:
    """Ends whatever was made for the same person after ``link``."""
    questions.end_links(link.person_id, None, at, made_after=link.made_at)


def hash_of(token: str) -> bytes:
    """What is kept of a token."""
    return sha256(token.encode()).digest()
