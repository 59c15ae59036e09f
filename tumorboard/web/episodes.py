"""The next case of a patient, begun from one that is there."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, drafts
from tumorboard.domain.drafts import SaveDraft
from tumorboard.storage.db import new_id
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.draft import fresh_draft
from tumorboard.web.forms.typed import typed_again

blueprint = Blueprint("episodes", __name__)


@blueprint.post("/cases/<uuid:case_id>/again")
@needs(Permission.BEGIN_AGAIN)
def begin(case_id: UUID) -> Response:
    """A draft that begins with what this case has; what ages or is asked anew is empty, and the rest shows its age."""
    by, draft_id = actor(), new_id()
    with transaction():
        case = cases.open_case(case_id, by, Permission.BEGIN_AGAIN)
        typed = {name: [text] for name, text in typed_again(case).items() if text}
        drafts.save_draft(draft_id, SaveDraft(typed, revision=0, tab=fresh_draft().tab), by)
        flash(f"A draft, begun from case {case.number}. Check what is carried over; the question is new.")
    return redirect(url_for("cases.draft", case_id=draft_id), 303)
