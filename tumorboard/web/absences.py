"""Absences with a deputy: one's own from the settings, somebody else's from their page."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import absences
from tumorboard.domain.actor import Actor
from tumorboard.errors import Refused, absent
from tumorboard.storage.models import Notice, Person
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.absence import AbsenceForm
from tumorboard.web.hears import hearing_of, nobody
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("absences", __name__, url_prefix="/people/<uuid:person_id>/absences")


@blueprint.get("/new")
@needs(Permission.ADD_ABSENCE)
def confirm(person_id: UUID) -> str | tuple[str, int]:
    """The form; and once it is filled in what falls into the absence and who hears of it, by adding and undoing it."""
    by = actor()
    person, form = _person(person_id, by), AbsenceForm(request.args, meta={"csrf": False})
    form.offer(people.colleagues(person, person.discipline))
    if not request.args:
        return _form(person, form)
    if not form.validate():
        return _form(person, form), 422
    act = form.to_add()
    try:
        with transaction():
            falls = absences.falls_into(person, act, by.at)
            with rehearsal():
                hearing = hearing_of(absences.add(person, act, by))
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _form(person, form), 422
    return render_template(
        "absences/confirm.html",
        who=person,
        form=form,
        act=act,
        deputy=people.person(act.deputy_id),
        falls=falls,
        hearing=hearing,
        others=nobody("The others at these meetings get nothing."),
        back=_back(person, by),
    )


@blueprint.post("")
@needs(Permission.ADD_ABSENCE)
def add(person_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    person, form = _person(person_id, by), AbsenceForm()
    form.offer(people.colleagues(person, person.discipline))
    if not form.validate():
        return _form(person, form), 422
    try:
        with transaction():
            owed = absences.add(person, form.to_add(), by)
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _form(person, form), 422
    flash(f"The absence is noted. {_mails(owed)}")
    return redirect(_back(person, by), 303)


@blueprint.post("/<uuid:absence_id>/end")
@needs(Permission.ADD_ABSENCE)
def end(person_id: UUID, absence_id: UUID) -> Response:
    by = actor()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        owed = absences.end(absences.open_absence(person, absence_id, by), by)
        flash(f"The absence is over. {_mails(owed)}")
    return redirect(_back(person, by), 303)


def _person(person_id: UUID, by: Actor) -> Person:
    person = people.person(person_id)
    if person is None:
        raise absent()
    absences.require_may_add(person, by)
    return person


def _form(person: Person, form: AbsenceForm) -> str:
    return render_template("absences/new.html", who=person, form=form, back=_back(person, actor()))


def _back(person: Person, by: Actor) -> str:
    return url_for("me.show") if person.id == by.person.id else url_for("people.show", person_id=person.id)


def _mails(owed: list[Notice]) -> str:
    return f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No mail goes out."
