"""Somebody is away from a day to a day: a deputy of the same discipline is invited in their place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain import audit, days, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to, cancel_by_key
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Absence, Notice, Person
from tumorboard.storage.queries import absences as questions
from tumorboard.storage.queries import people
from tumorboard.vocabulary import AuditAct, NoticeKind, Office, Permission

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class AddAbsence:
    """Both days are the absent person's own, and the last one is inclusive."""

    starts_on: date
    ends_on: date
    deputy_id: UUID


@dataclass(frozen=True)
class FallsInto:
    """What happens in the time of an absence."""

    meetings: int
    cases: int
    stands_in_for: tuple[Absence, ...]
    """Absences of others in which the absent person was to be the deputy."""


def may_add(person: Person, by: Actor) -> bool:
    """For oneself; an administrator, and a coordinator of a board of theirs, for somebody else."""
    if person.deactivated_at is not None or person.external:
        return False
    if person.id == by.person.id or by.person.office is Office.ADMINISTRATOR:
        return True
    return people.coordinates(by.person.id, person.id, by.at)


def add(person: Person, act: AddAbsence, by: Actor) -> list[Notice]:
    """Notes the absence and tells the deputy; published meetings in it go from one calendar to the other."""
    require_may_add(person, by)
    questions.hold_people([person.id, act.deputy_id])
    _require_time(person, act, by)
    deputy = _deputy(person, act)
    absence = Absence(
        person=person,
        deputy=deputy,
        starts_on=act.starts_on,
        ends_on=act.ends_on,
        added_at=by.at,
        added_by_id=by.person.id,
    )
    db.session.add(absence)
    owed = _follow(absence, "add", act.ends_on, by)
    return [_tell_deputy(absence, f"You stand in for {_name(person)} {_span(absence)}", "named", by), *owed]


def end(absence: Absence, by: Actor) -> list[Notice]:
    """Takes a coming absence back, or ends one that lasts with yesterday; what was handed over comes back."""
    require_may_add(absence.person, by)
    today, ended_on = _today(absence.person, by.at), absence.ends_on
    if absence.taken_back_at is not None or absence.ends_on < today:
        raise Refused(Code.NOT_NOW, "This absence is over.")
    if absence.starts_on < today:
        absence.ends_on = today - timedelta(days=1)
    else:
        absence.taken_back_at = by.at
    owed = _follow(absence, "end", ended_on, by)
    if cancel_by_key(_key(absence)):  # they have not heard of it at all
        return owed
    return [_tell_deputy(absence, f"You need not stand in for {_name(absence.person)} any more", "over", by), *owed]


def falls_into(person: Person, act: AddAbsence, at: datetime) -> FallsInto:
    meetings, cases = questions.counts_within(person, act.starts_on, act.ends_on, at)
    return FallsInto(meetings, cases, tuple(questions.stood_in_for(person.id, act.starts_on, act.ends_on)))


def open_absence(person: Person, absence_id: UUID, by: Actor) -> Absence:
    """This person's absence, for somebody who may change it."""
    require_may_add(person, by)
    found = questions.absence(absence_id, person.id)
    if found is None:
        raise absent()
    return found


def _follow(absence: Absence, action: str, until: date, by: Actor) -> list[Notice]:
    """Brings the calendars of both in line with what is true now; ``until`` is the last day that may be concerned."""
    db.session.flush()
    audit.record(
        by, AuditAct.ABSENCE_CHANGED, subjects=[absence.person_id, absence.deputy_id], details={"action": action}
    )
    concerned = questions.known_meetings_of(absence.person_id, absence.starts_on, until, by.at)
    both = {absence.person_id, absence.deputy_id}
    stays_away = absence.taken_back_at is None and absence.ends_on >= until
    note = f"You are absent {_span(absence)}, and {_name(absence.deputy)} stands in for you." if stays_away else ""
    return invitations.settle_places(both, by, of=concerned, note=note)


def require_may_add(person: Person, by: Actor) -> None:
    demand(by, Permission.ADD_ABSENCE)
    if may_add(person, by):
        return
    demand(by, Permission.SEE_PEOPLE)
    raise Refused(Code.NOT_ALLOWED, "This is not yours to do. They can do it, or the coordinator of a board of theirs.")


def _require_time(person: Person, act: AddAbsence, by: Actor) -> None:
    if act.ends_on < act.starts_on:
        raise Refused(Code.WRONG, "Choose a last day that is not before the first.", field="ends_on")
    if act.ends_on < _today(person, by.at):
        raise Refused(Code.WRONG, "This time is over. Choose a last day that is still to come.", field="ends_on")
    if act.ends_on - act.starts_on > LONGEST:
        raise Refused(Code.WRONG, "An absence lasts a year at most. Deactivate the account instead.", field="ends_on")
    other = questions.absence_within(person.id, act.starts_on, act.ends_on)
    if other is not None:
        raise Refused(Code.NOT_NOW, f"There is an absence {_span(other)} already. End that one first.", "starts_on")


def _deputy(person: Person, act: AddAbsence) -> Person:
    deputy = next((each for each in people.colleagues(person, person.discipline) if each.id == act.deputy_id), None)
    if deputy is None:
        raise Refused(Code.WRONG, "Choose a deputy of the same discipline from the list.", field="deputy")
    name = _name(deputy)
    if deputy.leaves_at is not None and deputy.leaves_at < days.after(act.ends_on, person.time_zone):
        sentence = (
            f"{name} leaves after {words.last_day_words(deputy.leaves_at, deputy.time_zone)}. Choose somebody else."
        )
        raise Refused(Code.WRONG, sentence, field="deputy")
    away = questions.absence_within(deputy.id, act.starts_on, act.ends_on)
    if away is not None:
        raise Refused(Code.WRONG, f"{name} is absent {_span(away)}. Choose somebody else.", field="deputy")
    return deputy


def _tell_deputy(absence: Absence, what: str, act: str, by: Actor) -> Notice:
    return announce_to(
        absence.deputy,
        NoticeKind.DEPUTY,
        AccountFacts(by=_name(by.person), what=what),
        reason="you were named as deputy",
        dedupe_key=f"{_key(absence)}{act}",
        at=by.at,
    )


def _key(absence: Absence) -> str:
    return f"deputy:{absence.id}:"


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)


def _span(absence: Absence) -> str:
    return f"from {words.date_words(absence.starts_on)} to {words.date_words(absence.ends_on)}"


def _today(person: Person, at: datetime) -> date:
    return at.astimezone(ZoneInfo(person.time_zone)).date()
