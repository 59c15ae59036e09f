"""The people who look after a case's patient: who joins, who leads, who it was, whom this case invites."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import care_team, cases
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import CareTeamMember, Case, Person
from tumorboard.storage.queries import care_team_members as questions
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import KEY_WORKERS, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.care_team import DayForm, JoinForm, join_value, read_joining, read_unticked

blueprint = Blueprint("care_team", __name__)


@blueprint.post("/cases/<uuid:case_id>/guests")
@needs(Permission.CHOOSE_GUESTS)
def choose_guests(case_id: UUID) -> Response:
    by = actor()
    with transaction():
        owed = cases.choose_guests(cases.case_to_change(case_id, by), read_unticked(request.form), by)
    told = f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No mail goes out."
    flash(f"Saved whom to invite. {told}")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.get("/cases/<uuid:case_id>/care-team")
@needs(Permission.SEE_CASE)
def show(case_id: UUID) -> str | tuple[str, int]:
    by, asked = actor(), DayForm(request.args, meta={"csrf": False})
    well = asked.validate()
    with transaction():
        page = _page(cases.open_case(case_id, by), by, asked=asked)
    return page if well else (page, 422)


@blueprint.post("/cases/<uuid:case_id>/care-team")
@needs(Permission.CHANGE_CARE_TEAM)
def join(case_id: UUID) -> Response | tuple[str, int]:
    """One from a list, or several at once."""
    by = actor()
    try:
        with transaction():
            case = cases.case_to_change(case_id, by)
            joining = read_joining(request.form)
            members = [care_team.join(case, person, by, discipline=as_) for person, as_ in joining]
            new = [member for member in members if member.joined_at >= by.at]
            known = name(members[0].person)
    except Refused as error:
        return _refused(error, case_id, by)
    if new:
        flash("Added to the care team." if len(new) == 1 else f"Added {len(new)} people to the care team.")
    else:
        flash(f"{known} is on the care team already.")
    return way_back(case_id)


@blueprint.post("/cases/<uuid:case_id>/care-team/<uuid:person_id>/lead")
@needs(Permission.CHANGE_CARE_TEAM)
def hand_over_lead(case_id: UUID, person_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    try:
        with transaction():
            case, person = cases.case_to_change(case_id, by), person_named(person_id)
            care_team.hand_over_lead(case, person, by)
            flash(f"{name(person)} leads the care team from now on.")
    except Refused as error:
        return _refused(error, case_id, by)
    return way_back(case_id)


@blueprint.post("/cases/<uuid:case_id>/care-team/<uuid:person_id>/key-worker")
@needs(Permission.CHANGE_CARE_TEAM)
def hand_over_key_worker(case_id: UUID, person_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    try:
        with transaction():
            case, person = cases.case_to_change(case_id, by), person_named(person_id)
            care_team.hand_over_key_worker(case, person, by)
            flash(f"{name(person)} is the key worker from now on.")
    except Refused as error:
        return _refused(error, case_id, by)
    return way_back(case_id)


def person_named(person_id: UUID) -> Person:
    """Somebody with an account; else there is nothing here."""
    person = people.person(person_id)
    if person is None:
        raise absent()
    return person


def _page(case: Case, by: Actor, *, asked: DayForm | None = None, refusal: Refused | None = None) -> str:
    """Everybody now, ever, and on the day asked for; ``refusal`` is why what was just tried was not done."""
    if case.patient_id is None:
        raise absent()
    form, asked = JoinForm(formdata=None), asked or DayForm(formdata=None)
    if refusal:
        form.refuse(refusal.field, refusal.sentence)
    form.offer(questions.people_not_on_team(case.patient_id, by.at))
    may_change = may(by, Permission.CHANGE_CARE_TEAM, case)
    day = asked.on.day if not asked.errors else None
    return render_template(
        "care_team/show.html",
        case=case,
        form=form,
        asked=asked,
        day=day,
        of_day=_team_on(case.patient_id, day, by.person.time_zone) if day else [],
        team=questions.present_team(case.patient_id, by.at),
        history=questions.team_history(case.patient_id),
        suggestions=care_team.suggestions(case, by.at) if may_change else [],
        may_change_team=may_change,
        key_workers=KEY_WORKERS,
        join_value=join_value,
    )


def _team_on(patient_id: UUID, day: date, zone: str) -> list[CareTeamMember]:
    """Whoever looked after the patient at some time of that day, as its reader's clocks count it."""
    try:
        begins = datetime.combine(day, time(), ZoneInfo(zone))
        return questions.team_between(patient_id, begins, begins + timedelta(days=1))
    except OverflowError:
        return []


def _refused(error: Refused, case_id: UUID, by: Actor) -> tuple[str, int]:
    """The care team's page with the reason, for whoever may change it."""
    if error.code is not Code.WRONG:
        raise error
    with transaction():
        return _page(cases.open_case(case_id, by, Permission.CHANGE_CARE_TEAM), by, refusal=error), 422


def way_back(case_id: UUID) -> Response:
    """To the page on which the button was: the case's, or the care team's."""
    where = "care_team.show" if request.form.get("from") == "team" else "cases.show"
    return redirect(url_for(where, case_id=case_id), 303)
