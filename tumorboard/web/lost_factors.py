"""Somebody has lost phone, passkey and codes, and called: an administrator takes the old second factor off."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import offices, people, second_factors
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.refusals import refusals_told
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("lost_factors", __name__, url_prefix="/people/<uuid:person_id>/second-factor")


@blueprint.get("")
@needs(Permission.CHANGE_PERSON)
def confirm(person_id: UUID) -> str:
    person = _person(person_id, actor())
    return render_template("people/lost_factor.html", who=person, factors=second_factors.factors_of(person))


@blueprint.post("")
@needs(Permission.CHANGE_PERSON)
@stepped_up
def take_off(person_id: UUID) -> Response:
    """At once; for whoever holds an office a second administrator decides first."""
    by = actor()
    person = _person(person_id, by)
    with refusals_told(), transaction():
        if person.office is None:
            second_factors.take_off(person, by)
            flash(f"Taken off. {name(person)} is told by mail, and sets up a new one at the next sign-in.")
        else:
            owed = offices.ask_to_take_off_factor(person, by)
            flash(f"Asked. {words.count_words(len(owed), 'mail')} on the way; another administrator decides.")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _person(person_id: UUID, by: Actor) -> Person:
    return people.open_person(person_id, by, Permission.CHANGE_PERSON)
