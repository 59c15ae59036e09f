"""What is known of a person: kept by administrators, and the settings that are everybody's own."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from tumorboard.clock import ZONES
from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people
from tumorboard.vocabulary import AuditAct, Discipline, NoticeKind, Permission

MAY_BE_MUTED = (NoticeKind.AGENDA, NoticeKind.CERTIFICATION_ENDS)
"""What safety does not need; the database knows the same list (``safety_is_never_muted``)."""


CAREER_YEARS = 60


@dataclass(frozen=True)
class ChangePerson:
    """All that an administrator may change of somebody: their address, office and sign-in are not among it."""

    family_name: str
    given_name: str
    discipline: Discipline
    other_disciplines: tuple[Discipline, ...]
    hospital_id: UUID
    time_zone: str
    phone: str
    registration: str
    certification: str
    certified_until: date | None


@dataclass(frozen=True)
class ChangeSettings:
    """What everybody may change of themselves."""

    time_zone: str
    phone: str
    keys: bool
    muted: tuple[NoticeKind, ...]


def change(person: Person, act: ChangePerson, seen: str, by: Actor) -> None:
    """Notes what is true now. ``seen`` is the ``imprint`` of what the administrator had before them."""
    demand(by, Permission.CHANGE_PERSON)
    people.person_to_change(person.id)
    if seen != imprint(person):
        raise Refused(Code.CHANGED_MEANWHILE, "Somebody else changed this person meanwhile. Look again, then change.")
    hospital = people.hospital(act.hospital_id)
    if hospital is None:
        raise Refused(Code.WRONG, "Choose the hospital from the list.", field="hospital")
    _require_zone(act.time_zone)
    _require_a_career(act.certified_until, by)
    others = sorted({each.value for each in act.other_disciplines} - {act.discipline.value})
    _note(person, asdict(act) | {"hospital": hospital, "other_disciplines": others}, by)


def change_settings(act: ChangeSettings, by: Actor) -> None:
    demand(by, Permission.CHANGE_OWN_SETTINGS)
    _require_zone(act.time_zone)
    if set(act.muted) - set(MAY_BE_MUTED):
        raise Refused(Code.WRONG, "What safety needs cannot be switched off.")
    _note(by.person, asdict(act) | {"muted": sorted(kind.value for kind in act.muted)}, by)


def imprint(person: Person) -> str:
    """A short sign of all that ``ChangePerson`` changes: another one when something of it is another."""
    known = [str(getattr(person, field.name)) for field in fields(ChangePerson)]
    return sha256("\n".join(known).encode()).hexdigest()[:16]


def _note(person: Person, known: dict[str, Any], by: Actor) -> None:
    changed = [name for name, value in known.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, known[name])
    if changed:
        details: dict[str, str | int] = {"changed": ",".join(sorted(changed))}
        audit.record(by, AuditAct.PERSON_CHANGED, subjects=[person.id], details=details)


def _require_a_career(certified_until: date | None, by: Actor) -> None:
    """Refuses a last day in whose year nobody who works now was, or will be, certified."""
    first, last = by.at.year - CAREER_YEARS, by.at.year + CAREER_YEARS
    if certified_until is not None and not first <= certified_until.year <= last:
        raise Refused(Code.WRONG, f"Check the year: it is from {first} to {last}.", field="certified_until")


def _require_zone(time_zone: str) -> None:
    if time_zone not in ZONES:
        raise Refused(Code.WRONG, "Choose the time zone from the list.", field="time_zone")
