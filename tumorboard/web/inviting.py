"""Inviting people: one by a form, many by a list that is shown before anything goes out."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.config import Settings
from tumorboard.domain import people
from tumorboard.domain.actor import Actor
from tumorboard.errors import Refused
from tumorboard.storage.queries import people as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.inviting import Line, decoded, read_list
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.person import InviteForm, require_known_fields
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("inviting", __name__, url_prefix="/people")


@blueprint.get("/invite")
@needs(Permission.INVITE_PEOPLE)
def new() -> str:
    return _form(InviteForm(formdata=None, data={"hospital": str(actor().person.hospital_id)}))


@blueprint.post("/invite")
@needs(Permission.INVITE_PEOPLE)
def invite() -> Response | tuple[str, int]:
    form = InviteForm()
    require_known_fields(form, request.form)
    form.offer(questions.all_hospitals())
    if not form.validate():
        return _form(form), 422
    try:
        with transaction():
            person = people.invite(form.to_invite(), actor(), _domains())
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _form(form, outside=people.is_outside(form.email.text, _domains())), 422
    flash(f"{name(person)} is invited. 1 mail on the way.")
    return redirect(url_for("people.show", person_id=person.id), 303)


@blueprint.get("/invite-list")
@needs(Permission.INVITE_PEOPLE)
def new_list() -> str:
    return render_template("people/invite_list.html", text="", problem="")


@blueprint.post("/invite-list")
@needs(Permission.INVITE_PEOPLE)
def preview_list() -> str | tuple[str, int]:
    """Says of each line what would be done; nothing is sent yet."""
    text = request.form.get("text", "")
    try:
        file = request.files.get("file")
        text = decoded(file.read()) if file and file.filename else text
        return _preview(text, _lines(text, actor()))
    except Refused as error:
        return render_template("people/invite_list.html", text=text, problem=error.sentence), 422


@blueprint.post("/invite-list/send")
@needs(Permission.INVITE_PEOPLE)
def invite_list() -> Response | str | tuple[str, int]:
    """Invites whom the preview said, without the wrong lines; another number than was shown is shown again first."""
    by, text = actor(), request.form.get("text", "")
    try:
        with transaction():
            lines = _lines(text, by)
            acts = [line.act for line in lines if line.act]
            if not acts or len(acts) != read_number(request.form.get("count")):
                return _preview(text, lines), 422
            invited = people.invite_all(acts, by, _domains())
    except Refused as error:
        return render_template("people/invite_list.html", text=text, problem=error.sentence), 422
    flash(f"{words.count_words(len(invited), 'invitation')} on the way.")
    return redirect(url_for("people.index", tab="invited"), 303)


@blueprint.post("/<uuid:person_id>/invite-again")
@needs(Permission.INVITE_PEOPLE)
def invite_again(person_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        people.invite_again(people.open_person(person_id, by), by)
        flash("A new link is on the way; the one before it works no more.")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<uuid:person_id>/withdraw-invitation")
@needs(Permission.INVITE_PEOPLE)
def withdraw(person_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        people.withdraw_invitation(people.open_person(person_id, by), by)
        flash("The invitation is withdrawn; its link works no more.")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _form(form: InviteForm, *, outside: bool = False) -> str:
    form.offer(questions.all_hospitals())
    return render_template("people/invite.html", form=form, outside=outside or form.outside_meant.data)


def _lines(text: str, by: Actor) -> list[Line]:
    """The lines of the list, each with its act or with what to do about it; a second line of one address is wrong."""
    lines = read_list(text, questions.all_hospitals(), by.person.hospital)
    taken = questions.addresses_taken([line.act.email for line in lines if line.act])
    named: dict[str, int] = {}  # address -> the first line that has it
    return [_checked(line, taken, named) for line in lines]


def _checked(line: Line, taken: set[str], named: dict[str, int]) -> Line:
    hindrance = people.hindrance_to(line.act, taken, _domains()) if line.act else None
    if line.act is None or hindrance:
        return replace(line, act=None, problem=hindrance.sentence if hindrance else line.problem)
    first = named.setdefault(people.address(line.act.email).lower(), line.number)
    if first != line.number:
        return replace(line, act=None, problem=f"Line {first} has this e-mail address too. Take one of them out.")
    return line


def _preview(text: str, lines: list[Line]) -> str:
    right = [line for line in lines if line.act]
    wrong_first = sorted(lines, key=lambda line: line.act is not None)
    hospitals = {hospital.id: hospital for hospital in questions.all_hospitals()}
    return render_template("people/invite_preview.html", text=text, lines=wrong_first, right=right, hospitals=hospitals)


def _domains() -> tuple[str, ...]:
    settings: Settings = current_app.config["TUMORBOARD"]
    return settings.mail_domains
