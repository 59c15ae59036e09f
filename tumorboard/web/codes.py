"""Searching codes by words or by code while somebody types; the text is posted, since it says what a patient has."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from tumorboard.domain import codes
from tumorboard.errors import Code, Refused
from tumorboard.vocabulary import CodeSystem, Permission
from tumorboard.web.access import needs
from tumorboard.web.forms.code import SearchForm
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("codes", __name__)


@blueprint.post("/codes/search")
@needs(Permission.SUBMIT_CASE)
@limiter.limit("600/minute", key_func=person_asking)
def search() -> Response:
    """For ``codes.js``: ``[{"code": "C50.4", "words": "Upper-outer quadrant"}, …]``, at most 12, best first."""
    form = SearchForm()
    if not form.validate():
        raise Refused(Code.WRONG, form.sentence())
    found = codes.find_codes(CodeSystem(form.system.data), form.text.text)
    return jsonify([{"code": code, "words": words} for code, words in found.items()])
