"""The offices over the whole network: one administrator asks, a second one decides, and never for themselves.

What guards an office goes the same way: a lost second factor of whoever holds one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tumorboard import words
from tumorboard.domain import accounts, audit, oversight, second_factors
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, OfficeRequest, Person
from tumorboard.storage.queries import leaving, people
from tumorboard.storage.queries import offices as questions
from tumorboard.vocabulary import AskedFor, AuditAct, NoticeKind, Office, Permission


@dataclass(frozen=True)
class AskForOffice:
    person_id: UUID
    office: Office


def ask(act: AskForOffice, by: Actor) -> list[Notice]:
    """Asks that somebody else be given an office; the other administrators and the privacy officers are told."""
    demand(by, Permission.ASK_FOR_OFFICE)
    person = people.person_to_change(act.person_id)
    if person is None:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    _require_fit(person, by)
    return _ask(person, AskedFor.GIVE_OFFICE, act.office, by)


def ask_to_take_off_factor(person: Person, by: Actor) -> list[Notice]:
    """Asks that the lost second factor of somebody who holds an office be taken off; nobody does that alone."""
    demand(by, Permission.ASK_FOR_OFFICE)
    people.person_to_change(person.id)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Two other administrators take off your second factor.")
    if person.office is None:
        raise Refused(Code.NOT_NOW, "This person holds no office: one administrator takes the second factor off.")
    return _ask(person, AskedFor.TAKE_OFF_FACTOR, person.office, by)


def take_off_factor_from_shell(email: str, at: datetime) -> None:
    """The way out while there are not two other administrators: whoever runs the service does it."""
    person = people.person_with_email(email)
    if person is None or person.office is None:
        raise Refused(Code.WRONG, "Nobody with this e-mail address holds an office.")
    others = [each for each in people.office_holders(Office.ADMINISTRATOR) if each.id != person.id]
    if len(others) > 1:
        raise Refused(Code.NOT_ALLOWED, "There are two other administrators: they take it off, on the person's page.")
    second_factors.forget(person, Actor(person, at, request_id="shell", address=""))


def decide(request_id: UUID, by: Actor, *, granted: bool) -> OfficeRequest:
    """Does what was asked for, or refuses it: another administrator than the one who asked, and never for oneself."""
    demand(by, Permission.DECIDE_OFFICE)
    request = questions.request_to_decide(request_id)
    if request is None:
        raise absent()
    if request.granted is not None:
        raise Refused(Code.NOT_NOW, "This was decided already.")
    if by.person.id in (request.asked_by_id, request.person_id):
        raise Refused(Code.NOT_ALLOWED, "A second administrator decides: not who asked, and not whom it is about.")
    if granted:
        people.person_to_change(request.person_id)
        _DO[request.asked_for](request, by)
    request.granted, request.decided_at, request.decided_by_id = granted, by.at, by.person.id
    audit.record(
        by,
        AuditAct.OFFICE_DECIDED,
        subjects=[request.person_id, request.id],
        details={"office": request.office.value, "asked_for": request.asked_for.value, "granted": int(granted)},
    )
    what = f"{_name(request.asked_by)} asked {_wish(request.asked_for, request.person, request.office)}"
    what = f"{what}: it was {'granted' if granted else 'refused'}."
    oversight.tell(what, by, key=str(request.id), but={request.person_id})
    return request


def take_away(person: Person, by: Actor) -> list[Notice]:
    """Ends somebody else's office, at once; they are told, and whoever watches."""
    demand(by, Permission.DECIDE_OFFICE)
    people.person_to_change(person.id)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody changes their own rights. Ask another administrator.")
    if person.office is None:
        raise Refused(Code.NOT_NOW, "This person holds no office.")
    oversight.require_somebody_else(person)
    office, person.office = person.office, None
    audit.record(
        by, AuditAct.OFFICE_DECIDED, subjects=[person.id], details={"office": office.value, "action": "take_away"}
    )
    told = accounts.tell(person, f"You are not {office.label.lower()} any more.", by.at, by=by)
    what = f"{_name(person)} is not {office.label.lower()} any more."
    return [told, *oversight.tell(what, by, key=f"{person.id}:{by.at.isoformat()}", but={person.id})]


def _ask(person: Person, asked_for: AskedFor, office: Office, by: Actor) -> list[Notice]:
    if questions.open_request(person.id):
        raise Refused(Code.NOT_NOW, "Something was asked for this person already; it waits for a decision.", "person")
    request = OfficeRequest(person=person, asked_for=asked_for, office=office, asked_at=by.at, asked_by=by.person)
    db.session.add(request)
    db.session.flush()
    details: dict[str, str | int] = {"office": office.value, "asked_for": asked_for.value}
    audit.record(by, AuditAct.OFFICE_ASKED, subjects=[person.id, request.id], details=details)
    what = f"{_name(by.person)} asks {_wish(asked_for, person, office)}."
    return oversight.tell(what, by, key=str(request.id), kind=NoticeKind.OFFICE_ASKED, but={person.id})


def _give(request: OfficeRequest, by: Actor) -> None:
    _require_fit(request.person, by)
    request.person.office = request.office
    accounts.tell(request.person, f"You are {request.office.label.lower()} from now on.", by.at, by=by)


def _take_off(request: OfficeRequest, by: Actor) -> None:
    second_factors.forget(request.person, by)


_DO = {AskedFor.GIVE_OFFICE: _give, AskedFor.TAKE_OFF_FACTOR: _take_off}


def _wish(asked_for: AskedFor, person: Person, office: Office) -> str:
    if asked_for is AskedFor.TAKE_OFF_FACTOR:
        return f"that the lost second factor of {_name(person)}, {office.label.lower()}, be taken off"
    return f"that {_name(person)} be {office.label.lower()}"


def _require_fit(person: Person, by: Actor) -> None:
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody changes their own rights. Ask another administrator.", field="person")
    if person not in questions.candidates():
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    boards, teams = leaving.board_places(person.id, by.at), leaving.care_team_places(person.id, by.at)
    if boards or teams:
        sentence = "Whoever holds an office sees no patients. First take this person off their boards and care teams."
        raise Refused(Code.WRONG, sentence, field="person")


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)
