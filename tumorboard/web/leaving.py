"""Deactivating an account, with what is handed over to whom, and opening it again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import leaving, people
from tumorboard.domain.actor import Actor
from tumorboard.errors import Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people as questions
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import KEY_WORKERS, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.leaving import DeactivateForm
from tumorboard.web.hears import Hearing, hearing_of, nobody
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("leaving", __name__, url_prefix="/people/<uuid:person_id>")


@blueprint.get("/deactivate")
@needs(Permission.DEACTIVATE_PERSON)
def confirm(person_id: UUID) -> Response | str | tuple[str, int]:
    """Whom it is handed to, then what that is and who hears of it, by deactivating the person and undoing that."""
    by, form = actor(), DeactivateForm(request.args, meta={"csrf": False})
    person = _person(person_id, by)
    with refusals_told(), transaction():
        leaving.require_leavable(person, by)
        held = leaving.holdings(person, by)
        asks = bool(held.leads or held.key_worker)
        if asks and not request.args:
            return _page(person, form, held, None)
        try:
            with rehearsal():
                hearing = hearing_of(leaving.deactivate(person, form.to_deactivate(), by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
            return _page(person, form, held, None), 422
        return _page(person, form, held, hearing)
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/deactivate")
@needs(Permission.DEACTIVATE_PERSON)
def deactivate(person_id: UUID) -> Response:
    by, form = actor(), DeactivateForm()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        owed = leaving.deactivate(person, form.to_deactivate(), by)
        mails = f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No mail goes out."
        flash(f"{name(person)} is deactivated. {mails}")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/reactivate")
@needs(Permission.DEACTIVATE_PERSON)
def reactivate(person_id: UUID) -> Response:
    by = actor()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        leaving.reactivate(person, by)
        flash(f"{name(person)} can sign in again, and is on no board.")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _person(person_id: UUID, by: Actor) -> Person:
    return people.open_person(person_id, by, Permission.DEACTIVATE_PERSON)


def _page(person: Person, form: DeactivateForm, held: leaving.Holdings, hearing: Hearing | None) -> str:
    form.offer(questions.colleagues(person, person.discipline), questions.colleagues(person, *KEY_WORKERS))
    return render_template(
        "people/deactivate.html",
        who=person,
        form=form,
        held=held,
        hearing=hearing,
        others=nobody("Nobody else gets a mail."),
    )
