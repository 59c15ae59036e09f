"""Who looks after a patient: joining and leaving, the lead and the key worker.

Every change closes a row and opens another, so that each day of the past still says who was what.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from tumorboard import words
from tumorboard.domain import audit, days, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import CareTeamMember, Case, Notice, Patient, Person
from tumorboard.storage.queries import care_team_members as questions
from tumorboard.storage.queries import patients
from tumorboard.vocabulary import KEY_WORKERS, AuditAct, Discipline, NoticeKind, Permission

LOOKS_AFTER_NOBODY = {
    Discipline.COORDINATION,
    Discipline.ADMINISTRATION,
    Discipline.PRIVACY,
    Discipline.CANCER_REGISTRY,
}


@dataclass(frozen=True)
class Suggestion:
    person: Person
    discipline: Discipline
    why: str


def join(case: Case, person: Person, by: Actor, *, discipline: Discipline | None = None) -> CareTeamMember:
    """Puts a person on the care team of the case's patient, as what they mainly are or another of their disciplines.

    On a published agenda they are invited, and nobody else hears of it.
    """
    patient, by = _patient_to_change(case, by)
    away = person.has_left(by.at) or person.office is not None or person.external
    if away or (discipline and discipline not in disciplines_of(person)):
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    known = questions.present_team_member(patient.id, person.id, by.at)
    return known or _add(patient, person, discipline or person.discipline, by)


def leave(
    case: Case, person: Person, by: Actor, *, next_lead: Person | None = None, last_day: date | None = None
) -> None:
    """Takes a person off the care team, now or after a day on the clocks of whoever does it.

    Invitations to meetings after it are taken back at once, and nobody else hears of it. Whoever leads names the next
    lead, as long as somebody else is there; the lead goes over now.
    """
    patient, by = _patient_to_change(case, by)
    until = days.end_of(last_day, by.person.time_zone, by.at) if last_day else by.at
    member = questions.present_team_member(patient.id, person.id, by.at)
    if member is None:
        return
    if member.lead and len(questions.present_team(patient.id, by.at)) > 1:
        if next_lead is None or next_lead.id == person.id:
            raise Refused(Code.WRONG, "Choose who leads the care team next.", field="next_lead")
        hand_over_lead(case, next_lead, by)
        member = questions.present_team_member(patient.id, person.id, by.at)
    if member is None:
        return
    member.left_at = until
    db.session.flush()
    _record("leave_later" if last_day else "leave", patient.id, person, by)
    invitations.settle_care_team(patient.id, {person.id}, by)


def stay(case: Case, person: Person, by: Actor) -> None:
    """Takes a planned end back: the person stays on the care team, and what was taken off their calendar returns."""
    patient, by = _patient_to_change(case, by)
    member = questions.present_team_member(patient.id, person.id, by.at)
    if member is None or member.left_at is None:
        return
    if member.left_at == person.leaves_at:
        raise Refused(Code.NOT_NOW, "Their account ends with that day. An administrator can take that back.")
    member.left_at = None
    db.session.flush()
    _record("stay", patient.id, person, by)
    invitations.settle_care_team(patient.id, {person.id}, by)


def hand_over_lead(case: Case, person: Person, by: Actor) -> None:
    """Makes a member of the care team its main point of contact; the one before stays on the team."""
    patient, by = _patient_to_change(case, by)
    following = _present(patient, person, by, field="next_lead")
    if following.lead:
        return
    for member in questions.present_team(patient.id, by.at):
        if member.lead:
            _continue(member, by, lead=False, key_worker=member.key_worker)
    _continue(following, by, lead=True, key_worker=following.key_worker)
    _record("lead", patient.id, person, by)
    tell_of_places(person, by, leads=1)


def hand_over_key_worker(case: Case, person: Person, by: Actor) -> None:
    """Makes a nurse or social worker of the team the one whom the patient calls; the one before stays on the team."""
    patient, by = _patient_to_change(case, by)
    following = _present(patient, person, by, field="key_worker")
    if following.discipline not in KEY_WORKERS:
        raise Refused(Code.WRONG, "The key worker is a nurse or social worker of the care team.", field="key_worker")
    if following.key_worker:
        return
    for member in questions.present_team(patient.id, by.at):
        if member.key_worker:
            _continue(member, by, lead=member.lead, key_worker=False)
    _continue(following, by, lead=following.lead, key_worker=True)
    _record("key_worker", patient.id, person, by)
    tell_of_places(person, by, key_worker=1)


def tell_of_places(person: Person, by: Actor, *, leads: int = 0, key_worker: int = 0) -> list[Notice]:
    """Owes one mail to whom so many care teams were handed; the page it opens names the patients. None to oneself."""
    places = [("lead", leads), ("key worker", key_worker)]
    said = " and ".join(f"{place} of {words.count_words(count, 'care team')}" for place, count in places if count)
    if not said or person.id == by.person.id:
        return []
    who = words.name_words(by.person.family_name, by.person.given_name)
    facts = AccountFacts(by=who, what=f"You are {said} from now on")
    key, reason = f"handed_over:{new_id()}", "you are the one to call for a patient"
    return [announce_to(person, NoticeKind.HANDED_OVER, facts, reason=reason, dedupe_key=key, at=by.at)]


def join_as_submitter(patient: Patient, submitter: Person, by: Actor) -> None:
    """Whoever submits a case of a patient whom nobody looks after yet, leads the care team; coordinators only type.

    A care team that is there decides itself who joins: an MRN and a birth date open nobody else's cases. The submitter
    sees their own case in any event, and is invited for it.
    """
    by = _in_turn(patient, by)
    if submitter.discipline in LOOKS_AFTER_NOBODY or questions.present_team(patient.id, by.at):
        return
    _add(patient, submitter, submitter.discipline, by)


def join_as_called(case: Case, person: Person, by: Actor) -> None:
    """Puts on the care team whom the patient's own words call for, whoever wrote them down."""
    if case.patient is None:
        raise absent()
    by = _in_turn(case.patient, by)
    if questions.present_team_member(case.patient.id, person.id, by.at) is None:
        _add(case.patient, person, person.discipline, by)


def suggestions(case: Case, at: datetime) -> list[Suggestion]:
    """Who might join: whoever looked after the patient before, then members of the board of disciplines usual there."""
    if case.patient_id is None or case.board is None:
        return []
    earlier = questions.earlier_team(case.patient_id, at)
    known = {member.person_id for member in earlier}
    usual = questions.usual_members(case.board.id, case.patient_id, at)
    why = f"Usual on the {case.board.full_name}"
    return [Suggestion(member.person, member.discipline, "Looked after this patient before") for member in earlier] + [
        Suggestion(person, person.discipline, why) for person in usual if person.id not in known
    ]


def disciplines_of(person: Person) -> list[Discipline]:
    """What somebody can be on a care team: what they mainly are, then their other disciplines."""
    return [person.discipline, *(Discipline(each) for each in person.other_disciplines)]


def _patient_to_change(case: Case, by: Actor) -> tuple[Patient, Actor]:
    demand(by, Permission.CHANGE_CARE_TEAM, case)
    if case.patient is None:
        raise absent()
    return case.patient, _in_turn(case.patient, by)


def _in_turn(patient: Patient, by: Actor) -> Actor:
    """The actor when nobody else changes this care team: whoever had to wait for another act comes after it."""
    patients.patients_to_change(patient.id)
    latest = questions.latest_joining(patient.id)
    return replace(by, at=latest) if latest and latest > by.at else by


def _present(patient: Patient, person: Person, by: Actor, *, field: str) -> CareTeamMember:
    member = questions.present_team_member(patient.id, person.id, by.at)
    if member is None:
        raise Refused(Code.WRONG, "Choose somebody who is on the care team.", field=field)
    return member


def _add(patient: Patient, person: Person, discipline: Discipline, by: Actor) -> CareTeamMember:
    has_lead = any(member.lead for member in questions.present_team(patient.id, by.at))
    member = CareTeamMember(
        patient_id=patient.id, person=person, discipline=discipline, lead=not has_lead, joined_at=by.at
    )
    db.session.add(member)
    db.session.flush()
    _record("join", patient.id, person, by)
    invitations.settle_care_team(patient.id, {person.id}, by)
    return member


def _continue(member: CareTeamMember, by: Actor, *, lead: bool, key_worker: bool) -> None:
    """The same person on the same team, from now on as something else; a row that begins just now is changed itself."""
    if member.joined_at == by.at:
        member.lead, member.key_worker = lead, key_worker
    else:
        until, member.left_at = member.left_at, by.at
        db.session.flush()
        db.session.add(
            CareTeamMember(
                patient_id=member.patient_id,
                person=member.person,
                discipline=member.discipline,
                lead=lead,
                key_worker=key_worker,
                joined_at=by.at,
                left_at=until,
            )
        )
    db.session.flush()


def _record(action: str, patient_id: UUID, person: Person, by: Actor) -> None:
    details: dict[str, str | int] = {"action": action}
    audit.record(by, AuditAct.CARE_TEAM_CHANGED, patients=[patient_id], subjects=[person.id], details=details)
