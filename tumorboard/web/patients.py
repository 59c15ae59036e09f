"""Finding a patient on record while a case is typed."""

from flask import Blueprint, request
from flask_login import current_user

from tumorboard.domain import patients
from tumorboard.storage.db import new_id
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_form import Search, case_form, case_form_page
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.draft import posted_draft
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("patients", __name__)


@blueprint.post("/patients/find")
@needs(Permission.FIND_PATIENT)
@limiter.limit("20/minute", key_func=person_asking)
def find() -> str | tuple[str, int]:
    """The same form again with who was found, by identifiers alone; with ``take`` their name is filled in."""
    act, draft_id = posted_draft(request.form), read_id(request.form.get("draft_id")) or new_id()
    form = case_form(act)
    born = form.birth_date.day
    if not form.validate_to_find(current_user.person.hospital) or born is None:
        return case_form_page(form, draft_id, act), 422
    with transaction():
        found = patients.find_patient(form.mrn.text, born, actor())
        if found and "take" in request.form:
            form.take(found)
        return case_form_page(form, draft_id, act, Search(found))
