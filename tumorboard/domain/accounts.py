"""Joining, and passwords set, changed and forgotten. Whoever's account it is hears of each change."""

from datetime import datetime

from tumorboard import wakeup, words
from tumorboard.domain import audit, links, notices, web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts
from tumorboard.domain.passwords import hash_password, is_password_of, require_good
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Link, Notice, Person, WebSession
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import after_commit, rehearsal
from tumorboard.vocabulary import AuditAct, LinkKind, NoticeKind, Permission

_REASONS = {
    NoticeKind.JOIN: "you were invited to the tumor boards of your hospital",
    NoticeKind.RESET_PASSWORD: "somebody asked for it at the sign-in page",
}


def join(link: Link, password: str, by: Actor) -> None:
    """The person who was invited has a password; the link is used up."""
    links.use(link, by.at)
    _keep_password(by.person, password, by)
    by.person.joined_at = by.at
    audit.record(by, AuditAct.PERSON_JOINED)


def reset_password(link: Link, password: str, by: Actor) -> None:
    """A new password for who has read the mail. The second factor stays, every session ends."""
    links.use(link, by.at)
    _keep_password(by.person, password, by)
    links.end_all(by.person, by.at, LinkKind.CONFIRM_EMAIL)
    by.person.failures, by.person.failed_at = 0, None
    web_sessions.end_others(by.person, by)
    tell(by.person, "Your password was set anew by a link in a mail.", by.at)


def change_password(current: str, password: str, session: WebSession, by: Actor) -> None:
    """Another password for who knows the present one; every other session ends."""
    if not is_password_of(by.person, current):
        raise Refused(Code.WRONG, "This is not your present password.", "current")
    _keep_password(by.person, password, by)
    web_sessions.end_others(by.person, by, keep=session)
    tell(by.person, "Your password was changed.", by.at)


def send_link(email: str, at: datetime) -> None:
    """A link for a new password to whoever has this address, or the invitation again to who has not joined.

    For nobody the same rows are written, for somebody else, and taken back: the answer takes as long (threat 19).
    """
    after_commit("wake", wakeup.notices_are_due)
    person, somebody = people.person_with_email(email), people.anybody()
    if person is not None and person.deactivated_at is None:
        _send(person, at)
    elif somebody is not None:
        with rehearsal():
            _send(somebody, at)


def send_again(token: str, at: datetime) -> None:
    """The invitation again, to the address it was sent to, for who holds a link of it that is over."""
    link = links.find(token, LinkKind.JOIN)
    if link is not None and link.person.joined_at is None and link.person.deactivated_at is None:
        _send(link.person, at)


def tell(person: Person, what: str, at: datetime, *, by: Actor | None = None) -> Notice:
    """Owes ``person`` a mail about a change of their account; ``by`` when somebody else made it."""
    facts = AccountFacts(what=what, by=words.name_words(by.person.family_name, by.person.given_name) if by else "")
    return notices.announce_to(
        person,
        NoticeKind.ACCOUNT_CHANGED,
        facts,
        reason="every change of an account is told to its owner",
        dedupe_key=f"account_changed:{new_id()}",
        at=at,
    )


def sign_out_everywhere(person: Person, by: Actor) -> int:
    """Ends every session of somebody who has left a device behind; they are told. Answers how many there were."""
    demand(by, Permission.CHANGE_PERSON)
    ended = web_sessions.end_others(person, by)
    if ended:
        tell(person, "You were signed out everywhere.", by.at, by=by)
    return ended


def _send(person: Person, at: datetime) -> None:
    joined = person.joined_at is not None
    link = links.make(person, LinkKind.RESET_PASSWORD if joined else LinkKind.JOIN, at)
    kind = NoticeKind.RESET_PASSWORD if joined else NoticeKind.JOIN
    notices.announce_to(
        person,
        kind,
        AccountFacts(link_id=link.id, until=link.expires_at),
        reason=_REASONS[kind],
        dedupe_key=f"{kind}:{link.id}",
        at=at,
    )
    db.session.flush()  # a rehearsal is to cost what the act does


def _keep_password(person: Person, password: str, by: Actor) -> None:
    require_good(password, person)
    person.password_hash = hash_password(password)
    person.password_set_at = by.at
    audit.record(by, AuditAct.PASSWORD_CHANGED)
