"""Changing one's e-mail address: confirmed at the new one, undone from the old one for seven days (threat 30)."""

from tumorboard.domain import accounts, audit, links, notices, web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Link
from tumorboard.storage.queries import people
from tumorboard.vocabulary import AuditAct, LinkKind, NoticeKind

TAKEN = "This address cannot be yours now: somebody else has it. Nothing was changed."


def ask_to_confirm(email: str, by: Actor) -> None:
    """Mails a link to the new address, which counts for nothing before it is used.

    Where somebody has this address already no mail goes out, and whoever asks is not told so.
    """
    if people.person_with_email(email) is not None:
        return
    link = links.make(by.person, LinkKind.CONFIRM_EMAIL, by.at, email=email)
    facts = AccountFacts(email=email, to_address=email, link_id=link.id, until=link.expires_at)
    _announce(link, NoticeKind.CONFIRM_EMAIL, facts, by)


def confirm(link: Link, by: Actor) -> None:
    """From now on mails go to the new address; the old one gets a link that takes it back."""
    links.use(link, by.at)
    if people.person_with_email(link.email) is not None:
        raise Refused(Code.NOT_NOW, TAKEN)
    old, by.person.email = by.person.email, link.email
    way_back = links.make(by.person, LinkKind.KEEP_EMAIL, by.at, email=old)
    facts = AccountFacts(email=link.email, to_address=old, link_id=way_back.id, until=way_back.expires_at)
    _announce(way_back, NoticeKind.EMAIL_CHANGED, facts, by)
    audit.record(by, AuditAct.EMAIL_CHANGED)


def keep(link: Link, by: Actor) -> None:
    """Takes the old address back. Whoever changed it is out, and the password is set anew by a mail to it."""
    links.use(link, by.at)
    links.end_later(link, by.at)
    owner = people.person_with_email(link.email)
    if owner is not None and owner.id != by.person.id:
        raise Refused(Code.NOT_NOW, TAKEN)
    by.person.email = link.email
    by.person.password_hash = None
    web_sessions.end_others(by.person, by)
    audit.record(by, AuditAct.EMAIL_CHANGED, details={"taken_back": 1})
    accounts.send_link(link.email, by.at)


def _announce(link: Link, kind: NoticeKind, facts: AccountFacts, by: Actor) -> None:
    notices.announce_to(
        by.person,
        kind,
        facts,
        reason="the address of an account was changed, or is to be",
        dedupe_key=f"{kind}:{link.id}",
        at=by.at,
    )
