"""Two cases of one patient: the next question of one episode, or a separate one with a reason."""

from dataclasses import dataclass
from uuid import UUID

from tumorboard.domain.actor import Actor
from tumorboard.domain.patients import NamePatient, mrn_key
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case, Patient
from tumorboard.storage.queries import cases as questions
from tumorboard.storage.queries.patients import patient_with_mrn
from tumorboard.vocabulary import CaseState, Permission

MOST_TO_BEGIN_WITH = 3


@dataclass(frozen=True)
class StateEpisode:
    """What the submitter says of the patient's other case: that this goes on from it, or why it is separate."""

    follows_id: UUID | None = None
    separate_why: str = ""


def keep_episode(case: Case, patient: Patient, act: StateEpisode, by: Actor) -> None:
    """Links the case, or keeps the reason. Refused while the patient has an open case that the submitter may see.

    An open case that they may not see is not told of (trust.md threat 1); the coordinators of the boards see both.
    """
    known = questions.earlier_cases_of(patient.id, by.person.id, by.at, but=case.id)
    case.follows = next((each for each in known if each.id == act.follows_id), None)
    case.separate_why = act.separate_why
    others = [each for each in known if each.state in questions.OPEN]
    if others and not case.follows and not act.separate_why:
        raise Refused(Code.WRONG, _sentence(case, others[0]), field="separate_why")


def followed(case_id: UUID, by: Actor) -> Case | None:
    """The case that a draft goes on from, for somebody who may see it."""
    case = questions.case(case_id)
    return case if case is not None and may(by, Permission.SEE_CASE, case) else None


def open_cases(named: NamePatient, by: Actor) -> list[Case]:
    """The open cases of the patient whom a form names, as far as the person may see them."""
    patient = patient_with_mrn(named.mrn_hospital_id, mrn_key(named.mrn)) if named.mrn else None
    return open_cases_of(patient, by) if patient else []


def open_cases_of(patient: Patient, by: Actor) -> list[Case]:
    """The patient's open cases, as far as the person may see them."""
    known = questions.earlier_cases_of(patient.id, by.person.id, by.at)
    return [each for each in known if each.state in questions.OPEN]


def to_begin_with(patient: Patient, by: Actor) -> list[Case]:
    """The patient's latest presentations that the person may begin the next one from."""
    known = questions.earlier_cases_of(patient.id, by.person.id, by.at)
    presented = [each for each in known if each.state is not CaseState.WITHDRAWN][:MOST_TO_BEGIN_WITH]
    return [each for each in presented if may(by, Permission.BEGIN_AGAIN, each)]


def _sentence(case: Case, other: Case) -> str:
    where = (
        "on this board" if other.board_id == case.board_id else f"on the {other.board.full_name if other.board else ''}"
    )
    return (
        f"This patient has an open case {where} already: case {other.number}. Open it, say that this goes on from it,"
        " or say why this is a separate question."
    )
