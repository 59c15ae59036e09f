"""Offices over the whole network: who holds them, asking for one, and deciding."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import offices, people
from tumorboard.errors import Refused
from tumorboard.storage.queries import offices as questions
from tumorboard.storage.queries import people as people_questions
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import AskedFor, Office, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.office import AskForOfficeForm
from tumorboard.web.hears import hearing_of
from tumorboard.web.refusals import refusals_told
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("offices", __name__, url_prefix="/people")

_DECIDED = {
    (AskedFor.GIVE_OFFICE, True): "The office is given.",
    (AskedFor.GIVE_OFFICE, False): "The office is not given.",
    (AskedFor.TAKE_OFF_FACTOR, True): "The second factor is taken off; a new one is set up at the next sign-in.",
    (AskedFor.TAKE_OFF_FACTOR, False): "The second factor stays.",
}


@blueprint.get("/offices")
@needs(Permission.DECIDE_OFFICE)
def index() -> str:
    return _page(AskForOfficeForm(formdata=None))


@blueprint.post("/offices")
@needs(Permission.ASK_FOR_OFFICE)
@stepped_up
def ask() -> Response | tuple[str, int]:
    form = AskForOfficeForm()
    form.offer(questions.candidates())
    if not form.validate():
        return _page(form), 422
    try:
        with transaction():
            owed = offices.ask(form.to_ask(), actor())
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _page(form), 422
    flash(f"Asked. {words.count_words(len(owed), 'mail')} on the way to those who may decide or watch.")
    return redirect(url_for("offices.index"), 303)


@blueprint.post("/offices/<uuid:request_id>/decide")
@needs(Permission.DECIDE_OFFICE)
@stepped_up
def decide(request_id: UUID) -> Response:
    granted = request.form.get("answer") == "give"
    with refusals_told(), transaction():
        decided = offices.decide(request_id, actor(), granted=granted)
        flash(_DECIDED[decided.asked_for, granted])
    return redirect(url_for("offices.index"), 303)


@blueprint.get("/<uuid:person_id>/office/take-away")
@needs(Permission.DECIDE_OFFICE)
def confirm_taking_away(person_id: UUID) -> Response | str:
    by = actor()
    person = people.open_person(person_id, by)
    with refusals_told(), transaction():
        office = person.office
        with rehearsal():
            hearing = hearing_of(offices.take_away(person, by))
        return render_template("people/take_office_away.html", who=person, office=office, hearing=hearing)
    return redirect(url_for("offices.index"), 303)


@blueprint.post("/<uuid:person_id>/office/take-away")
@needs(Permission.DECIDE_OFFICE)
@stepped_up
def take_away(person_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        owed = offices.take_away(people.open_person(person_id, by), by)
        flash(f"The office is taken away. {words.count_words(len(owed), 'mail')} on the way.")
    return redirect(url_for("offices.index"), 303)


def _page(form: AskForOfficeForm) -> str:
    form.offer(questions.candidates())
    holders = {office: people_questions.office_holders(office) for office in Office}
    return render_template("people/offices.html", form=form, holders=holders, requests=questions.requests())
