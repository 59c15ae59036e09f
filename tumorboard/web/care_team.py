"""The people who look after a case's patient: who joins, who leaves, whom this case invites."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import care_team, cases
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_page import case_page
from tumorboard.web.forms.care_team import JoinForm, read_unticked

blueprint = Blueprint("care_team", __name__)


@blueprint.post("/cases/<uuid:case_id>/guests")
@needs(Permission.CHOOSE_GUESTS)
def choose_guests(case_id: UUID) -> Response:
    by = actor()
    with transaction():
        cases.choose_guests(cases.case_to_change(case_id, by), read_unticked(request.form), by)
    flash("Kept. Whoever is ticked is invited to this case's meeting.")
    return _back(case_id)


@blueprint.post("/cases/<uuid:case_id>/care-team")
@needs(Permission.CHANGE_CARE_TEAM)
def join(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), JoinForm()
    try:
        with transaction():
            care_team.join(cases.case_to_change(case_id, by), form.chosen(), by)
    except Refused as error:
        if error.code is not Code.WRONG:
            raise
        form.refuse(error.field, error.sentence)
        with transaction():
            return case_page(cases.open_case(case_id, by, Permission.CHANGE_CARE_TEAM), joining=form), 422
    flash("Added to the care team.")
    return _back(case_id)


@blueprint.post("/cases/<uuid:case_id>/care-team/<uuid:person_id>/leave")
@needs(Permission.CHANGE_CARE_TEAM)
def leave(case_id: UUID, person_id: UUID) -> Response:
    by = actor()
    with transaction():
        person = people.person(person_id)
        if person is None:
            raise absent()
        care_team.leave(cases.case_to_change(case_id, by), person, by)
    flash("Taken off the care team.")
    return _back(case_id)


def _back(case_id: UUID) -> Response:
    return redirect(url_for("cases.show", case_id=case_id), 303)
