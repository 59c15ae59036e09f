"""What administrators do to rights and accounts is done in sight of the others and of the privacy officers."""

from collections.abc import Set
from uuid import UUID

from tumorboard import words
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Notice, Person
from tumorboard.storage.queries import people
from tumorboard.vocabulary import NoticeKind, Office


def require_somebody_else(person: Person) -> None:
    """Refuses where nobody would watch without this person: who leaves soon counts no more."""
    people.hold_offices()
    if person.office is Office.PRIVACY_OFFICER and not people.is_somebody_else(Office.PRIVACY_OFFICER, person.id):
        raise Refused(Code.NOT_NOW, "Nobody else is privacy officer: give the office to another first.")


def tell(what: str, by: Actor, *, key: str, kind: NoticeKind = NoticeKind.OVERSIGHT, but: Set[UUID]) -> list[Notice]:
    """Owes every administrator and privacy officer ``but`` these one mail; ``by`` did it and is told nothing."""
    readers = [*people.office_holders(Office.ADMINISTRATOR), *people.office_holders(Office.PRIVACY_OFFICER)]
    return [
        announce_to(
            reader,
            kind,
            AccountFacts(by=words.name_words(by.person.family_name, by.person.given_name), what=what),
            reason=f"you are {reader.office.label.lower() if reader.office else ''}",
            dedupe_key=f"{kind}:{key}:{reader.id}",
            at=by.at,
        )
        for reader in readers
        if reader.id != by.person.id and reader.id not in but
    ]
