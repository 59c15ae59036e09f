"""Who may do what: one table, answered in one place, read by routes, templates and the documentation alike.

A permission is given to relations. A person's relations to a subject are read from the database at each question and
never kept, so that leaving a board or a care team takes effect with the next click.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tumorboard.domain.actor import Actor
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Board, Case, Meeting, Person, Preparation
from tumorboard.storage.queries import board_members, calendar_entries, sight
from tumorboard.vocabulary import CARERS, PREPARES, BoardRole, CaseState, Discipline, Office, Permission


class Relation(StrEnum):
    """What a person is to a subject."""

    ANYBODY = "anybody, signed in"
    CLINICIAN = "anybody of the hospitals who holds no office"
    SUBMITTER = "submitter of the case, or who typed it for them"
    CARE_TEAM = "on the patient's care team"
    PATHOLOGIST = "pathologist of the care team or the board"
    RADIOLOGIST = "radiologist of the care team or the board"
    CARER = "nurse or social worker of the care team or the board"
    CHAIR = "chair of the board"
    COORDINATOR = "coordinator of the board"
    MEMBER = "member of the board"
    GUEST = "guest of the meeting"
    DEPUTY = "invited as deputy of an absent member, submitter or care-team member, where the case is listed"
    EXTERNAL = "expert from outside, to whom it was opened, until then"
    BREAKER = "has broken the glass for this patient, for four hours"
    COORDINATES = "anybody of the hospitals whose discipline is coordination"
    PREPARES = "anybody of the hospitals whose discipline prepares cases: pathology, radiology, nursing, social work"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy officer"


Subject = Case | Board | Meeting | Preparation | None

_R, _P = Relation, Permission
_BOARD = frozenset({_R.CHAIR, _R.COORDINATOR, _R.MEMBER})
_LEADS = frozenset({_R.CHAIR, _R.COORDINATOR})

TABLE: dict[Permission, frozenset[Relation]] = {
    _P.SIGN_IN: frozenset({_R.ANYBODY}),
    _P.SEE_OWN_WORK: frozenset({_R.ANYBODY}),
    _P.SUBMIT_CASE: frozenset({_R.CLINICIAN}),
    _P.FIND_PATIENT: frozenset({_R.CLINICIAN}),
    _P.EDIT_DRAFT: frozenset({_R.SUBMITTER}),
    _P.SEE_CASE: _BOARD | {_R.SUBMITTER, _R.CARE_TEAM, _R.DEPUTY, _R.EXTERNAL, _R.BREAKER},
    _P.SEE_EARLIER_VERSIONS: _BOARD | {_R.SUBMITTER, _R.CARE_TEAM, _R.DEPUTY, _R.EXTERNAL},
    _P.PRINT_CASE: _BOARD | {_R.SUBMITTER, _R.CARE_TEAM, _R.DEPUTY},
    _P.WITHDRAW_CASE: _LEADS | {_R.SUBMITTER},
    _P.CHOOSE_GUESTS: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM},
    # Not whoever submits: with an MRN and a birth date they would let themselves into all the patient's other cases.
    _P.CHANGE_CARE_TEAM: _LEADS | {_R.CARE_TEAM},
    _P.TRIAGE_CASE: _LEADS,
    _P.SIGN_RECOMMENDATION: frozenset({_R.CHAIR}),
    _P.LOAD_CASES: frozenset({_R.COORDINATOR}),
    _P.SEE_QUEUE: _LEADS,
    _P.SEE_BOARD: _BOARD | {_R.ADMINISTRATOR},
    _P.ADD_BOARD: frozenset({_R.COORDINATES, _R.ADMINISTRATOR}),
    _P.EDIT_POLICY: _LEADS | {_R.ADMINISTRATOR},
    _P.CHANGE_MEMBERS: _LEADS | {_R.ADMINISTRATOR},
    _P.EDIT_MINIMUM_DATA_SET: _LEADS,
    _P.PLAN_MEETING: _LEADS,
    _P.SEE_MEETING: _BOARD | {_R.GUEST, _R.EXTERNAL},
    _P.ANSWER_MEETING: _BOARD | {_R.GUEST, _R.EXTERNAL},
    _P.SEE_FORECAST: _BOARD,
    _P.SEE_ANSWERS: _LEADS,
    _P.ASK_FOR_ANSWERS: _LEADS,
    _P.BUILD_AGENDA: _LEADS,
    _P.SEE_PREPARATION: frozenset({_R.PREPARES, _R.COORDINATOR}),
    _P.PREPARE_CASE: frozenset({_R.PATHOLOGIST, _R.RADIOLOGIST, _R.CARER, _R.DEPUTY}),
    _P.APPROVE_LATE_CASE: frozenset({_R.CHAIR}),
    _P.CHANGE_MEETING: _LEADS,
    _P.SEE_DELIVERY: _LEADS | {_R.ADMINISTRATOR},
    _P.RETRY_NOTICE: _LEADS | {_R.ADMINISTRATOR},
    _P.SEE_PEOPLE: frozenset({_R.CLINICIAN, _R.ADMINISTRATOR, _R.PRIVACY_OFFICER}),
    _P.INVITE_PEOPLE: frozenset({_R.COORDINATOR, _R.ADMINISTRATOR}),
    _P.CHANGE_PERSON: frozenset({_R.ADMINISTRATOR}),
    _P.DEACTIVATE_PERSON: frozenset({_R.ADMINISTRATOR}),
    _P.CHANGE_OWN_SETTINGS: frozenset({_R.ANYBODY}),
    _P.ADD_ABSENCE: frozenset({_R.ANYBODY}),
    _P.ASK_FOR_OFFICE: frozenset({_R.ADMINISTRATOR}),
    _P.DECIDE_OFFICE: frozenset({_R.ADMINISTRATOR}),
    _P.ANSWER_CASE: frozenset({_R.SUBMITTER, _R.CARE_TEAM}),
    _P.BEGIN_AGAIN: frozenset({_R.SUBMITTER, _R.CARE_TEAM}),
    _P.KEEP_PRIVATE_NOTE: frozenset({_R.COORDINATOR}),
    _P.CHANGE_HOSPITAL: frozenset({_R.ADMINISTRATOR}),
    _P.WRITE_CASE: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM},
    _P.WRITE_PATHOLOGY: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM, _R.PATHOLOGIST},
    _P.WRITE_IMAGING: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM, _R.RADIOLOGIST},
    _P.SEE_ATTACHMENTS: _BOARD | {_R.SUBMITTER, _R.CARE_TEAM, _R.DEPUTY, _R.EXTERNAL},
    _P.CHANGE_ATTACHMENTS: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM, _R.PATHOLOGIST, _R.RADIOLOGIST},
    _P.WRITE_NEEDS: frozenset({_R.CARER, _R.SUBMITTER}),
    _P.RESTRICT_PATIENT: _LEADS,
    _P.CORRECT_PATIENT: frozenset({_R.COORDINATOR}),
    _P.OPEN_TO_EXTERNAL: _LEADS,
    _P.BREAK_GLASS: frozenset({_R.CLINICIAN}),
    _P.REVIEW_BREAK_GLASS: frozenset({_R.PRIVACY_OFFICER}),
}

_NOT_YOURS = "This is not yours to do. The board's coordinator can do it, or say who may."

_NOT_FOR_OFFICES = (
    "This is not yours to do. Administrators run accounts and settings, privacy officers review: neither sees a case."
)

_SIGHT: dict[type[object], Permission] = {
    Case: _P.SEE_CASE,
    Board: _P.SEE_BOARD,
    Meeting: _P.SEE_MEETING,
    Preparation: _P.SEE_CASE,
}
"""What somebody must be able to see before "you may not" is said instead of "there is nothing here"."""


@dataclass(frozen=True)
class Held:
    """What somebody is to a subject at one instant, and so may do: for whoever asks several permissions at once."""

    relations: frozenset[Relation]

    def may(self, permission: Permission) -> bool:
        return not TABLE[permission].isdisjoint(self.relations)

    @property
    def by_break_glass_alone(self) -> bool:
        """Whether nothing but broken glass shows the case: then it is to read, without needs and preferences."""
        return self.relations & TABLE[_P.SEE_CASE] == {_R.BREAKER}


def held_over(by: Actor, subject: Subject = None) -> Held:
    """Without a subject, what is given to relations with a board is had by whoever has that relation with any."""
    return Held(frozenset(relations(by, subject)))


def may(by: Actor, permission: Permission, subject: Subject = None) -> bool:
    """Whether the actor has ``permission``: over ``subject``, or at all where there is none."""
    return held_over(by, subject).may(permission)


def demand(by: Actor, permission: Permission, subject: Subject = None) -> Held:
    """Refuses when the actor lacks ``permission``; what they may not even see is answered as absent."""
    held = held_over(by, subject)
    if held.may(permission):
        return held
    sight_of = _SIGHT.get(type(subject))
    if sight_of is not None and not held.may(sight_of):
        raise absent()
    raise _not_yours(by)


def demand_some(by: Actor, permission: Permission) -> None:
    """Refuses whoever can have ``permission`` over nothing at all: the first gate, before a subject is known."""
    by_subject = {
        _R.SUBMITTER,
        _R.CARE_TEAM,
        _R.CARER,
        _R.PATHOLOGIST,
        _R.RADIOLOGIST,
        _R.GUEST,
        _R.DEPUTY,
        _R.EXTERNAL,
        _R.BREAKER,
    }
    if TABLE[permission].isdisjoint(relations(by, None) | by_subject):
        raise _not_yours(by)


def _not_yours(by: Actor) -> Refused:
    return Refused(Code.NOT_ALLOWED, _NOT_FOR_OFFICES if by.person.office else _NOT_YOURS)


def relations(by: Actor, subject: Subject) -> set[Relation]:
    """Everything the actor is to ``subject`` at this instant."""
    if by.person.has_left(by.at):
        return set()
    held = {_R.ANYBODY} | _standing(by.person)
    if isinstance(subject, Case | Preparation):
        return held | _case_relations(by, subject if isinstance(subject, Case) else subject.case)
    if isinstance(subject, Meeting):
        return held | _board_relations(by, subject.board_id) | _meeting_relations(by, subject)
    return held | _board_relations(by, subject.id if subject else None)


def _standing(person: Person) -> set[Relation]:
    if person.office is not None:
        return {_R.ADMINISTRATOR if person.office is Office.ADMINISTRATOR else _R.PRIVACY_OFFICER}
    if person.external:
        return set()
    coordinates = {_R.COORDINATES} if person.discipline is Discipline.COORDINATION else set()
    return {_R.CLINICIAN} | coordinates | ({_R.PREPARES} if person.discipline in PREPARES else set())


def _board_relations(by: Actor, board_id: UUID | None) -> set[Relation]:
    roles = board_members.roles_of(by.person.id, board_id, by.at)
    named = {BoardRole.CHAIR: _R.CHAIR, BoardRole.COORDINATOR: _R.COORDINATOR}
    return {named.get(role, _R.MEMBER) for role in roles}


def _meeting_relations(by: Actor, meeting: Meeting) -> set[Relation]:
    # An expert from outside holds an entry too, and sees the meeting no longer than it is open to them.
    guest = not by.person.external and calendar_entries.holds(by.person.id, meeting.id)
    held = {_R.GUEST} if guest else set()
    return held | ({_R.EXTERNAL} if sight.meeting_is_open_to(by.person.id, meeting.id, by.at) else set())


def _case_relations(by: Actor, case: Case) -> set[Relation]:
    held = {_R.SUBMITTER} if by.person.id in (case.submitter_id, case.entered_by_id) else set()
    if case.patient is None or case.state is CaseState.DRAFT:
        return held
    towards = sight.towards_case(by.person.id, case, by.at)
    on_board = _board_relations(by, case.board_id)
    if case.patient.restricted and not towards.invited:
        on_board.discard(_R.MEMBER)
    named = {
        _R.CARE_TEAM: towards.on_care_team,
        _R.DEPUTY: towards.deputy,
        _R.EXTERNAL: towards.external,
        _R.BREAKER: towards.breaker,
    }
    held |= on_board | {relation for relation, holds in named.items() if holds}
    if held & {_R.CARE_TEAM, _R.MEMBER, _R.CHAIR, _R.COORDINATOR}:
        held |= _by_discipline(by.person.discipline)
    return held


def _by_discipline(discipline: Discipline) -> set[Relation]:
    """What somebody of the care team or the board is by what they are trained in."""
    if discipline in CARERS:
        return {_R.CARER}
    named = {Discipline.PATHOLOGY: _R.PATHOLOGIST, Discipline.RADIOLOGY: _R.RADIOLOGIST}
    return {named[discipline]} if discipline in named else set()
