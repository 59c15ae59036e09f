"""Putting a record right: two records of one patient, or a case of the wrong one; and undoing that."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, patient_corrections
from tumorboard.errors import Code, Refused
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.base import Form
from tumorboard.web.forms.patient_corrections import CorrectionForm, OtherCaseForm
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("patient_corrections", __name__, url_prefix="/cases/<uuid:case_id>/patient-correction")


@blueprint.get("")
@needs(Permission.CORRECT_PATIENT)
def ask(case_id: UUID) -> str | tuple[str, int]:
    """First the other case's number, then both records side by side."""
    asked = OtherCaseForm(request.args, meta={"csrf": False})
    if "other" not in request.args:
        return _page(case_id, OtherCaseForm(formdata=None, meta={"csrf": False}))
    if not asked.validate():
        return _page(case_id, asked), 422
    try:
        return _page(case_id, CorrectionForm(formdata=None, other=asked.other.text), asked.number())
    except Refused as error:
        return _refused(case_id, error, asked)


@blueprint.post("")
@needs(Permission.CORRECT_PATIENT)
def correct(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), CorrectionForm()
    act = form.to_act()
    try:
        if not form.validate():
            return _page(case_id, form, act.other_number), 422
        with transaction():
            correction = patient_corrections.correct(cases.case_to_change(case_id, by), act, by)
    except Refused as error:
        return _refused(case_id, error, OtherCaseForm(formdata=None, other=form.other.data, meta={"csrf": False}))
    undo = url_for("patient_corrections.undo", case_id=case_id, correction_id=correction.id)
    done = "The two records are one." if act.merge else "The case is with the other patient."
    flash({"text": f"{done} It can be undone for a day.", "undo": undo})  # type: ignore[arg-type]  # the macro toasts draws both
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.post("/<uuid:correction_id>/undo")
@needs(Permission.CORRECT_PATIENT)
def undo(case_id: UUID, correction_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        patient_corrections.undo(cases.case_to_change(case_id, by), correction_id, by)
        flash("Undone. Everything is where it was.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _refused(case_id: UUID, error: Refused, asked: OtherCaseForm) -> tuple[str, int]:
    """Back to the first question, with what was wrong."""
    if error.code is not Code.WRONG:
        raise error
    asked.refuse(error.field, error.sentence)
    return _page(case_id, asked), 422


def _page(case_id: UUID, form: Form, other_number: int | None = None) -> str:
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.CORRECT_PATIENT)
        other = None
        if other_number is not None:
            found = patient_corrections.other_case(case, other_number, by)
            other = cases.open_case(found.id, by, Permission.CORRECT_PATIENT)
        return render_template("patient_corrections/ask.html", case=case, other=other, form=form)
