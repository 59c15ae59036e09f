"""A draft that was saved elsewhere since its page was drawn: what only one side has changed is brought together."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import request

from tumorboard.domain import drafts
from tumorboard.domain.actor import Actor
from tumorboard.domain.differences import Difference, Side
from tumorboard.domain.drafts import SaveDraft
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case
from tumorboard.web.forms.draft import storable
from tumorboard.web.forms.two_versions import choices, found_differences, is_settled, together


@dataclass(frozen=True)
class Kept:
    """A draft that was saved, and what differed from the tab's form before."""

    draft: Case
    found: list[Difference]

    @property
    def took_in(self) -> bool:
        """Whether something now stands in the draft that the page does not show."""
        return any(each.side is Side.SAVED for each in self.found)


def keep_together(draft_id: UUID, act: SaveDraft, by: Actor) -> Kept:
    """Saves the form with what was saved elsewhere taken in. Refused while there is something to choose."""
    act = storable(act)
    try:
        return Kept(drafts.save_draft(draft_id, act, by), [])
    except Refused as error:
        if error.code is not Code.CHANGED_MEANWHILE:
            raise
        draft = drafts.draft_to_change(draft_id, by)
        found = differences_of(draft, act, settle="settle" in request.form)
        if not is_settled(found):
            raise
    typed = together(draft.typed or {}, act.typed, found)
    named = act.submitter_id if typed.get("submitter") == act.typed.get("submitter") else None
    act = replace(act, typed=typed, revision=draft.typed_revision, submitter_id=named)
    return Kept(drafts.save_draft(draft_id, act, by), found)


def differences_of(draft: Case, act: SaveDraft, *, settle: bool = True) -> list[Difference]:
    """What differs between the draft and the form; what was chosen of it counts once it is to be settled."""
    chosen = choices(request.form, draft.typed_revision) if settle else {}
    return found_differences(draft.typed or {}, act.typed, act.base, chosen)
