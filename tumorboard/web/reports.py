"""Reading a pasted report into the form of a case: what it offers is taken one by one."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tumorboard.vocabulary import Permission
from tumorboard.web.access import needs
from tumorboard.web.case_form import autosaved, case_form, kept_form_page
from tumorboard.web.forms.draft import posted_draft
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.report import offers, with_offer
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("reports", __name__)


@blueprint.post("/cases/<uuid:case_id>/report")
@needs(Permission.SUBMIT_CASE)
@limiter.limit("120/minute", key_func=person_asking)
def read(case_id: UUID) -> Response | str:
    """The same form with what the report offers; with ``take`` one of it stands in its boxes."""
    act = posted_draft(request.form)
    if "take" in request.form:
        wanted = read_number(request.form["take"])
        act = next((with_offer(act, each) for each in offers(case_form(act)) if each.place == wanted), act)
    if request.accept_mimetypes.best == "application/json":
        return autosaved(case_id, act)
    return kept_form_page(case_form(act), case_id, act)
