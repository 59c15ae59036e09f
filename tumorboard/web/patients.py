"""Finding a patient on record while a case is typed."""

from uuid import UUID

from flask import Blueprint, request
from flask_login import current_user

from tumorboard.domain import patients
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_form import Search, case_form, kept_form_page
from tumorboard.web.forms.draft import posted_draft, with_patient
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("patients", __name__)


@blueprint.post("/cases/<uuid:case_id>/patient")
@needs(Permission.FIND_PATIENT)
@limiter.limit("20/minute", key_func=person_asking)
def find(case_id: UUID) -> str | tuple[str, int]:
    """The same form again with who was found, by identifiers alone; with ``take`` their name is filled in."""
    act = posted_draft(request.form)
    form = case_form(act)
    born = form.birth_date.day
    if not form.validate_to_find(current_user.person.hospital) or born is None:
        return kept_form_page(form, case_id, act), 422
    with transaction():
        found = patients.find_patient(form.mrn.text, born, actor())
    if found and "take" in request.form:
        act = with_patient(act, found)
    return kept_form_page(case_form(act), case_id, act, Search(found))
