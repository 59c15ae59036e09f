"""A case before it is submitted: the form as typed, kept so that a closed tab or a dead session loses nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.differences import Marks
from tumorboard.domain.lifecycle import advance
from tumorboard.domain.lifecycles import CASE
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case, Person
from tumorboard.storage.queries import audit_entries, people
from tumorboard.storage.queries import cases as questions
from tumorboard.vocabulary import AuditAct, CaseAction, CaseState

LONGEST = 200_000
"""Characters that a draft keeps; a form within its own limits stays far below."""


@dataclass(frozen=True)
class SaveDraft:
    """A form as typed. ``revision`` is the last one the browser tab ``tab`` saw, and ``base`` what that one said."""

    typed: dict[str, list[str]]
    revision: int
    tab: str
    submitter_id: UUID | None = None
    """Whose case it is, where the form names somebody; who types it for them stays beside them."""
    base: Marks | None = None
    """None where it is not known."""


def draft_to_change(draft_id: UUID, by: Actor) -> Case:
    """The actor's own case of this id, locked, begun when there is none: two savings of one form make one case."""
    questions.begin_draft(draft_id, by.person.id, by.at)
    return _own(draft_id, by)


def save_draft(draft_id: UUID, act: SaveDraft, by: Actor) -> Case:
    """Keeps a form as typed. Refused when another tab has saved since, so that neither overwrites the other."""
    if sum(len(text) for texts in act.typed.values() for text in texts) > LONGEST:
        raise Refused(Code.WRONG, f"A draft keeps {LONGEST:,} characters. Shorten the longest text.")
    draft = draft_to_change(draft_id, by)
    if draft.state is not CaseState.DRAFT:
        raise Refused(Code.NOT_NOW, "This case is not a draft any more. What you see here is not saved.")
    refuse_unseen(draft, act)
    name_submitter(draft, act.submitter_id, by)
    if draft.typed != act.typed:
        audit.record(by, AuditAct.DRAFT_SAVED, subjects=[draft.id])
        draft.typed, draft.typed_in, draft.state_since = dict[str, Any](act.typed), act.tab, by.at
        draft.typed_revision += 1
    return draft


def name_submitter(draft: Case, submitter_id: UUID | None, by: Actor) -> None:
    """Whose case this is: the person named, or whoever types it. Only who typed it can put another name to it."""
    typist = draft.entered_by or draft.submitter
    if submitter_id is None or submitter_id == draft.submitter_id:
        return
    submitter = people.person(submitter_id)
    if submitter is None or not may_submit(submitter):
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="submitter")
    if typist.id != by.person.id:
        raise Refused(Code.WRONG, "Only who typed this case can put another name to it.", field="submitter")
    draft.submitter, draft.entered_by = submitter, typist if submitter.id != typist.id else None


def may_submit(person: Person) -> bool:
    """Whether cases can be in this person's name: anybody active of the hospitals who holds no office."""
    return person.deactivated_at is None and person.office is None and not person.external


def refuse_unseen(draft: Case, act: SaveDraft) -> None:
    """Refuses a tab when another has saved since it last saw the draft."""
    if act.tab != draft.typed_in and act.revision != draft.typed_revision:
        raise Refused(
            Code.CHANGED_MEANWHILE,
            "This draft was changed in another tab or by somebody else. Choose what stays.",
        )


def saved_by(draft: Case) -> Person | None:
    """Who saved it last: whose case it is, or who types it for them."""
    return audit_entries.last_by(draft.id, AuditAct.DRAFT_SAVED)


def open_draft(draft_id: UUID, by: Actor) -> Case:
    """A case of one's own, to go on with it while it is a draft; the look is recorded."""
    draft = questions.case(draft_id)
    if draft is None or not _is_own(draft, by):
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
    if draft is None or not _is_own(draft, by):
        raise absent()
    return draft


def _is_own(draft: Case, by: Actor) -> bool:
    """Both whose case it is and who typed it for them may go on with it."""
    return by.person.id in (draft.submitter_id, draft.entered_by_id)
