"""A case before it is submitted: the form as typed, kept so that a closed tab or a dead session loses nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.lifecycle import advance
from tumorboard.domain.lifecycles import CASE
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case
from tumorboard.storage.queries import cases as questions
from tumorboard.vocabulary import AuditAct, CaseAction, CaseState

LONGEST = 200_000
"""Characters that a draft keeps; a form within its own limits stays far below."""


@dataclass(frozen=True)
class SaveDraft:
    """A form as typed. ``revision`` is the last one this browser tab saw; ``tab`` names the tab."""

    typed: dict[str, list[str]]
    revision: int
    tab: str


def draft_to_change(draft_id: UUID, by: Actor) -> Case:
    """The actor's own case of this id, locked, begun when there is none: two savings of one form make one case."""
    questions.begin_draft(draft_id, by.person.id, by.at)
    draft = questions.case_to_change(draft_id)
    if draft is None or draft.submitter_id != by.person.id:
        raise absent()
    return draft


def save_draft(draft_id: UUID, act: SaveDraft, by: Actor) -> Case:
    """Keeps a form as typed. Refused when another tab has saved since, so that neither overwrites the other."""
    if sum(len(text) for texts in act.typed.values() for text in texts) > LONGEST:
        raise Refused(Code.WRONG, f"A draft keeps {LONGEST:,} characters. Shorten the longest text.")
    draft = draft_to_change(draft_id, by)
    if draft.state is not CaseState.DRAFT:
        raise Refused(Code.NOT_NOW, "This case is not a draft any more. What you see here is not saved.")
    if act.tab != draft.typed_in and act.revision != draft.typed_revision:
        raise Refused(
            Code.CHANGED_MEANWHILE,
            "This draft was changed in another tab or on another device. Open it from Today to see it as it is now.",
        )
    if draft.typed != act.typed:
        audit.record(by, AuditAct.DRAFT_SAVED, subjects=[draft.id])
        draft.typed, draft.typed_in, draft.state_since = dict[str, Any](act.typed), act.tab, by.at
        draft.typed_revision += 1
    return draft


def open_draft(draft_id: UUID, by: Actor) -> Case:
    """The submitter's own case, to go on with it while it is a draft; the look is recorded."""
    draft = questions.case(draft_id)
    if draft is None or draft.submitter_id != by.person.id:
        raise absent()
    audit.record(by, AuditAct.DRAFT_OPENED, subjects=[draft.id])
    return draft


def list_drafts(by: Actor) -> list[Case]:
    """What the actor has begun and not submitted, latest first. A draft names its patient, so the look is recorded."""
    drafts = questions.drafts_of(by.person.id)
    audit.record(by, AuditAct.CASES_LISTED, subjects=[draft.id for draft in drafts])
    return drafts


def discard_draft(draft_id: UUID, by: Actor) -> None:
    """Ends a draft; what was typed stays until it is restored or erased. Twice is once."""
    draft = _own(draft_id, by)
    if draft.state is CaseState.WITHDRAWN:
        return
    if draft.submitted_at is not None:
        raise Refused(Code.NOT_NOW, "This case was submitted. It can be withdrawn on its own page.")
    advance(draft, CaseAction.WITHDRAW, CASE, by)
    draft.state_since = by.at
    audit.record(by, AuditAct.DRAFT_DISCARDED, subjects=[draft.id])


def restore_draft(draft_id: UUID, by: Actor) -> None:
    """Undoes ``discard_draft``. Twice is once."""
    draft = _own(draft_id, by)
    if draft.state is CaseState.DRAFT:
        return
    if draft.submitted_at is not None:
        raise Refused(Code.NOT_NOW, "This case was submitted. Withdrawing it cannot be undone.")
    advance(draft, CaseAction.RESTORE, CASE, by)
    draft.state_since = by.at
    audit.record(by, AuditAct.DRAFT_SAVED, subjects=[draft.id])


def _own(draft_id: UUID, by: Actor) -> Case:
    draft = questions.case_to_change(draft_id)
    if draft is None or draft.submitter_id != by.person.id:
        raise absent()
    return draft
