"""Break-glass: opening one patient's record, ending that, and the reviews."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import break_glass
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.queries import break_glass as questions
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Office, Permission, ReviewOutcome
from tumorboard.web.access import actor, needs
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.break_glass import BreakGlassForm, ReviewForm
from tumorboard.web.refusals import refusals_told
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("break_glass", __name__, url_prefix="/break-glass")

A_YEAR = timedelta(days=365)


@blueprint.get("")
@needs(Permission.SEE_OWN_WORK)
def index() -> str:
    """Where the mail leads: an officer to the reviews, a patient's lead to what was opened of their patients."""
    return _uses()


def _uses(glass_id: UUID | None = None, typed: ReviewForm | None = None) -> str:
    """The page; ``typed`` is a review of ``glass_id`` that was refused."""
    by = actor()
    with transaction():
        return render_template(
            "break_glass/index.html",
            uses=break_glass.list_uses(by),
            reviews=may(by, Permission.REVIEW_BREAK_GLASS),
            may_open=may(by, Permission.BREAK_GLASS),
            typed={glass_id: typed},
        )


@blueprint.get("/new")
@needs(Permission.BREAK_GLASS)
def new() -> str:
    return _form(BreakGlassForm(formdata=None, hospital=str(actor().person.hospital_id)))


@blueprint.post("/new")
@needs(Permission.BREAK_GLASS)
@stepped_up
def open_record() -> Response | tuple[str, int]:
    form, by = BreakGlassForm(), actor()
    form.offer(people.all_hospitals())
    if not form.validate():
        return _form(form), 422
    with transaction():
        opened = break_glass.open_record(form.to_act(), by)
    if isinstance(opened, Refused):
        form.refuse(opened.field, opened.sentence)
        return _form(form), STATUS[opened.code]
    return redirect(url_for("break_glass.show", glass_id=opened.id), 303)


@blueprint.get("/<uuid:glass_id>")
@needs(Permission.BREAK_GLASS)
def show(glass_id: UUID) -> str:
    with transaction():
        glass, cases = break_glass.open_patient(glass_id, actor())
        return render_template("break_glass/show.html", glass=glass, cases=cases)


@blueprint.post("/<uuid:glass_id>/end")
@needs(Permission.BREAK_GLASS)
def end(glass_id: UUID) -> Response:
    with transaction():
        break_glass.end(glass_id, actor())
    flash("Ended. The record is closed to you again.")
    return redirect(url_for("today.show"), 303)


@blueprint.post("/<uuid:glass_id>/review")
@needs(Permission.REVIEW_BREAK_GLASS)
def review(glass_id: UUID) -> Response | tuple[str, int]:
    form = ReviewForm()
    if not form.validate():
        return _uses(glass_id, form), 422
    outcome = next((each for each in ReviewOutcome if each == request.form.get("outcome")), None)
    with refusals_told(), transaction():
        if outcome is None:
            raise Refused(Code.WRONG, "Choose what you found.")
        break_glass.review(glass_id, outcome, form.note.text, actor())
        flash(f"Reviewed: {outcome.label.lower()}.")
    return redirect(url_for("break_glass.index"), 303)


def _form(form: BreakGlassForm) -> str:
    by = actor()
    form.offer(people.all_hospitals())
    return render_template(
        "break_glass/new.html",
        form=form,
        until=by.at + break_glass.LASTS,
        officers=len(people.office_holders(Office.PRIVACY_OFFICER)),
        uses=questions.uses_since(by.person.id, by.at - A_YEAR),
    )
