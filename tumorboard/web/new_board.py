"""A new board, the first step of its guided first hour."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import boards
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardKind, GuideStep, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.new_board import NewBoardForm, filled_in, refilled
from tumorboard.web.guide import ENDPOINTS

blueprint = Blueprint("new_board", __name__, url_prefix="/boards/new")


@blueprint.get("")
@needs(Permission.ADD_BOARD)
def ask() -> str:
    by = actor()
    own = {"hospital": str(by.person.hospital_id), "time_zone": by.person.hospital.time_zone}
    return _page(_form(None, by, filled_in(BoardKind.OTHER) | own), by)


@blueprint.post("/kind")
@needs(Permission.ADD_BOARD)
def fill_in() -> str:
    """Fills in what follows from the kind whose button was pressed; what was typed by hand stays."""
    by = actor()
    kind = next((each for each in BoardKind if each == request.form.get("fill")), BoardKind.OTHER)
    return _page(_form(None, by, refilled(_form(request.form, by), kind)), by)


@blueprint.post("")
@needs(Permission.ADD_BOARD)
def add() -> Response | tuple[str, int]:
    by = actor()
    form = _form(request.form, by)
    if not form.validate():
        return _page(form, by), 422
    try:
        with transaction():
            coordinator = form.chosen_coordinator() if _names_coordinator(by) else by.person
            board = boards.begin_board(form.to_policy(), coordinator, by)
    except Refused as error:
        if error.code is not Code.WRONG:
            raise
        form.refuse(error.field, error.sentence)
        return _page(form, by), 422
    flash(
        f"The {board.full_name} is there. Nobody is invited before its first dates are there;"
        " who is new here is asked to set up an account."
    )
    return redirect(url_for(ENDPOINTS[GuideStep.MEMBERS], slug=board.slug), 303)


def _form(typed: Any, by: Actor, data: dict[str, Any] | None = None) -> NewBoardForm:
    form = NewBoardForm(typed, data=data)
    form.offer(people.all_hospitals(), people.clinicians() if _names_coordinator(by) else [])
    return form


def _names_coordinator(by: Actor) -> bool:
    return may(by, Permission.CHANGE_PERSON)


def _page(form: NewBoardForm, by: Actor) -> str:
    return render_template("boards/new.html", form=form, kinds=BoardKind, names_coordinator=_names_coordinator(by))
