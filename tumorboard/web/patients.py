"""Finding a patient on record while a case is typed."""

from uuid import UUID

from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from tumorboard.domain import episodes, patients
from tumorboard.domain.drafts import SaveDraft
from tumorboard.storage.models import Case
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_form import Search, autosaved, case_form, kept_form_page
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.draft import posted_draft, with_patient
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("patients", __name__)


@blueprint.post("/cases/<uuid:case_id>/patient")
@needs(Permission.FIND_PATIENT)
@limiter.limit("20/minute", key_func=person_asking)
def find(case_id: UUID) -> Response | tuple[str, int]:
    """The same form again with who was found, by identifiers alone; with ``take`` their name is filled in.

    Other open cases that the submitter may see are asked about at once, and not when the case is submitted.
    """
    act, by = posted_draft(request.form), actor()
    form = case_form(act)
    born = form.birth_date.day
    if not form.validate_to_find(current_user.person.hospital) or born is None:
        return _again(form, case_id, act, None)
    with transaction():
        found = patients.find_patient(form.mrn.text, born, by)
    if found and "take" in request.form:
        act = with_patient(act, found)
    form, earlier = case_form(act), tuple[Case, ...]()
    if found:
        form.offer_cases(episodes.open_cases_of(found, by))
        earlier = tuple(episodes.to_begin_with(found, by))
    return _again(form, case_id, act, Search(found, earlier))


def _again(form: CaseForm, case_id: UUID, act: SaveDraft, search: Search | None) -> Response | tuple[str, int]:
    """Into the page that is there, for ``autosave.js``; or the whole page."""
    if request.accept_mimetypes.best == "application/json":
        return autosaved(case_id, act, patient=form, search=search)
    return kept_form_page(form, case_id, act, search), 200 if search else 422
