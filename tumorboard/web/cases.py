"""Cases: one's own, one whole, its form while it is a draft, submitting and withdrawing it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from tumorboard.domain import cases, drafts, episodes, patients
from tumorboard.domain.drafts import SaveDraft
from tumorboard.errors import Code, Refused
from tumorboard.storage.db import new_id
from tumorboard.storage.queries import cases as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CaseState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_form import autosaved, case_form, case_form_page, kept_form_page, refused_form_page
from tumorboard.web.case_page import case_page
from tumorboard.web.draft_versions import keep_together
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.draft import (
    draft_again,
    fresh_draft,
    posted_draft,
    storable,
    with_row,
    without_row,
)
from tumorboard.web.forms.withdrawal import WithdrawForm
from tumorboard.web.limits import limiter, person_asking
from tumorboard.web.paging import after_words, one_page, read_after

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
@needs(Permission.SUBMIT_CASE)
def index() -> str:
    state = next((state for state in CaseState if state == request.args.get("state")), None)
    with transaction():
        found = cases.list_own(actor(), state=state, after=read_after(request.args.get("after")))
        page, more = one_page(found, lambda case: case.state_since)
        return render_template(
            "cases/index.html",
            cases=page,
            state=state,
            states=[each for each in CaseState if each is not CaseState.DRAFT],
            counts=questions.own_counts(current_user.person.id, g.at),
            next_after=after_words(more) if more else None,
        )


@blueprint.get("/cases/<uuid:case_id>")
@needs(Permission.SEE_CASE)
def show(case_id: UUID) -> Response | str:
    with transaction():
        case = cases.open_case(case_id, actor())
        if case.state is CaseState.DRAFT:
            return redirect(url_for("cases.draft", case_id=case_id))
        return case_page(case)


@blueprint.get("/cases/new")
@needs(Permission.SUBMIT_CASE)
def new() -> str:
    """An empty form; with the board chosen that the address names, or to which all of the person's cases go."""
    act = fresh_draft()
    form, board_id = case_form(act), read_id(request.args.get("board")) or cases.usual_board_id(actor())
    if board_id:
        form.board.data = str(board_id)
    return case_form_page(form, new_id(), act)


@blueprint.get("/cases/<uuid:case_id>/draft")
@needs(Permission.EDIT_DRAFT)
def draft(case_id: UUID) -> Response | str:
    with transaction():
        kept = drafts.open_draft(case_id, actor())
        if kept.state is not CaseState.DRAFT:
            return redirect(url_for("cases.show", case_id=case_id))
        act = draft_again(kept)
        return case_form_page(case_form(act), case_id, act)


@blueprint.get("/cases/<uuid:case_id>/submit")
@blueprint.get("/cases/<uuid:case_id>/rows")
@blueprint.get("/cases/<uuid:case_id>/patient")
@blueprint.get("/cases/<uuid:case_id>/report")
@blueprint.get("/cases/<uuid:case_id>/known")
@needs(Permission.SUBMIT_CASE)
def to_draft(case_id: UUID) -> Response:
    """The address of a refused form, opened again: its draft holds what was typed."""
    return redirect(url_for("cases.draft", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/draft")
@needs(Permission.SUBMIT_CASE)
def save_draft(case_id: UUID) -> Response | tuple[str, int]:
    act = posted_draft(request.form)
    if request.accept_mimetypes.best == "application/json":
        return autosaved(case_id, act)
    try:
        with transaction():
            kept = keep_together(case_id, act, actor())
    except Refused as error:
        return _refused(error, case_id, act)
    if kept.found:
        flash("Saved. This is the draft as it is now, with what was saved elsewhere meanwhile.")
        return redirect(url_for("cases.draft", case_id=case_id), 303)
    flash("Kept as a draft.")
    return redirect(url_for("today.show"), 303)


@blueprint.post("/cases/<uuid:case_id>/rows")
@needs(Permission.SUBMIT_CASE)
def change_rows(case_id: UUID) -> Response | tuple[str, int]:
    """Without scripts: one examination more or less, and the form as it is when a box's Enter asks for neither."""
    act = posted_draft(request.form)
    act = with_row(act, request.form.get("add", ""))
    act = without_row(act, request.form.get("remove", ""))
    try:
        with transaction():
            drafts.save_draft(case_id, storable(act), actor())
    except Refused as error:
        return _refused(error, case_id, act)
    return redirect(url_for("cases.draft", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/submit")
@needs(Permission.SUBMIT_CASE)
@limiter.limit("60/minute", key_func=person_asking)
def submit(case_id: UUID) -> Response | tuple[str, int]:
    act = posted_draft(request.form)
    form = case_form(act)
    if not form.validate():
        return kept_form_page(form, case_id, act), 422
    try:
        with transaction():
            case = cases.submit(case_id, form.to_submit(), actor(), typed=act)
    except Refused as error:
        if error.code is Code.ABSENT:
            raise
        if error.field == "mrn":
            with transaction():
                patients.record_mismatch(actor())
        if error.field == "separate_why":
            form.offer_cases(episodes.open_cases(form.to_submit().patient, actor()))
        form.refuse(error.field, error.sentence)
        return kept_form_page(form, case_id, act), 422
    flash(f"Submitted to the {case.board.full_name}." if case.board else "Submitted.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/discard")
@needs(Permission.EDIT_DRAFT)
def discard(case_id: UUID) -> Response:
    with transaction():
        drafts.discard_draft(case_id, actor())
    undo = url_for("cases.restore", case_id=case_id)
    flash({"text": "Draft discarded.", "undo": undo})  # type: ignore[arg-type]  # the macro toasts draws both
    return redirect(url_for("today.show"), 303)


@blueprint.post("/cases/<uuid:case_id>/restore")
@needs(Permission.EDIT_DRAFT)
def restore(case_id: UUID) -> Response:
    with transaction():
        drafts.restore_draft(case_id, actor())
    flash("The draft is back.")
    return redirect(url_for("today.show"), 303)


@blueprint.get("/cases/<uuid:case_id>/withdraw")
@needs(Permission.WITHDRAW_CASE)
def ask_to_withdraw(case_id: UUID) -> str:
    """Without scripts: the dialog of the case's page as a page of its own."""
    return _withdrawal(case_id, WithdrawForm(formdata=None))


@blueprint.post("/cases/<uuid:case_id>/withdraw")
@needs(Permission.WITHDRAW_CASE)
def withdraw(case_id: UUID) -> Response | tuple[str, int]:
    form, by = WithdrawForm(), actor()
    if not form.validate():
        return _withdrawal(case_id, form), 422
    try:
        with transaction():
            case = cases.case_to_change(case_id, by)
            cases.withdraw(case, by, why=form.why.text, version=form.seen_version())
    except Refused as error:
        if error.code is not Code.CHANGED_MEANWHILE:
            raise
        form.refuse(None, error.sentence)
        return _withdrawal(case_id, form), 409
    flash("Withdrawn. The case stays here to be read.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _withdrawal(case_id: UUID, form: WithdrawForm) -> str:
    """The page that asks, about the case as it is now."""
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.WITHDRAW_CASE)
        form.version.data = str(case.version)
        return render_template("cases/withdraw.html", case=case, form=form)


def _refused(error: Refused, case_id: UUID, act: SaveDraft) -> tuple[str, int]:
    if error.code is Code.ABSENT:
        raise error
    return refused_form_page(error, case_form(act), case_id, act), STATUS[error.code]
