"""Marking a case's patient as restricted, and lifting that."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, restricted
from tumorboard.errors import absent
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.restricted import RestrictForm

blueprint = Blueprint("restricted", __name__, url_prefix="/cases/<uuid:case_id>/restricted")


@blueprint.get("")
@needs(Permission.RESTRICT_PATIENT)
def ask(case_id: UUID) -> str:
    return _page(case_id, RestrictForm(formdata=None))


@blueprint.post("")
@needs(Permission.RESTRICT_PATIENT)
def mark(case_id: UUID) -> Response | tuple[str, int]:
    """``lift`` says which of both was in sight, so that a form that was left open does not do the opposite."""
    by, form, lifting = actor(), RestrictForm(), "lift" in request.form
    form.offer(lifting=lifting)
    if not form.validate():
        return _page(case_id, form), 422
    with transaction():
        case = cases.case_to_change(case_id, by)
        (restricted.lift if lifting else restricted.restrict)(case, form.chosen(), by)
    flash("The restriction is lifted." if lifting else "Restricted: only the care team and the listed meeting see it.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _page(case_id: UUID, form: RestrictForm) -> str:
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.RESTRICT_PATIENT)
        if case.patient is None:
            raise absent()
        form.offer(lifting=case.patient.restricted)
        return render_template("restricted/ask.html", case=case, form=form)
