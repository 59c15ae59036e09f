"""Hospitals and people, as an operator adds them from a shell until people join by invitation."""

from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from tumorboard.clock import ZONES
from tumorboard.domain.web_sessions import hash_password
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Hospital, Person
from tumorboard.storage.queries import people as questions
from tumorboard.vocabulary import Discipline, Office

SHORTEST_PASSWORD, LONGEST_PASSWORD = 15, 128
"""Characters; trust.md section 5."""


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
    person = Person(
        email=_address(act.email),
        family_name=act.family_name,
        given_name=act.given_name,
        discipline=act.discipline,
        office=act.office,
        hospital=hospital,
        time_zone=act.time_zone,
        password_hash=hash_password(_password(act.password)),
        created_at=at,
    )
    db.session.add(person)
    return person


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, allow_smtputf8=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise Refused(Code.WRONG, "Write the e-mail address like a.sorrel@hospital.example.") from error


def _password(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(Code.WRONG, f"Choose a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    return password


def _require_zone(time_zone: str) -> None:
    if time_zone not in ZONES:
        raise Refused(Code.WRONG, "Name the time zone as IANA does, like America/New_York.")
