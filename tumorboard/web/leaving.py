"""Deactivating an account, now or after a day, with what is handed over to whom; and opening it again."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import cover, leaving, leaving_later, people, succession
from tumorboard.domain.actor import Actor
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Notice, Person
from tumorboard.storage.queries import absences
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import KEY_WORKERS, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.leaving import DeactivateForm
from tumorboard.web.hears import Hearing, hearing_of, nobody
from tumorboard.web.refusals import refusals_told
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("leaving", __name__, url_prefix="/people/<uuid:person_id>")


@blueprint.get("/deactivate")
@needs(Permission.DEACTIVATE_PERSON)
def confirm(person_id: UUID) -> Response | str | tuple[str, int]:
    """When, and whom it is handed to; then what that is and who hears of it, by doing it and undoing that."""
    by, form = actor(), DeactivateForm(request.args, meta={"csrf": False})
    person = _person(person_id, by)
    with refusals_told(), transaction():
        leaving.require_leavable(person, by)
        held = leaving.holdings(person, by)
        if not request.args:
            return _page(person, form, held, None)
        _offer(form, person)
        if not form.validate():
            return _page(person, form, held, None), 422
        try:
            with rehearsal():
                hearing = hearing_of(_act(person, form, by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
            return _page(person, form, held, None), 422
        return _page(person, form, held, hearing)
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/deactivate")
@needs(Permission.DEACTIVATE_PERSON)
@stepped_up
def deactivate(person_id: UUID) -> Response:
    by, form = actor(), DeactivateForm()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        _offer(form, person)
        if not form.validate():
            raise Refused(Code.WRONG, "Choose the day and the successors again: these cannot be.")
        owed, day = _act(person, form, by), form.last_day.day
        mails = f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No calendar changes."
        done = (
            f"The account of {name(person)} ends after {words.date_words(day)}"
            if day
            else f"{name(person)} is deactivated"
        )
        flash(f"{done}. {mails}")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/deactivate/take-back")
@needs(Permission.DEACTIVATE_PERSON)
@stepped_up
def keep(person_id: UUID) -> Response:
    by = actor()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        owed = leaving_later.keep(person, by)
        mails = f"{words.count_words(len(owed), 'calendar mail')} on the way." if owed else "No calendar changes."
        flash(f"Taken back: {name(person)} stays. {mails}")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/reactivate")
@needs(Permission.DEACTIVATE_PERSON)
@stepped_up
def reactivate(person_id: UUID) -> Response:
    by = actor()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        leaving.reactivate(person, by)
        flash(f"{name(person)} can sign in again, and is on no board.")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _person(person_id: UUID, by: Actor) -> Person:
    return people.open_person(person_id, by, Permission.DEACTIVATE_PERSON)


def _act(person: Person, form: DeactivateForm, by: Actor) -> list[Notice]:
    """Now, or after the day that was chosen."""
    if form.last_day.day is None:
        return leaving.deactivate(person, form.to_deactivate(), by)
    return leaving_later.plan(person, form.to_deactivate(), form.last_day.day, by)


def _offer(form: DeactivateForm, person: Person) -> None:
    form.offer(succession.candidates(person, person.discipline), succession.candidates(person, *KEY_WORKERS))


def _page(person: Person, form: DeactivateForm, held: leaving.Holdings, hearing: Hearing | None) -> str:
    _offer(form, person)
    return render_template(
        "people/deactivate.html",
        who=person,
        form=form,
        held=held,
        gaps=[place.board for place in held.boards if cover.is_alone(place, g.at)],
        leaderless=[place for place in held.boards if cover.leads_alone(place, g.at)],
        stands_in=absences.stands_in_from(person.id, form.last_day.day or g.at.date()),
        hearing=hearing,
        others=nobody("No other calendar changes. The other administrators and the privacy officers are told."),
    )
