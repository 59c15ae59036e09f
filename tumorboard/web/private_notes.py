"""A coordinator's note about a case, on its page and shown to no other."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, private_notes
from tumorboard.errors import Code, Refused
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_page import case_page
from tumorboard.web.forms.private_note import PrivateNoteForm

blueprint = Blueprint("private_notes", __name__)


@blueprint.post("/cases/<uuid:case_id>/private-note")
@needs(Permission.KEEP_PRIVATE_NOTE)
def write(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), PrivateNoteForm()
    if not form.validate():
        return _again(case_id, form), 422
    try:
        with transaction():
            case = cases.case_to_change(case_id, by)
            private_notes.write(case, form.text.text, by, version=form.seen_version())
    except Refused as error:
        if error.code is not Code.CHANGED_MEANWHILE:
            raise
        form.refuse("text", error.sentence)
        return _again(case_id, form), 409
    flash("Noted, for the board’s coordinators alone.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _again(case_id: UUID, form: PrivateNoteForm) -> str:
    """The case's page with the note as typed, and the one that is kept."""
    with transaction():
        return case_page(cases.open_case(case_id, actor(), Permission.KEEP_PRIVATE_NOTE), note=form)
