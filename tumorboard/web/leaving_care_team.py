"""Leaving a care team: now by a click, or after a day on a page of its own; and staying after all."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import care_team, cases
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.queries import care_team_members as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.care_team import person_named, way_back
from tumorboard.web.filters import name
from tumorboard.web.forms.care_team import LeaveTeamForm
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("leaving_care_team", __name__, url_prefix="/cases/<uuid:case_id>/care-team/<uuid:person_id>")


@blueprint.get("/leave")
@needs(Permission.CHANGE_CARE_TEAM)
def ask(case_id: UUID, person_id: UUID) -> Response | str:
    """The form; of somebody who is not on the team it leads to the team."""
    with transaction():
        return _page(case_id, person_id, LeaveTeamForm(formdata=None), actor())


@blueprint.post("/leave")
@needs(Permission.CHANGE_CARE_TEAM)
def leave(case_id: UUID, person_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), LeaveTeamForm()
    if not form.validate():
        return _refused(case_id, person_id, form, by)
    try:
        with transaction():
            case, person, day = cases.case_to_change(case_id, by), person_named(person_id), form.last_day.day
            care_team.leave(case, person, by, next_lead=form.chosen_lead(), last_day=day)
            still_sees = may(by, Permission.SEE_CASE, case)
            left = f"{name(person)} leaves the care team after {words.date_words(day)}." if day else ""
    except Refused as error:
        if error.code is not Code.WRONG:
            raise
        form.refuse(error.field, error.sentence)
        return _refused(case_id, person_id, form, by)
    flash(left or "Taken off the care team.")
    return way_back(case_id) if still_sees else redirect(url_for("today.show"), 303)


@blueprint.post("/stay")
@needs(Permission.CHANGE_CARE_TEAM)
def stay(case_id: UUID, person_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        person = person_named(person_id)
        care_team.stay(cases.case_to_change(case_id, by), person, by)
        flash(f"{name(person)} stays on the care team.")
    return way_back(case_id)


def _refused(case_id: UUID, person_id: UUID, form: LeaveTeamForm, by: Actor) -> Response | tuple[str, int]:
    with transaction():
        page = _page(case_id, person_id, form, by)
    return page if isinstance(page, Response) else (page, 422)


def _page(case_id: UUID, person_id: UUID, form: LeaveTeamForm, by: Actor) -> Response | str:
    case = cases.open_case(case_id, by, Permission.CHANGE_CARE_TEAM)
    team = questions.present_team(case.patient_id, by.at) if case.patient_id else []
    member = next((each for each in team if each.person_id == person_id), None)
    if member is None:
        return redirect(url_for("care_team.show", case_id=case_id), 303)
    form.offer([each.person for each in team if each.id != member.id])
    back = request.form.get("from", "team")
    return render_template("care_team/leave.html", case=case, member=member, form=form, team=team, back=back)
