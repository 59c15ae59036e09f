"""Restricted patients: seen by the care team, the board's chair and coordinator, and the meeting that lists the case.

Why is a code and stands in the audit alone: the reason must not tell more than the mark itself.
"""

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case
from tumorboard.storage.queries import patients
from tumorboard.vocabulary import AuditAct, Permission, RestrictionCause


def restrict(case: Case, cause: RestrictionCause, by: Actor) -> None:
    """Hides the case's patient from everybody without a relation of their own. Twice is once."""
    _mark(case, cause, by, restricted=True)


def lift(case: Case, cause: RestrictionCause, by: Actor) -> None:
    """Makes the case's patient one like the others again. Twice is once."""
    _mark(case, cause, by, restricted=False)


def _mark(case: Case, cause: RestrictionCause, by: Actor, *, restricted: bool) -> None:
    demand(by, Permission.RESTRICT_PATIENT, case)
    if case.patient_id is None:
        raise absent()
    if cause.lifts is restricted:
        raise Refused(Code.WRONG, "Choose one of the list.", field="cause")
    patient = patients.patients_to_change(case.patient_id)[case.patient_id]
    if patient.restricted is restricted:
        return
    patient.restricted = restricted
    audit.record(
        by,
        AuditAct.PATIENT_RESTRICTED,
        patients=[patient.id],
        subjects=[case.id],
        details={"restricted": int(restricted), "cause": cause.value},
    )
