"""Somebody leaves after a day that is still to come; until it is over it can be taken back.

Their places end with that day in the rows at once, so that meetings after it leave their calendar now and every list
says so. The account itself ends by its own date; what is handed over follows a minute later (``carry_out``).
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.domain import accounts, audit, days, invitations, leaving, succession
from tumorboard.domain.actor import Actor
from tumorboard.domain.leaving import Deactivate, Holdings
from tumorboard.domain.permissions import demand
from tumorboard.domain.succession import Heirs
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Leaving, Notice, Person
from tumorboard.storage.queries import leaving as questions
from tumorboard.storage.queries import meetings, people
from tumorboard.vocabulary import AuditAct, Permission

_AN_INSTANT = timedelta(microseconds=1)


def plan(person: Person, act: Deactivate, last_day: date, by: Actor) -> list[Notice]:
    """The places end with the day, which is the person's own; who takes over is kept until then."""
    held, heirs = leaving.prepare(person, act, by)
    person.leaves_at = leaves_at = days.end_of(last_day, person.time_zone, by.at)
    places: list[BoardMember | CareTeamMember] = [*held.boards, *held.care_teams]
    anyway = [place.id for place in places if place.left_at == leaves_at]
    db.session.add(
        Leaving(
            person=person,
            leads_to_id=act.leads_to if heirs.lead else None,
            key_worker_to_id=act.key_worker_to if heirs.key_worker else None,
            ends_anyway=anyway,
            planned_at=by.at,
            planned_by=by.person,
        )
    )
    for place in places:
        if place.left_at is None and place.joined_at < leaves_at:
            place.left_at = leaves_at
    audit.record(by, AuditAct.PERSON_DEACTIVATED, subjects=[person.id], details={"action": "plan"})
    accounts.tell(person, f"Your account ends after {last_day_of(person)}.", by.at, by=by)
    leaving.tell_watchers(person, f"ends after {last_day_of(person)}", by)
    return _settle_from(person, leaves_at, by)


def keep(person: Person, by: Actor) -> list[Notice]:
    """Takes back what was planned, as long as the day is not over: places and calendars are as before."""
    demand(by, Permission.DEACTIVATE_PERSON)
    people.person_to_change(person.id)
    planned = questions.planned(person.id)
    if planned is None or person.leaves_at is None or person.leaves_at <= by.at:
        raise Refused(Code.NOT_NOW, "Nothing is planned for this account that could be taken back.")
    begins, person.leaves_at = person.leaves_at, None
    for place in questions.places_ending(person.id, begins, but=planned.ends_anyway):
        place.left_at = None
    db.session.delete(planned)
    audit.record(by, AuditAct.PERSON_DEACTIVATED, subjects=[person.id], details={"action": "keep"})
    accounts.tell(person, "Your account does not end: what was planned was taken back.", by.at, by=by)
    leaving.tell_watchers(person, "does not end: what was planned was taken back", by)
    return _settle_from(person, begins, by)


def carry_out(person_id: UUID, at: datetime) -> list[Notice]:
    """What was planned, once the day is over: done once, however often and at once it is asked for."""
    person, planned = people.person_to_change(person_id), questions.planned(person_id)
    if person is None or planned is None or person.leaves_at is None or person.leaves_at > at:
        return []
    by = Actor(planned.planned_by, at, request_id="leaving", address="")
    held = leaving.held_since(person, person.leaves_at - _AN_INSTANT, at)
    heirs = succession.found(person, planned.leads_to_id, planned.key_worker_to_id)
    _tell_of_gaps(person, heirs, held, by)
    person.leaves_at = None
    db.session.delete(planned)
    return leaving.leave(person, heirs, held, by)


def last_day_of(person: Person) -> str:
    """The last day of an account that is to end, on the person's own clocks; nothing where none is planned."""
    return words.last_day_words(person.leaves_at, person.time_zone) if person.leaves_at else ""


def _settle_from(person: Person, instant: datetime, by: Actor) -> list[Notice]:
    """The meetings from then on leave this person's calendar, or come back to it; nobody else hears of it."""
    db.session.flush()
    return [
        notice
        for meeting in meetings.known_meetings_from(instant)
        for notice in invitations.settle_people(meeting, {person.id}, by)
    ]


def _tell_of_gaps(person: Person, heirs: Heirs, held: Holdings, by: Actor) -> None:
    """Places that came to the person after it was planned, or whose successor is gone: whoever watches is told."""
    gaps = (0 if heirs.lead else held.leads) + (0 if heirs.key_worker else held.key_worker)
    if gaps:
        where = words.count_words(gaps, "place")
        leaving.tell_watchers(
            person, f"has ended, and {where} as lead or key worker of a care team nobody has taken over", by
        )
