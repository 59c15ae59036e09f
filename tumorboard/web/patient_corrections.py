"""Putting a record right: two of one patient, a case of the wrong one, or what was mistyped; and undoing that."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard.domain import cases, patient_corrections, patient_particulars, patients
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case, PatientCorrection
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CorrectionKind, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.base import Form
from tumorboard.web.forms.patient_corrections import CorrectionForm, OtherCaseForm, ParticularsForm
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("patient_corrections", __name__, url_prefix="/cases/<uuid:case_id>/patient-correction")

_DONE = {
    CorrectionKind.MERGE: "The two records are one.",
    CorrectionKind.MOVE: "The case is with the other patient.",
    CorrectionKind.PARTICULARS: "The record is put right, in every case of this patient.",
}


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
        form = CorrectionForm(formdata=None, other=asked.other.text)
        _offer(form, case_id, asked.number())
        return _page(case_id, form, asked.number())
    except Refused as error:
        return _refused(case_id, error, asked)


@blueprint.post("")
@needs(Permission.CORRECT_PATIENT)
def correct(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), CorrectionForm()
    act = form.to_act()
    try:
        _offer(form, case_id, act.other_number)
        if not form.validate():
            return _page(case_id, form, act.other_number), 422
        with transaction():
            correction = patient_corrections.correct(cases.case_to_change(case_id, by), act, by)
    except Refused as error:
        if error.field == "mrn":
            form.refuse(error.field, error.sentence)
            return _page(case_id, form, act.other_number), 422
        return _refused(case_id, error, OtherCaseForm(formdata=None, other=form.other.data, meta={"csrf": False}))
    return _done(correction, case_id)


@blueprint.get("/particulars")
@needs(Permission.CORRECT_PATIENT)
def ask_particulars(case_id: UUID) -> str:
    return _particulars_page(case_id, None)


@blueprint.post("/particulars")
@needs(Permission.CORRECT_PATIENT)
def correct_particulars(case_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    form = _particulars_form(cases.open_case(case_id, by, Permission.CORRECT_PATIENT), request.form)
    if not form.validate():
        return _particulars_page(case_id, form), 422
    try:
        with transaction():
            correction = patient_particulars.correct(cases.case_to_change(case_id, by), form.to_act(), by)
    except Refused as error:
        if error.code is not Code.WRONG:
            raise
        with transaction():
            patients.record_mismatch(by)
        form.refuse(error.field, error.sentence)
        return _particulars_page(case_id, form), 422
    return _done(correction, case_id)


@blueprint.post("/<uuid:correction_id>/undo")
@needs(Permission.CORRECT_PATIENT)
def undo(case_id: UUID, correction_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        patient_corrections.undo(cases.case_to_change(case_id, by), correction_id, by)
        flash("Undone. Everything is where it was.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _done(correction: PatientCorrection, case_id: UUID) -> Response:
    undo = url_for("patient_corrections.undo", case_id=case_id, correction_id=correction.id)
    flash({"text": f"{_DONE[correction.kind]} It can be undone for a day.", "undo": undo})  # type: ignore[arg-type]  # the macro toasts draws both
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _offer(form: CorrectionForm, case_id: UUID, other_number: int) -> None:
    """Asks which MRN is right where both records have one at a hospital."""
    by = actor()
    case = cases.open_case(case_id, by, Permission.CORRECT_PATIENT)
    other = patient_corrections.other_case(case, other_number, by)
    if case.patient and other.patient:
        form.offer(patient_corrections.contested_mrns(case.patient, other.patient))


def _particulars_form(case: Case, typed: MultiDict[str, str] | None) -> ParticularsForm:
    if case.patient is None:
        raise absent()
    return ParticularsForm(typed, case.patient, case.submitter.hospital, g.at.date())


def _particulars_page(case_id: UUID, form: ParticularsForm | None) -> str:
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.CORRECT_PATIENT)
        shown = form or _particulars_form(case, None)
        return render_template("patient_corrections/particulars.html", case=case, form=shown)


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
