"""Board certifications end: whose it is and the coordinators of their boards are told in time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.storage.models import Notice, Person
from tumorboard.storage.queries import notices, people
from tumorboard.vocabulary import NoticeKind

DAYS_BEFORE = (7, 30, 60)
"""How long before the last day it is told; who missed the one is told with the next."""
_A_DAY = timedelta(days=1)


def tell_of_certifications(at: datetime) -> list[Notice]:
    """Owes each mail that is due and was not owed before: run as often as you like, it is told once."""
    first, last = at.date() - _A_DAY, at.date() + timedelta(days=max(DAYS_BEFORE)) + _A_DAY
    due = {
        _key(person, days, reader): (reader, person)
        for person in people.certified_until(first, last)
        if (days := _days_before(person, at)) is not None
        for reader in _readers(person, at)
    }
    known = notices.known_keys(due)
    return [_tell(reader, person, key, at) for key, (reader, person) in due.items() if key not in known]


def days_left(person: Person, today: date) -> int | None:
    """Until the last day of the certification, which is day 0; none where no last day is known."""
    return (person.certified_until - today).days if person.certified_until else None


def _days_before(person: Person, at: datetime) -> int | None:
    """Which of ``DAYS_BEFORE`` has been reached on this person's own calendar."""
    left = days_left(person, at.astimezone(ZoneInfo(person.time_zone)).date())
    return None if left is None or left < 0 else next((days for days in DAYS_BEFORE if left <= days), None)


def _readers(person: Person, at: datetime) -> list[Person]:
    coordinators = people.coordinators_of(person.id, at)
    everybody = {each.id: each for each in [person, *coordinators]}.values()
    return [each for each in everybody if NoticeKind.CERTIFICATION_ENDS.value not in each.muted]


def _key(person: Person, days: int, reader: Person) -> str:
    return f"certification:{person.id}:{person.certified_until}:{days}:{reader.id}"


def _tell(reader: Person, person: Person, key: str, at: datetime) -> Notice:
    if person.certified_until is None:
        raise ValueError("a certification without a last day")
    day = words.date_words(person.certified_until)
    name = words.name_words(person.family_name, person.given_name)
    own = reader.id == person.id
    return announce_to(
        reader,
        NoticeKind.CERTIFICATION_ENDS,
        AccountFacts(what=f"{'Your board certification' if own else f'The board certification of {name}'} ends {day}."),
        reason="your certification is noted here" if own else "you coordinate a board of theirs",
        dedupe_key=key,
        at=at,
    )
