"""Somebody leaves: what they hold goes to named successors, and nothing historical is deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tumorboard.domain import audit, care_team, invitations, links
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import cancel_account_notices
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Meeting, Notice, Person
from tumorboard.storage.queries import care_team_members, meetings, people
from tumorboard.storage.queries import leaving as questions
from tumorboard.vocabulary import KEY_WORKERS, AuditAct, Discipline, Permission


@dataclass(frozen=True)
class Deactivate:
    """To whom the places go that a patient must not be without; none where the person holds none."""

    leads_to: UUID | None = None
    key_worker_to: UUID | None = None


@dataclass(frozen=True)
class Holdings:
    """What somebody holds: board places, care-team places and coming meetings in their calendar."""

    boards: list[BoardMember]
    care_teams: list[CareTeamMember]
    meetings: list[Meeting]

    @property
    def leads(self) -> int:
        return sum(place.lead for place in self.care_teams)

    @property
    def key_worker(self) -> int:
        return sum(place.key_worker for place in self.care_teams)


def holdings(person: Person, by: Actor) -> Holdings:
    demand(by, Permission.DEACTIVATE_PERSON)
    return Holdings(
        questions.board_places(person.id, by.at),
        questions.care_team_places(person.id, by.at),
        questions.published_meetings(person.id, by.at),
    )


def deactivate(person: Person, act: Deactivate, by: Actor) -> list[Notice]:
    """Ends the account at once; the mails that take meetings off the person's calendar go to them alone."""
    require_leavable(person, by)
    held = holdings(person, by)
    lead = _successor(person, act.leads_to, (person.discipline,), "leads_to") if held.leads else None
    carer = _successor(person, act.key_worker_to, KEY_WORKERS, "key_worker_to") if held.key_worker else None
    for place in held.boards:
        place.left_at = max(by.at, place.joined_at)
        audit.record(by, AuditAct.MEMBERS_CHANGED, subjects=[place.board_id, person.id], details={"action": "leave"})
    for team_place in held.care_teams:
        _hand_over(team_place, lead if team_place.lead else None, carer if team_place.key_worker else None, by)
    _end_account(person, by)
    concerned = {each.id for each in (person, lead, carer) if each}
    return [notice for meeting in _concerned(held, by) for notice in invitations.settle_people(meeting, concerned, by)]


def reactivate(person: Person, by: Actor) -> None:
    """Opens the account again: without office, boards and care teams, which are given anew."""
    demand(by, Permission.DEACTIVATE_PERSON)
    if person.deactivated_at is None or person.joined_at is None:
        raise Refused(Code.NOT_NOW, "This account is not deactivated. Somebody who never joined is invited anew.")
    person.deactivated_at = None
    audit.record(by, AuditAct.PERSON_CHANGED, subjects=[person.id], details={"action": "reactivate"})


def require_leavable(person: Person, by: Actor) -> None:
    """Refuses for oneself, twice, and where a board would be left without a coordinator."""
    demand(by, Permission.DEACTIVATE_PERSON)
    people.person_to_change(person.id)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody deactivates themselves. Ask another administrator.")
    if person.deactivated_at is not None:
        raise Refused(Code.NOT_NOW, "This account is deactivated already.")
    alone = questions.boards_left_alone(person.id, by.at)
    if alone:
        names = " and the ".join(board.full_name for board in alone)
        raise Refused(Code.NOT_NOW, f"The {names} would have no coordinator. Add the next one there, then come back.")


def _successor(person: Person, chosen: UUID | None, disciplines: Iterable[Discipline], field: str) -> Person:
    found = next((each for each in people.colleagues(person, *disciplines) if each.id == chosen), None)
    if found is None:
        raise Refused(Code.WRONG, "Choose from the list who takes these care teams over.", field=field)
    return found


def _hand_over(place: CareTeamMember, lead: Person | None, carer: Person | None, by: Actor) -> None:
    """Ends one place on a care team. Whoever takes it over gets a new row, so that history keeps who led when."""
    place.left_at = max(by.at, place.joined_at)
    db.session.flush()
    audit.record(
        by,
        AuditAct.CARE_TEAM_CHANGED,
        patients=[place.patient_id],
        subjects=[place.person_id],
        details={"action": "leave"},
    )
    for successor in {each.id: each for each in (lead, carer) if each}.values():
        _take_over(place.patient_id, successor, by, lead=successor == lead, key_worker=successor == carer)


def _take_over(patient_id: UUID, person: Person, by: Actor, *, lead: bool, key_worker: bool) -> None:
    before = care_team_members.present_team_member(patient_id, person.id, by.at)
    if before is not None:
        before.left_at = by.at
        db.session.flush()
    db.session.add(
        CareTeamMember(
            patient_id=patient_id,
            person=person,
            discipline=_discipline(person, key_worker=key_worker),
            lead=lead or bool(before and before.lead),
            key_worker=key_worker or bool(before and before.key_worker),
            joined_at=by.at,
        )
    )
    db.session.flush()
    audit.record(
        by, AuditAct.CARE_TEAM_CHANGED, patients=[patient_id], subjects=[person.id], details={"action": "join"}
    )


def _discipline(person: Person, *, key_worker: bool) -> Discipline:
    """As which discipline somebody joins: a key worker as the nurse or social worker that they are."""
    trained = care_team.disciplines_of(person)
    return next(each for each in trained if each in KEY_WORKERS or not key_worker)


def _end_account(person: Person, by: Actor) -> None:
    person.deactivated_at, person.office = by.at, None
    questions.end_sessions(person.id, by.at)
    questions.end_external_access(person.id, by.at)
    links.end_all(person, by.at)
    cancel_account_notices(person)
    audit.record(by, AuditAct.PERSON_DEACTIVATED, subjects=[person.id])
    db.session.flush()


def _concerned(held: Holdings, by: Actor) -> list[Meeting]:
    """Their own meetings, and those where a successor is to be told."""
    led = {place.patient_id for place in held.care_teams if place.lead or place.key_worker}
    of_patients = [meeting for each in sorted(led) for meeting in meetings.published_meetings_of_patient(each, by.at)]
    return list({meeting.id: meeting for meeting in [*held.meetings, *of_patients]}.values())
