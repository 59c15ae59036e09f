"""Joining and leaving the people who look after a patient."""

from uuid import UUID

from tumorboard.domain import audit, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Case, Patient, Person
from tumorboard.storage.queries import care_team_members as questions
from tumorboard.vocabulary import AuditAct, Discipline, Permission

LOOKS_AFTER_NOBODY = {
    Discipline.COORDINATION,
    Discipline.ADMINISTRATION,
    Discipline.PRIVACY,
    Discipline.CANCER_REGISTRY,
}


def join(case: Case, person: Person, by: Actor) -> CareTeamMember:
    """Puts a person on the care team of the case's patient; on a published agenda they are invited, and nobody else."""
    demand(by.person, Permission.CHANGE_CARE_TEAM, case)
    if case.patient is None:
        raise absent()
    if person.deactivated_at is not None or person.office is not None:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    known = questions.present_team_member(case.patient.id, person.id)
    return known or _add(case.patient, person, by)


def leave(case: Case, person: Person, by: Actor) -> None:
    """Takes a person off the care team; an invitation that came of it is taken back, and nobody else hears of it."""
    demand(by.person, Permission.CHANGE_CARE_TEAM, case)
    member = questions.present_team_member(case.patient_id, person.id) if case.patient_id else None
    if member is None:
        return
    member.left_at = by.at
    db.session.flush()
    _record("leave", member.patient_id, person, by)
    invitations.settle_care_team(member.patient_id, {person.id}, by)


def join_as_submitter(patient: Patient, by: Actor) -> None:
    """Whoever submits a case of a patient whom nobody looks after yet, leads the care team; coordinators only type.

    A care team that is there decides itself who joins: an MRN and a birth date open nobody else's cases. The submitter
    sees their own case in any event, and is invited for it.
    """
    if by.person.discipline in LOOKS_AFTER_NOBODY or questions.present_team(patient.id):
        return
    _add(patient, by.person, by)


def _add(patient: Patient, person: Person, by: Actor) -> CareTeamMember:
    has_lead = any(member.lead for member in questions.present_team(patient.id))
    member = CareTeamMember(
        patient_id=patient.id,
        person=person,
        discipline=person.discipline,
        lead=not has_lead,
        joined_at=by.at,
    )
    db.session.add(member)
    db.session.flush()
    _record("join", patient.id, person, by)
    invitations.settle_care_team(patient.id, {person.id}, by)
    return member


def _record(action: str, patient_id: UUID, person: Person, by: Actor) -> None:
    details: dict[str, str | int] = {"action": action}
    audit.record(by, AuditAct.CARE_TEAM_CHANGED, patients=[patient_id], subjects=[person.id], details=details)
