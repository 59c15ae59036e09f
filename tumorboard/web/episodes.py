"""The next case of a patient, begun from one that is there, or filled in from it while it is typed."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, drafts
from tumorboard.domain.drafts import SaveDraft
from tumorboard.errors import absent
from tumorboard.storage.db import new_id
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_form import autosaved, case_form, kept_form_page
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.carried import with_known
from tumorboard.web.forms.draft import fresh_draft, posted_draft
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


@blueprint.post("/cases/<uuid:case_id>/known")
@needs(Permission.SUBMIT_CASE)
def fill_in(case_id: UUID) -> Response | str:
    """The same form, with what an earlier case of the patient says in each part that says nothing yet."""
    act, before_id = posted_draft(request.form), read_id(request.form.get("from"))
    if before_id is None:
        raise absent()
    with transaction():
        act = with_known(act, cases.open_case(before_id, actor(), Permission.BEGIN_AGAIN))
    if request.accept_mimetypes.best == "application/json":
        return autosaved(case_id, act, drawn_anew=True)
    return kept_form_page(case_form(act), case_id, act)
