"""Needs and preferences: writing them, on a phone first, and reading what stood there before."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard.domain import cases
from tumorboard.domain import needs as wishes
from tumorboard.domain.permissions import held_over
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case, Needs
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Need, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.needs import NeedsForm
from tumorboard.web.forms.two_versions import TwoVersions, both_versions, brought_together, carried
from tumorboard.web.forms.typed import typed_needs

blueprint = Blueprint("needs", __name__)

_WORDS = {need.value: need.label for need in Need}


@blueprint.get("/cases/<uuid:case_id>/needs")
@needs(Permission.WRITE_NEEDS)
def show(case_id: UUID) -> str:
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.WRITE_NEEDS)
        return _page(case, _form(wishes.read(case, held_over(by, case))))


@blueprint.post("/cases/<uuid:case_id>/needs")
@needs(Permission.WRITE_NEEDS)
def write(case_id: UUID) -> Response | tuple[str, int]:
    form, by = NeedsForm(), actor()
    with transaction():
        case = cases.case_to_change(case_id, by)
        kept = wishes.read(case, held_over(by, case))
        posted = brought_together(form, request.form, typed_needs(kept), kept.version if kept else 0)
        form = NeedsForm(posted)
    if not form.validate():
        return _again(case_id, form), 422
    try:
        with transaction():
            wishes.write(cases.case_to_change(case_id, by), form.to_write(), by)
    except Refused as error:
        if error.code not in (Code.CHANGED_MEANWHILE, Code.WRONG):
            raise
        form.refuse(None, error.sentence)
        return _again(case_id, form, meanwhile=error.code is Code.CHANGED_MEANWHILE), STATUS[error.code]
    beside = "" if posted is request.form else ", with what was written meanwhile"
    flash(f"Saved, with your name{beside}. It is shown with the case.")
    return redirect(url_for("cases.show", case_id=case_id, _anchor="case-voice"), 303)


@blueprint.get("/cases/<uuid:case_id>/needs/earlier")
@needs(Permission.SEE_CASE)
def earlier(case_id: UUID) -> str:
    """What stands there now and what stood there before, each with who wrote it and when."""
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by)
        held = held_over(by, case)
        now = wishes.read(case, held)
        versions = [now, *wishes.earlier(case, held)] if now else []
        return render_template("needs/earlier.html", case=case, versions=versions, words=_WORDS)


def _form(kept: Needs | None) -> NeedsForm:
    """The form with what is written."""
    typed = typed_needs(kept)
    return NeedsForm(MultiDict(typed | carried(typed, kept.version if kept else 0)))


def _again(case_id: UUID, form: NeedsForm, *, meanwhile: bool = False) -> str:
    """The same page with what was typed; ``meanwhile`` with what somebody else has written, to choose from."""
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.WRITE_NEEDS)
        kept = wishes.read(case, held_over(by, case)) if meanwhile else None
        versions = both_versions(form, request.form, typed_needs(kept), _form(kept), kept) if kept else None
        return _page(case, form, versions)


def _page(case: Case, form: NeedsForm, versions: TwoVersions | None = None) -> str:
    return render_template("needs/show.html", case=case, form=form, versions=versions)
