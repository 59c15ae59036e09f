"""Returning a case for information, taking that back, and the submitter's answer on the case's own page."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, information_requests
from tumorboard.domain.actor import Actor
from tumorboard.domain.completeness import of_case
from tumorboard.domain.differences import MEANWHILE
from tumorboard.domain.meetings import day_of_discussion
from tumorboard.domain.permissions import demand
from tumorboard.domain.sections import today_of
from tumorboard.errors import Code, Refused
from tumorboard.storage.queries import agendas
from tumorboard.storage.queries import needs as needs_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_page import answering, case_page
from tumorboard.web.forms.information_request import Answering, AskForm
from tumorboard.web.refusals import refusals_told

_HIDDEN = ("csrf_token", "base", "shown")

blueprint = Blueprint("information_requests", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.get("/return")
@needs(Permission.TRIAGE_CASE)
def ask(case_id: UUID) -> str:
    """What is missing stands there ticked; a sentence, and it goes."""
    return _asking(case_id, AskForm(formdata=None), fresh=True)


@blueprint.post("/return")
@needs(Permission.TRIAGE_CASE)
def send(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), AskForm()
    try:
        with transaction():
            case = cases.case_to_change(case_id, by)
            complete = of_case(case, needs_questions.needs_of(case.id), day_of_discussion(case, None, by))
            form.offer(complete, today_of(by))
            if form.validate():
                information_requests.ask(case, form.to_ask(), by)
    except Refused as error:
        if error.code is Code.NOT_NOW:
            return _too_late(case_id, by), 409
        if error.code not in (Code.WRONG, Code.CHANGED_MEANWHILE):
            raise
        form.refuse(error.field, error.sentence)
    if form.errors:
        return _asking(case_id, form), 422
    undo = url_for("information_requests.recall", case_id=case_id)
    flash({"text": "Returned. The mails leave in a minute.", "undo": undo})  # type: ignore[arg-type]  # as toasts draw it
    return redirect(url_for("queue.show", board=case.board.slug if case.board else None), 303)


@blueprint.post("/recall")
@needs(Permission.TRIAGE_CASE)
def recall(case_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        case = cases.case_to_change(case_id, by)
        information_requests.recall(case, by)
        flash("Taken back. The case waits for triage as before.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.post("/answer")
@needs(Permission.ANSWER_CASE)
def answer(case_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    with transaction():
        case = cases.case_to_change(case_id, by)
        demand(by, Permission.ANSWER_CASE, case)  # before it is told that nothing is asked
        forms = answering(case, by, request.form)
    if forms is None:
        return _too_late(case_id, by), 409
    if not forms.validate():
        return _again(case_id, by, forms), 422
    if not forms.is_settled:
        forms.refuse(None, MEANWHILE)
        return _again(case_id, by, forms), 409
    try:
        with transaction():
            information_requests.answer(cases.case_to_change(case_id, by), forms.to_answer(), by)
    except Refused as error:
        if error.code not in (Code.WRONG, Code.CHANGED_MEANWHILE):
            raise
        forms.refuse(error.field, error.sentence)
        return _again(case_id, by, forms), 422
    flash("Answered. The case waits for the coordinator at the place that it had.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _too_late(case_id: UUID, by: Actor) -> str:
    """The case as it is now, with what was typed for an answer that nobody waits for any more."""
    typed = [text for name, text in request.form.items() if text.strip() and name not in _HIDDEN]
    with transaction():
        return case_page(cases.open_case(case_id, by, Permission.ANSWER_CASE), unsent=typed)


def _again(case_id: UUID, by: Actor, forms: Answering) -> str:
    """The case's page with the answer as typed."""
    with transaction():
        return case_page(cases.open_case(case_id, by, Permission.ANSWER_CASE), forms)


def _asking(case_id: UUID, form: AskForm, *, fresh: bool = False) -> str:
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.TRIAGE_CASE)
        item = agendas.item_of_case(case.id)
        complete = of_case(case, needs_questions.needs_of(case.id), day_of_discussion(case, item, by))
        form.offer(complete, today_of(by))
        if fresh:
            form.version.data = str(case.version)
        return render_template("information_requests/ask.html", case=case, form=form, complete=complete)
