"""Files of a case: the list, adding one, taking one off and putting it back, and the file itself."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import attachments, cases
from tumorboard.domain.permissions import held_over
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Attachment, Case
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CaseState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.attachment import AttachForm, TakeOffForm
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("attachments", __name__, url_prefix="/cases/<uuid:case_id>/attachments")

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a browser may do with a file that it shows after all: nothing."""


@blueprint.get("")
@needs(Permission.SEE_ATTACHMENTS)
def index(case_id: UUID) -> Response | str:
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.SEE_ATTACHMENTS)
        if case.state is CaseState.DRAFT:
            return redirect(url_for("cases.draft", case_id=case_id))
        return _page(case, AttachForm(formdata=None))


@blueprint.post("")
@needs(Permission.CHANGE_ATTACHMENTS)
@limiter.limit("100/hour", key_func=person_asking)
def add(case_id: UUID) -> Response | tuple[str, int]:
    form, by = AttachForm(), actor()
    if not form.validate():
        return _again(case_id, form), 422
    try:
        with transaction():
            attachments.add(cases.case_to_change(case_id, by), form.to_add(), by)
    except Refused as error:
        if error.code is not Code.WRONG:
            raise
        form.refuse(error.field, error.sentence)
        return _again(case_id, form), 422
    flash("Added. It is shown with the case.")
    return _back(case_id)


@blueprint.get("/<uuid:attachment_id>")
@needs(Permission.SEE_ATTACHMENTS)
def download(case_id: UUID, attachment_id: UUID) -> Response:
    """To be kept by the browser, never shown by it (trust.md threat 23); its kind is what was found when it came."""
    with transaction():
        attachment, content = attachments.open_attachment(case_id, attachment_id, actor())
    answer = send_file(
        BytesIO(content),
        mimetype=attachment.kind.media_type,
        as_attachment=True,
        download_name=attachment.name,
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@blueprint.get("/<uuid:attachment_id>/take-off")
@needs(Permission.CHANGE_ATTACHMENTS)
def ask_to_take_off(case_id: UUID, attachment_id: UUID) -> str:
    return _question(case_id, attachment_id, TakeOffForm(formdata=None))


@blueprint.post("/<uuid:attachment_id>/take-off")
@needs(Permission.CHANGE_ATTACHMENTS)
def take_off(case_id: UUID, attachment_id: UUID) -> Response | tuple[str, int]:
    form, by = TakeOffForm(), actor()
    if not form.validate():
        return _question(case_id, attachment_id, form), 422
    with transaction():
        attachments.take_off(cases.case_to_change(case_id, by), attachment_id, form.why.text, by)
    undo = url_for("attachments.put_back", case_id=case_id, attachment_id=attachment_id)
    flash({"text": "Taken off the case.", "undo": undo})  # type: ignore[arg-type]  # the macro toasts draws both
    return _back(case_id)


@blueprint.post("/<uuid:attachment_id>/put-back")
@needs(Permission.CHANGE_ATTACHMENTS)
def put_back(case_id: UUID, attachment_id: UUID) -> Response:
    by = actor()
    with transaction():
        attachments.put_back(cases.case_to_change(case_id, by), attachment_id, by)
    flash("The file is back with the case.")
    return _back(case_id)


def _page(case: Case, form: AttachForm) -> str:
    held = held_over(actor(), case)
    return render_template(
        "attachments/index.html",
        case=_with_patient(case),
        attachments=attachments.listed(case, held),
        may_attach=attachments.may_be_changed(case, held),
        taken_off=attachments.taken_off(case, held),
        attaching=form,
    )


def _again(case_id: UUID, form: AttachForm) -> str:
    """The page with what was typed; a browser does not send a file back, so that it is chosen once more."""
    with transaction():
        return _page(cases.open_case(case_id, actor(), Permission.CHANGE_ATTACHMENTS), form)


def _question(case_id: UUID, attachment_id: UUID, form: TakeOffForm) -> str:
    with transaction():
        case = _with_patient(cases.open_case(case_id, actor(), Permission.CHANGE_ATTACHMENTS))
        attachment: Attachment = attachments.attachment_to_take_off(case, attachment_id)
        return render_template("attachments/take_off.html", case=case, attachment=attachment, form=form)


def _with_patient(case: Case) -> Case:
    if case.patient_id is None:
        raise absent()
    return case


def _back(case_id: UUID) -> Response:
    """To the page on which the button was: the case's, or that of its files."""
    if request.form.get("from") == "attachments":
        return redirect(url_for("attachments.index", case_id=case_id), 303)
    return redirect(url_for("cases.show", case_id=case_id) + "#attachments", 303)
