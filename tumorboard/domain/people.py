"""Hospitals and people: the first ones as an operator adds them from a shell, everybody else by invitation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from tumorboard import words
from tumorboard.clock import ZONES
from tumorboard.domain import audit, links
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to, cancel_account_notices
from tumorboard.domain.passwords import hash_password, require_good
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Notice, Person
from tumorboard.storage.queries import people as questions
from tumorboard.vocabulary import AuditAct, Discipline, LinkKind, NoticeKind, Office, Permission

FIRST_ADMINISTRATORS = 2
"""So many are appointed from a shell; from then on an office needs two of them (trust.md threat 31)."""


@dataclass(frozen=True)
class AddPerson:
    email: str
    family_name: str
    given_name: str
    discipline: Discipline
    hospital: str
    """The hospital's short name."""
    time_zone: str
    """IANA name."""
    password: str
    office: Office | None = None


@dataclass(frozen=True)
class InvitePerson:
    """Somebody who is to join by a mailed link, in the zone of their hospital."""

    email: str
    family_name: str
    given_name: str
    discipline: Discipline
    hospital_id: UUID
    phone: str = ""
    external: bool = False
    outside_meant: bool = False
    """Whether a domain that is none of the network's was confirmed by a second click (trust.md threat 17)."""


def add_hospital(name: str, short_name: str, time_zone: str) -> Hospital:
    """A hospital that issues its own patient identifiers."""
    _require_zone(time_zone)
    if questions.hospital_called(short_name):
        raise Refused(Code.NOT_NOW, "There is a hospital with this short name already.")
    hospital = Hospital(name=name, short_name=short_name, time_zone=time_zone)
    db.session.add(hospital)
    return hospital


def add_person(act: AddPerson, at: datetime) -> Person:
    """Somebody who can sign in with this password."""
    _require_zone(act.time_zone)
    hospital = questions.hospital_called(act.hospital)
    if hospital is None:
        raise Refused(Code.WRONG, "There is no hospital with this short name. Add it first.")
    if questions.person_with_email(act.email):
        raise Refused(Code.NOT_NOW, "Somebody has this e-mail address already.")
    if act.office and len(questions.office_holders(Office.ADMINISTRATOR)) >= FIRST_ADMINISTRATORS:
        raise Refused(Code.NOT_ALLOWED, "There are two administrators: one of them asks for the office, on the page.")
    person = Person(
        email=address(act.email),
        family_name=act.family_name,
        given_name=act.given_name,
        discipline=act.discipline,
        office=act.office,
        hospital=hospital,
        time_zone=act.time_zone,
        password_set_at=at,
        created_at=at,
        joined_at=at,
    )
    require_good(act.password, person)
    person.password_hash = hash_password(act.password)
    db.session.add(person)
    return person


def invite(act: InvitePerson, by: Actor, domains: tuple[str, ...] = ()) -> Person:
    """Somebody who can join by the link that is mailed to them. ``domains``: where the network's addresses end."""
    demand(by, Permission.INVITE_PEOPLE)
    questions.hold_invitations()  # one after the other, so that the second of one address finds the first
    hindrance = hindrance_to(act, questions.addresses_taken([act.email]), domains)
    if hindrance is not None:
        raise hindrance
    hospital = questions.hospital(act.hospital_id)
    if hospital is None:
        raise Refused(Code.WRONG, "Choose the hospital from the list.", field="hospital")
    person = questions.person_with_email(act.email) or Person(email=address(act.email), created_at=by.at)
    person.family_name, person.given_name, person.phone = act.family_name, act.given_name, act.phone
    person.discipline, person.external, person.deactivated_at = act.discipline, act.external, None
    person.hospital, person.time_zone = hospital, hospital.time_zone
    db.session.add(person)
    _send_link(person, by)
    return person


def hindrance_to(act: InvitePerson, taken: set[str], domains: tuple[str, ...]) -> Refused | None:
    """Why this person cannot be invited, if so; ``taken`` are the addresses, in small letters, that somebody has."""
    try:
        email = address(act.email)
    except Refused as refusal:
        return Refused(refusal.code, refusal.sentence, field="email")
    if email.lower() in taken or act.email.lower() in taken:
        return Refused(Code.WRONG, "Somebody has this e-mail address already: find them in the list.", field="email")
    if is_outside(email, domains) and not act.outside_meant:
        domain = email.rpartition("@")[2]
        return Refused(Code.WRONG, f"No hospital of the network has {domain}. Check the address.", field="email")
    return None


def is_outside(email: str, domains: tuple[str, ...]) -> bool:
    """Whether the address ends with none of ``domains``, nor a part of one; never where none are named."""
    domain = email.rpartition("@")[2].lower()
    return bool(domains) and not any(domain == each or domain.endswith(f".{each}") for each in domains)


def invite_all(acts: Iterable[InvitePerson], by: Actor, domains: tuple[str, ...] = ()) -> list[Person]:
    return [invite(act, by, domains) for act in acts]


def invite_again(person: Person, by: Actor) -> Notice:
    """A new link; the one before it ends."""
    _demand_invited(person, by)
    cancel_account_notices(person, NoticeKind.JOIN)
    return _send_link(person, by)


def withdraw_invitation(person: Person, by: Actor) -> None:
    """Ends the link. The same address can be invited anew."""
    _demand_invited(person, by)
    links.end_all(person, by.at)
    cancel_account_notices(person, NoticeKind.JOIN)
    person.deactivated_at = by.at
    audit.record(by, AuditAct.PERSON_INVITED, subjects=[person.id], details={"action": "withdraw"})


def open_person(person_id: UUID, by: Actor, permission: Permission = Permission.SEE_PEOPLE) -> Person:
    """Somebody with an account, for whoever has this permission."""
    demand(by, permission)
    person = questions.person(person_id)
    if person is None:
        raise absent()
    return person


def is_invited(person: Person) -> bool:
    """Whether an invitation is open, or its link has run out unused."""
    return person.joined_at is None and person.deactivated_at is None


def _demand_invited(person: Person, by: Actor) -> None:
    demand(by, Permission.INVITE_PEOPLE)
    if not is_invited(person):
        raise Refused(Code.NOT_NOW, "No invitation is open: this person has joined, or it was withdrawn.")


def _send_link(person: Person, by: Actor) -> Notice:
    db.session.flush()
    link = links.make(person, LinkKind.JOIN, by.at)
    audit.record(by, AuditAct.PERSON_INVITED, subjects=[person.id], details={"action": "invite"})
    return announce_to(
        person,
        NoticeKind.JOIN,
        AccountFacts(
            by=words.name_words(by.person.family_name, by.person.given_name), link_id=link.id, until=link.expires_at
        ),
        reason="you were invited to the tumor boards of your hospital",
        dedupe_key=f"join:{link.id}",
        at=by.at,
    )


def address(email: str) -> str:
    """The address as mail servers write it; refused when it is none."""
    try:
        return validate_email(email, check_deliverability=False, allow_smtputf8=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise Refused(Code.WRONG, "Write the e-mail address like a.sorrel@hospital.example.") from error


def _require_zone(time_zone: str) -> None:
    if time_zone not in ZONES:
        raise Refused(Code.WRONG, "Name the time zone as IANA does, like America/New_York.")
