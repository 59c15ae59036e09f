"""Somebody leaves: what they hold goes to named successors, and nothing historical is deleted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tumorboard import words
from tumorboard.domain import accounts, audit, invitations, links, oversight, succession
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import cancel_account_notices
from tumorboard.domain.permissions import demand
from tumorboard.domain.succession import Heirs
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Meeting, Notice, Person
from tumorboard.storage.queries import feeds, meetings, people
from tumorboard.storage.queries import leaving as questions
from tumorboard.vocabulary import AuditAct, Permission


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
    return held_since(person, by.at, by.at)


def deactivate(person: Person, act: Deactivate, by: Actor) -> list[Notice]:
    """Ends the account at once; the mails that take meetings off the person's calendar go to them alone."""
    held, heirs = prepare(person, act, by)
    tell_watchers(person, "was deactivated", by)
    return leave(person, heirs, held, by)


def prepare(person: Person, act: Deactivate, by: Actor) -> tuple[Holdings, Heirs]:
    """What the person holds and who takes it over; refused where they must stay, or a place would be nobody's."""
    require_leavable(person, by)
    held = holdings(person, by)
    heirs = succession.found(person, act.leads_to, act.key_worker_to)
    succession.require(heirs, held.care_teams)
    return held, heirs


def reactivate(person: Person, by: Actor) -> None:
    """Opens the account again, and tells its owner and whoever watches: without office, boards and care teams."""
    demand(by, Permission.DEACTIVATE_PERSON)
    if person.deactivated_at is None or person.joined_at is None:
        raise Refused(Code.NOT_NOW, "This account is not deactivated. Somebody who never joined is invited anew.")
    person.deactivated_at = None
    audit.record(by, AuditAct.PERSON_CHANGED, subjects=[person.id], details={"action": "reactivate"})
    accounts.tell(person, "Your account is open again.", by.at, by=by)
    tell_watchers(person, "is open again", by)


def require_leavable(person: Person, by: Actor) -> None:
    """Refuses for oneself, twice, a board's only coordinator, and the only privacy officer."""
    demand(by, Permission.DEACTIVATE_PERSON)
    people.person_to_change(person.id)
    if person.id == by.person.id:
        raise Refused(Code.NOT_ALLOWED, "Nobody deactivates themselves. Ask another administrator.")
    if person.deactivated_at is not None:
        raise Refused(Code.NOT_NOW, "This account is deactivated already.")
    if person.leaves_at is not None:
        raise Refused(Code.NOT_NOW, "An end of this account is planned already. Take that back first.")
    oversight.require_somebody_else(person)
    alone = questions.boards_left_alone(person.id, by.at)
    if alone:
        names = " and the ".join(board.full_name for board in alone)
        raise Refused(Code.NOT_NOW, f"The {names} would have no coordinator. Add the next one there, then come back.")


def leave(person: Person, heirs: Heirs, held: Holdings, by: Actor) -> list[Notice]:
    """Ends every place and the account now; who may do it was asked before."""
    for place in held.boards:
        succession.end_of(place, by)
        audit.record(by, AuditAct.MEMBERS_CHANGED, subjects=[place.board_id, person.id], details={"action": "leave"})
    for team_place in held.care_teams:
        succession.hand_over(team_place, heirs, by)
    _end_account(person, by)
    concerned = {person.id} | heirs.ids
    return [
        *succession.tell(heirs, held.leads, held.key_worker, by),
        *invitations.settle_places(concerned, by, of=_concerned(held, by)),
    ]


def held_since(person: Person, since: datetime, at: datetime) -> Holdings:
    """Places that did not end before ``since``, and meetings that are not over ``at`` that instant."""
    return Holdings(
        questions.board_places(person.id, since),
        questions.care_team_places(person.id, since),
        questions.known_meetings(person.id, at),
    )


def _end_account(person: Person, by: Actor) -> None:
    person.deactivated_at, person.office = by.at, None
    questions.end_sessions(person.id, by.at)
    questions.end_external_access(person.id, by.at)
    links.end_all(person, by.at)
    feeds.end_all(person.id, by.at)
    cancel_account_notices(person)
    audit.record(by, AuditAct.PERSON_DEACTIVATED, subjects=[person.id])
    db.session.flush()


def _concerned(held: Holdings, by: Actor) -> list[Meeting]:
    """Their own meetings, and those where a successor is to be told."""
    led = {place.patient_id for place in held.care_teams if place.lead or place.key_worker}
    of_patients = [meeting for each in sorted(led) for meeting in meetings.published_meetings_of_patient(each, by.at)]
    return list({meeting.id: meeting for meeting in [*held.meetings, *of_patients]}.values())


def tell_watchers(person: Person, what: str, by: Actor) -> None:
    """The other administrators and the privacy officers hear of it."""
    who = words.name_words(person.family_name, person.given_name)
    oversight.tell(f"The account of {who} {what}.", by, key=f"leaving:{person.id}:{by.at.isoformat()}", but={person.id})
