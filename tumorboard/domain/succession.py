"""Who takes over the places that a patient must not be without, from somebody who leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tumorboard.domain import audit, care_team
from tumorboard.domain.actor import Actor
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import BoardMember, CareTeamMember, Notice, Person
from tumorboard.storage.queries import care_team_members, people
from tumorboard.vocabulary import KEY_WORKERS, AuditAct, Discipline


@dataclass(frozen=True)
class Heirs:
    """Who leads next, and whom patients call next; none where nobody is needed, or nobody was named in time."""

    lead: Person | None = None
    key_worker: Person | None = None

    @property
    def ids(self) -> set[UUID]:
        return {each.id for each in (self.lead, self.key_worker) if each}


def candidates(person: Person, *disciplines: Discipline) -> list[Person]:
    """Who could take over: colleagues of these disciplines who do not leave themselves."""
    return [each for each in people.colleagues(person, *disciplines) if each.leaves_at is None]


def found(person: Person, leads_to: UUID | None, key_worker_to: UUID | None) -> Heirs:
    """Those of the two who can take over now."""
    return Heirs(
        _among(candidates(person, person.discipline), leads_to),
        _among(candidates(person, *KEY_WORKERS), key_worker_to),
    )


def require(heirs: Heirs, places: Iterable[CareTeamMember]) -> None:
    """Refuses where a place of these would be nobody's."""
    for field, heir, held in (
        ("leads_to", heirs.lead, any(place.lead for place in places)),
        ("key_worker_to", heirs.key_worker, any(place.key_worker for place in places)),
    ):
        if held and heir is None:
            raise Refused(Code.WRONG, "Choose from the list who takes these care teams over.", field=field)


def hand_over(place: CareTeamMember, heirs: Heirs, by: Actor) -> None:
    """Ends one place on a care team. Whoever takes it over gets a new row, so that history keeps who led when."""
    end_of(place, by)
    db.session.flush()
    _record("leave", place.patient_id, place.person_id, by)
    lead = heirs.lead if place.lead else None
    carer = heirs.key_worker if place.key_worker else None
    for heir in {each.id: each for each in (lead, carer) if each}.values():
        _take_over(place.patient_id, heir, by, lead=heir == lead, key_worker=heir == carer)


def tell(heirs: Heirs, leads: int, key_worker: int, by: Actor) -> list[Notice]:
    """Owes each heir one mail that says how many care teams they lead or are called for now."""
    if heirs.lead and heirs.lead == heirs.key_worker:
        return care_team.tell_of_places(heirs.lead, by, leads=leads, key_worker=key_worker)
    told = care_team.tell_of_places(heirs.lead, by, leads=leads) if heirs.lead else []
    return told + (care_team.tell_of_places(heirs.key_worker, by, key_worker=key_worker) if heirs.key_worker else [])


def end_of(place: BoardMember | CareTeamMember, by: Actor) -> None:
    """Ends the place now, unless it has ended already."""
    if place.left_at is None or place.left_at > by.at:
        place.left_at = max(by.at, place.joined_at)


def _take_over(patient_id: UUID, person: Person, by: Actor, *, lead: bool, key_worker: bool) -> None:
    before, until = care_team_members.present_team_member(patient_id, person.id, by.at), None
    if before is not None:
        until, before.left_at = before.left_at, by.at
        db.session.flush()
    db.session.add(
        CareTeamMember(
            patient_id=patient_id,
            person=person,
            discipline=_discipline(person, key_worker=key_worker),
            lead=lead or bool(before and before.lead),
            key_worker=key_worker or bool(before and before.key_worker),
            joined_at=by.at,
            left_at=until,
        )
    )
    db.session.flush()
    _record("join", patient_id, person.id, by)


def _discipline(person: Person, *, key_worker: bool) -> Discipline:
    """As which discipline somebody joins: a key worker as the nurse or social worker that they are."""
    trained = care_team.disciplines_of(person)
    return next(each for each in trained if each in KEY_WORKERS or not key_worker)


def _among(people_there: list[Person], chosen: UUID | None) -> Person | None:
    return next((each for each in people_there if each.id == chosen), None)


def _record(action: str, patient_id: UUID, person_id: UUID, by: Actor) -> None:
    audit.record(
        by, AuditAct.CARE_TEAM_CHANGED, patients=[patient_id], subjects=[person_id], details={"action": action}
    )
