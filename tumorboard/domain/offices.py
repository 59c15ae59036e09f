"""The offices over the whole network: an administrator asks for one for somebody else, a second one decides."""

from dataclasses import dataclass
from uuid import UUID

from tumorboard import words
from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice, OfficeRequest, Person
from tumorboard.storage.queries import leaving, people
from tumorboard.storage.queries import offices as questions
from tumorboard.vocabulary import AuditAct, NoticeKind, Office, Permission


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
    if questions.open_request(person.id):
        raise Refused(Code.NOT_NOW, "An office was asked for this person already; it waits for a decision.", "person")
    request = OfficeRequest(person=person, office=act.office, asked_at=by.at, asked_by=by.person)
    db.session.add(request)
    db.session.flush()
    audit.record(by, AuditAct.OFFICE_ASKED, subjects=[person.id, request.id], details={"office": act.office.value})
    what = f"{_name(by.person)} asks that {_name(person)} be {act.office.label.lower()}."
    return [
        announce_to(
            reader,
            NoticeKind.OFFICE_ASKED,
            AccountFacts(by=_name(by.person), what=what),
            reason=f"you are {reader.office.label.lower() if reader.office else ''}",
            dedupe_key=f"office:{request.id}:{reader.id}",
            at=by.at,
        )
        for reader in _told(but={by.person.id})
    ]


def decide(request_id: UUID, by: Actor, *, granted: bool) -> OfficeRequest:
    """Gives the office, or refuses it: by another administrator than the one who asked, and never for oneself."""
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
        _require_fit(request.person, by)
        request.person.office = request.office
        _tell(request.person, f"You are {request.office.label.lower()} from now on.", f"given:{request.id}", by)
    request.granted, request.decided_at, request.decided_by_id = granted, by.at, by.person.id
    audit.record(
        by,
        AuditAct.OFFICE_DECIDED,
        subjects=[request.person_id, request.id],
        details={"office": request.office.value, "granted": int(granted)},
    )
    return request


def take_away(person: Person, by: Actor) -> None:
    """Ends somebody else's office, at once."""
    demand(by, Permission.DECIDE_OFFICE)
    people.person_to_change(person.id)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody changes their own rights. Ask another administrator.")
    if person.office is None:
        raise Refused(Code.NOT_NOW, "This person holds no office.")
    office, person.office = person.office, None
    audit.record(
        by, AuditAct.OFFICE_DECIDED, subjects=[person.id], details={"office": office.value, "action": "take_away"}
    )
    _tell(person, f"You are not {office.label.lower()} any more.", f"taken:{person.id}:{by.at.isoformat()}", by)


def _require_fit(person: Person, by: Actor) -> None:
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody changes their own rights. Ask another administrator.", field="person")
    if person not in questions.candidates():
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    boards, teams = leaving.board_places(person.id, by.at), leaving.care_team_places(person.id, by.at)
    if boards or teams:
        sentence = "Whoever holds an office sees no patients. First take this person off their boards and care teams."
        raise Refused(Code.WRONG, sentence, field="person")


def _told(but: set[UUID]) -> list[Person]:
    everybody = [*people.office_holders(Office.ADMINISTRATOR), *people.office_holders(Office.PRIVACY_OFFICER)]
    return [each for each in everybody if each.id not in but]


def _tell(person: Person, what: str, key: str, by: Actor) -> None:
    announce_to(
        person,
        NoticeKind.ACCOUNT_CHANGED,
        AccountFacts(by=_name(by.person), what=what),
        reason="it is about your account",
        dedupe_key=f"office:{key}",
        at=by.at,
    )


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)
