"""Needs and preferences: writing them, on a phone first, and reading what stood there before."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases
from tumorboard.domain import needs as wishes
from tumorboard.domain.permissions import held_over
from tumorboard.errors import Code, Refused
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Need, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.needs import NeedsForm

blueprint = Blueprint("needs", __name__)

_WORDS = {need.value: need.label for need in Need}


@blueprint.get("/cases/<uuid:case_id>/needs")
@needs(Permission.WRITE_NEEDS)
def show(case_id: UUID) -> str:
    form, by = NeedsForm(formdata=None), actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.WRITE_NEEDS)
        form.show(wishes.read(case, held_over(by, case)))
        return _page(case_id, form)


@blueprint.post("/cases/<uuid:case_id>/needs")
@needs(Permission.WRITE_NEEDS)
def write(case_id: UUID) -> Response | tuple[str, int]:
    form, by = NeedsForm(), actor()
    if not form.validate():
        with transaction():
            return _page(case_id, form), 422
    try:
        with transaction():
            wishes.write(cases.case_to_change(case_id, by), form.to_write(), by)
    except Refused as error:
        if error.code not in (Code.CHANGED_MEANWHILE, Code.WRONG):
            raise
        form.refuse(None, error.sentence)
        with transaction():
            return _page(case_id, form, meanwhile=error.code is Code.CHANGED_MEANWHILE), STATUS[error.code]
    flash("Saved, with your name. It is shown with the case.")
    return redirect(url_for("cases.show", case_id=case_id) + "#needs", 303)


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


def _page(case_id: UUID, form: NeedsForm, *, meanwhile: bool = False) -> str:
    """The form; ``meanwhile`` shows beside it what somebody else has written, which saving again replaces knowingly."""
    by = actor()
    case = cases.open_case(case_id, by, Permission.WRITE_NEEDS)
    kept = wishes.read(case, held_over(by, case))
    if meanwhile and kept is not None:
        form.version.data = str(kept.version)
    return render_template("needs/show.html", case=case, form=form, kept=kept if meanwhile else None, words=_WORDS)
