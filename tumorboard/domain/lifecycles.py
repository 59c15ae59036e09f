"""The tables of states, as in the glossary. Nothing else in the tree changes a state of a case or a meeting."""

from tumorboard.domain.lifecycle import Step, Steps
from tumorboard.vocabulary import (
    CaseAction,
    CaseState,
    MeetingAction,
    MeetingState,
    Permission,
    PreparationAction,
    PreparationState,
)

_C, _A, _P = CaseState, CaseAction, Permission

CASE: Steps[CaseState, CaseAction] = (
    Step(frozenset({_C.DRAFT}), _A.SUBMIT, _C.SUBMITTED, _P.EDIT_DRAFT),
    Step(frozenset({_C.RETURNED}), _A.ANSWER, _C.SUBMITTED, _P.ANSWER_CASE),
    Step(frozenset({_C.RETURNED}), _A.RECALL, _C.SUBMITTED, _P.TRIAGE_CASE),
    Step(frozenset({_C.SUBMITTED, _C.DEFERRED, _C.PROTOCOL_ROUTE}), _A.ACCEPT, _C.ACCEPTED, _P.TRIAGE_CASE),
    Step(frozenset({_C.SUBMITTED, _C.ACCEPTED}), _A.RETURN, _C.RETURNED, _P.TRIAGE_CASE),
    Step(frozenset({_C.SUBMITTED, _C.ACCEPTED}), _A.ROUTE_TO_PROTOCOL, _C.PROTOCOL_ROUTE, _P.TRIAGE_CASE),
    Step(frozenset({_C.ACCEPTED}), _A.PUT_ON_AGENDA, _C.ON_AGENDA, _P.TRIAGE_CASE),
    # Not in the list of states by the book, but a coordinator reorders before publishing, and a cancelled meeting
    # gives its cases back to the queue.
    Step(frozenset({_C.ON_AGENDA}), _A.TAKE_OFF_AGENDA, _C.ACCEPTED, _P.TRIAGE_CASE),
    Step(frozenset({_C.ON_AGENDA}), _A.DEFER, _C.DEFERRED, _P.TRIAGE_CASE),
    Step(frozenset({_C.ON_AGENDA}), _A.DISCUSS, _C.DISCUSSED, _P.TRIAGE_CASE),
    Step(frozenset({_C.DISCUSSED}), _A.SIGN, _C.SIGNED, _P.SIGN_RECOMMENDATION),
    Step(
        frozenset({_C.DRAFT, _C.SUBMITTED, _C.RETURNED, _C.ACCEPTED, _C.PROTOCOL_ROUTE, _C.ON_AGENDA, _C.DEFERRED}),
        _A.WITHDRAW,
        _C.WITHDRAWN,
        _P.WITHDRAW_CASE,
    ),
    # Undoes the discarding of a draft, and nothing else: domain.drafts refuses it once a case was submitted.
    Step(frozenset({_C.WITHDRAWN}), _A.RESTORE, _C.DRAFT, _P.EDIT_DRAFT),
)

_M, _D = MeetingState, MeetingAction

MEETING: Steps[MeetingState, MeetingAction] = (
    Step(frozenset({_M.PLANNED, _M.PUBLISHED}), _D.PUBLISH, _M.PUBLISHED, _P.BUILD_AGENDA),
    Step(frozenset({_M.PLANNED, _M.PUBLISHED}), _D.CANCEL, _M.CANCELLED, _P.CHANGE_MEETING),
    # Not in the book's list: a date cancelled by mistake, or for a holiday that is none, takes place after all.
    Step(frozenset({_M.CANCELLED}), _D.RESTORE, _M.PLANNED, _P.CHANGE_MEETING),
    Step(frozenset({_M.PUBLISHED}), _D.OPEN, _M.LIVE, _P.CHANGE_MEETING),
    Step(frozenset({_M.LIVE}), _D.CLOSE, _M.CLOSED, _P.CHANGE_MEETING),
)
"""Moving a meeting is no step: its state stays."""

_S, _N = PreparationState, PreparationAction

PREPARATION: Steps[PreparationState, PreparationAction] = (
    Step(frozenset({_S.REQUESTED}), _N.START, _S.STARTED, _P.PREPARE_CASE),
    # From Ready again, when the case was amended since.
    Step(frozenset({_S.REQUESTED, _S.STARTED, _S.READY}), _N.MARK_READY, _S.READY, _P.PREPARE_CASE),
    Step(frozenset({_S.REQUESTED, _S.STARTED}), _N.HOLD_UP, _S.REQUESTED, _P.PREPARE_CASE),
    Step(frozenset({_S.READY}), _N.BACK_TO_STARTED, _S.STARTED, _P.PREPARE_CASE),
    Step(frozenset({_S.REQUESTED, _S.STARTED, _S.READY}), _N.BACK_TO_REQUESTED, _S.REQUESTED, _P.PREPARE_CASE),
)
"""Overdue is no state: ``preparation_requests.due_at`` says it."""
