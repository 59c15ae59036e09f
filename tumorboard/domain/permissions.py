"""Who may do what: one table, answered in one place, read by routes, templates and the documentation alike.

A permission is given to relations. A person's relations to a subject are read from the database at each question and
never kept, so that leaving a board or a care team takes effect with the next click.
"""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Board, Case, Meeting, Person
from tumorboard.storage.queries import board_members, calendar_entries, care_team_members
from tumorboard.vocabulary import BoardRole, CaseState, Office, Permission


class Relation(StrEnum):
    """What a person is to a subject."""

    ANYBODY = "anybody, signed in"
    CLINICIAN = "anybody who holds no office"
    SUBMITTER = "submitter of the case"
    CARE_TEAM = "on the patient's care team"
    CHAIR = "chair of the board"
    COORDINATOR = "coordinator of the board"
    MEMBER = "member of the board"
    GUEST = "guest of the meeting"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy officer"


Subject = Case | Board | Meeting | None

_R, _P = Relation, Permission
_BOARD = frozenset({_R.CHAIR, _R.COORDINATOR, _R.MEMBER})
_LEADS = frozenset({_R.CHAIR, _R.COORDINATOR})

TABLE: dict[Permission, frozenset[Relation]] = {
    _P.SIGN_IN: frozenset({_R.ANYBODY}),
    _P.SEE_OWN_WORK: frozenset({_R.ANYBODY}),
    _P.SUBMIT_CASE: frozenset({_R.CLINICIAN}),
    _P.FIND_PATIENT: frozenset({_R.CLINICIAN}),
    _P.EDIT_DRAFT: frozenset({_R.SUBMITTER}),
    _P.SEE_CASE: _BOARD | {_R.SUBMITTER, _R.CARE_TEAM},
    _P.WITHDRAW_CASE: _LEADS | {_R.SUBMITTER},
    _P.CHOOSE_GUESTS: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM},
    _P.CHANGE_CARE_TEAM: _LEADS | {_R.SUBMITTER, _R.CARE_TEAM},
    _P.TRIAGE_CASE: _LEADS,
    _P.SIGN_RECOMMENDATION: frozenset({_R.CHAIR}),
    _P.SEE_QUEUE: _LEADS,
    _P.SEE_BOARD: _BOARD | {_R.ADMINISTRATOR},
    _P.CHANGE_MEMBERS: _LEADS | {_R.ADMINISTRATOR},
    _P.PLAN_MEETING: _LEADS,
    _P.SEE_MEETING: _BOARD | {_R.GUEST},
    _P.BUILD_AGENDA: _LEADS,
    _P.CHANGE_MEETING: _LEADS,
    _P.SEE_DELIVERY: _LEADS | {_R.ADMINISTRATOR},
    _P.RETRY_NOTICE: _LEADS | {_R.ADMINISTRATOR},
}

_NOT_YOURS = "This is not yours to do. The board's coordinator can do it, or say who may."

_SIGHT: dict[type[object], Permission] = {Case: _P.SEE_CASE, Board: _P.SEE_BOARD, Meeting: _P.SEE_MEETING}
"""What somebody must be able to see before "you may not" is said instead of "there is nothing here"."""


def may(person: Person, permission: Permission, subject: Subject = None) -> bool:
    """Whether ``person`` has ``permission``: over ``subject``, or at all where there is none.

    Without a subject, what is given to relations with a board is had by whoever has that relation with any board.
    """
    return not TABLE[permission].isdisjoint(relations(person, subject))


def permitted(person: Person, permissions: Iterable[Permission]) -> set[Permission]:
    """Which of these ``person`` has over something: for a menu, asked at once."""
    held = relations(person, None)
    return {permission for permission in permissions if not TABLE[permission].isdisjoint(held)}


def demand(person: Person, permission: Permission, subject: Subject = None) -> None:
    """Refuses when ``person`` lacks ``permission``; what they may not even see is answered as absent."""
    held = relations(person, subject)
    if not TABLE[permission].isdisjoint(held):
        return
    sight = _SIGHT.get(type(subject))
    if sight is not None and TABLE[sight].isdisjoint(held):
        raise absent()
    raise Refused(Code.NOT_ALLOWED, _NOT_YOURS)


def demand_some(person: Person, permission: Permission) -> None:
    """Refuses whoever can have ``permission`` over nothing at all: the first gate, before a subject is known."""
    by_subject = {_R.SUBMITTER, _R.CARE_TEAM, _R.GUEST}
    if TABLE[permission].isdisjoint(relations(person, None) | by_subject):
        raise Refused(Code.NOT_ALLOWED, _NOT_YOURS)


def relations(person: Person, subject: Subject) -> set[Relation]:
    """Everything ``person`` is to ``subject`` now."""
    if person.deactivated_at is not None:
        return set()
    held = {_R.ANYBODY} | _office(person)
    if isinstance(subject, Case):
        return held | _case_relations(person, subject)
    if isinstance(subject, Meeting):
        guest = calendar_entries.holds(person.id, subject.id)
        return held | _board_relations(person, subject.board_id) | ({_R.GUEST} if guest else set())
    return held | _board_relations(person, subject.id if subject else None)


def _office(person: Person) -> set[Relation]:
    return {
        None: {_R.CLINICIAN},
        Office.ADMINISTRATOR: {_R.ADMINISTRATOR},
        Office.PRIVACY_OFFICER: {_R.PRIVACY_OFFICER},
    }[person.office]


def _board_relations(person: Person, board_id: UUID | None) -> set[Relation]:
    roles = board_members.roles_of(person.id, board_id)
    named = {BoardRole.CHAIR: _R.CHAIR, BoardRole.COORDINATOR: _R.COORDINATOR}
    return {named.get(role, _R.MEMBER) for role in roles}


def _case_relations(person: Person, case: Case) -> set[Relation]:
    held = {_R.SUBMITTER} if case.submitter_id == person.id else set()
    if case.patient_id is None or case.state is CaseState.DRAFT:
        return held
    if care_team_members.is_on_team(person.id, case.patient_id):
        held.add(_R.CARE_TEAM)
    return held | _board_relations(person, case.board_id)
