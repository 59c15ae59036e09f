"""What this person is asked to prepare, and the acts on it, from the list and from the page of a case."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases, preparation
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Preparation
from tumorboard.storage.queries import preparations as questions
from tumorboard.storage.queries.cases import PAGE
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import PREPARES, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.base import Form, read_id
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.preparation import HoldUpForm, ReadyForm
from tumorboard.web.prepared import prepared
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("preparation", __name__)
_ONE = "/cases/<uuid:case_id>/preparation/<uuid:preparation_id>"


@blueprint.get("/preparation")
@needs(Permission.SEE_PREPARATION)
def show() -> str:
    by, after = actor(), read_id(request.args.get("after"))
    with transaction():
        rows = prepared(preparation.list_asked(by, after), by)
        page = rows[:PAGE]
        return render_template(
            "preparation/show.html",
            meetings=[(meeting, list(each)) for meeting, each in groupby(page, lambda row: row.it.meeting)],
            shown=len(page),
            total=questions.count_for(by.person, by.at),
            waiting=questions.waiting_for(by.person, by.at),
            prepares=by.person.discipline in PREPARES,
            after=after,
            next_after=page[-1].it.id if len(rows) > PAGE else None,
            address={"after": after},
        )


@blueprint.post(f"{_ONE}/start")
@needs(Permission.PREPARE_CASE)
def start(case_id: UUID, preparation_id: UUID) -> Response:
    by, version = actor(), read_number(request.form.get("version"))
    with refusals_told(), transaction():
        it = preparation.preparation_to_change(case_id, preparation_id, by)
        preparation.start(it, by, version=version)
        _tell("Started.", it)
    return _back(case_id, preparation_id)


@blueprint.post(f"{_ONE}/ready")
@needs(Permission.PREPARE_CASE)
def mark_ready(case_id: UUID, preparation_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), ReadyForm()
    try:
        if not form.validate():
            return _page("preparation/ready.html", case_id, preparation_id, form), 422
        with transaction():
            it = preparation.preparation_to_change(case_id, preparation_id, by)
            preparation.mark_ready(it, by, sentence=form.sentence.text, version=form.seen_version())
            _tell("Ready.", it)
    except Refused as error:
        return _refused(error, "preparation/ready.html", case_id, preparation_id, form)
    return _back(case_id, preparation_id)


@blueprint.get(f"{_ONE}/cannot")
@needs(Permission.PREPARE_CASE)
def ask_why(case_id: UUID, preparation_id: UUID) -> Response | str:
    with refusals_told():
        return _page("preparation/cannot.html", case_id, preparation_id, HoldUpForm(formdata=None))
    return _back(case_id, preparation_id)


@blueprint.post(f"{_ONE}/cannot")
@needs(Permission.PREPARE_CASE)
def hold_up(case_id: UUID, preparation_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), HoldUpForm()
    try:
        with transaction():
            it = preparation.preparation_to_change(case_id, preparation_id, by)
            form.offer(it)
            if form.validate():
                preparation.hold_up(it, form.to_act(), by)
                _tell("Noted. The coordinator sees it.", it)
        if form.errors:
            return _page("preparation/cannot.html", case_id, preparation_id, form), 422
    except Refused as error:
        return _refused(error, "preparation/cannot.html", case_id, preparation_id, form)
    return _back(case_id, preparation_id)


@blueprint.post(f"{_ONE}/undo")
@needs(Permission.PREPARE_CASE)
def undo(case_id: UUID, preparation_id: UUID) -> Response:
    by, version = actor(), read_number(request.form.get("version"))
    with refusals_told(), transaction():
        it = preparation.preparation_to_change(case_id, preparation_id, by)
        preparation.undo(it, by, version=version)
        flash("Undone.")
    return _back(case_id, preparation_id)


def _page(template: str, case_id: UUID, preparation_id: UUID, form: Form) -> str:
    """The question about one preparation, with what was typed."""
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by)
        it = preparation.preparation_to_change(case_id, preparation_id, by)
        if isinstance(form, HoldUpForm):
            form.offer(it)
        return render_template(template, case=case, preparation=it, form=form, address=_address())


def _refused(
    error: Refused, template: str, case_id: UUID, preparation_id: UUID, form: ReadyForm | HoldUpForm
) -> Response | tuple[str, int]:
    """The question again, as it now stands; where it is not asked any more that is told on the page that follows."""
    if error.code not in (Code.WRONG, Code.CHANGED_MEANWHILE):
        with refusals_told():
            raise error
        return _back(case_id, preparation_id)
    form.refuse(error.field, error.sentence)
    return _page(template, case_id, preparation_id, form), STATUS[error.code]


def _tell(words: str, it: Preparation) -> None:
    """Says what was done, with its undo, which knows the version that the act has made."""
    undo = url_for("preparation.undo", case_id=it.case_id, preparation_id=it.id, **_address())
    flash({"text": words, "undo": undo, "fields": {"version": str(it.version)}})  # type: ignore[arg-type]


def _address() -> dict[str, Any]:
    """Where somebody came from, as it stands in the addresses of acts: a page of the list, or the case."""
    return {name: request.args[name] for name in ("after", "to") if request.args.get(name)}


def _back(case_id: UUID, preparation_id: UUID) -> Response:
    if request.args.get("to") == "case":
        return redirect(url_for("cases.show", case_id=case_id, _anchor="preparation"), 303)
    address = url_for("preparation.show", after=read_id(request.args.get("after")), _anchor=f"row-{preparation_id}")
    return redirect(address, 303)
