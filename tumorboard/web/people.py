"""People: the directory, one person's page, and changing what is known of them."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import absences, accounts, certifications, leaving_later, particulars, people
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import absences as absence_questions
from tumorboard.storage.queries import audit_entries, directory, leaving, meetings
from tumorboard.storage.queries import boards as board_questions
from tumorboard.storage.queries import people as questions
from tumorboard.storage.queries.directory import Asked, Sort, Tab
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Discipline, Office, Permission
from tumorboard.web.access import actor, limits, needs
from tumorboard.web.forms.base import read_id, too_long
from tumorboard.web.forms.person import ChangePersonForm, particulars_of, require_known_fields
from tumorboard.web.limits import limiter, person_asking
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("people", __name__, url_prefix="/people")

LONGEST_SEARCH = 80
COMING = 4
"""So many coming meetings stand beside a person."""


@blueprint.get("")
@needs(Permission.SEE_PEOPLE)
@limiter.limit("600/minute", key_func=person_asking)
def index() -> str | tuple[str, int]:
    asked = _asked()
    problem = too_long(asked.text, LONGEST_SEARCH)
    return (_directory(asked, problem), 422) if problem else _directory(asked)


def _directory(asked: Asked, problem: str = "") -> str:
    """A page of the directory; of nobody where a ``problem`` says why nobody was looked for."""
    by = actor()
    rows = [] if problem else directory.page_of_people(asked)
    page = rows[: directory.PAGE]
    return render_template(
        "people/index.html",
        asked=asked,
        problem=problem,
        people=page,
        next_after=page[-1].id if len(rows) > len(page) else None,
        counts=None if problem else directory.tab_counts(asked),
        tabs_there=Tab,
        sorts=Sort,
        disciplines=Discipline,
        hospitals=questions.all_hospitals(),
        boards=board_questions.all_boards(),
        may_invite=may(by, Permission.INVITE_PEOPLE),
        may_change_hospitals=may(by, Permission.CHANGE_HOSPITAL),
        keeps=_keeps(by),
        **_beside([person.id for person in page], by),
    )


@blueprint.get("/<uuid:person_id>")
@needs(Permission.SEE_PEOPLE)
def show(person_id: UUID) -> str:
    by = actor()
    person = people.open_person(person_id, by)
    today = by.at.astimezone(ZoneInfo(person.time_zone)).date()
    return render_template(
        "people/show.html",
        who=person,
        boards=leaving.board_places(person.id, by.at),
        absences=absence_questions.absences_of(person.id),
        their_today=today,
        last_day=leaving_later.last_day_of(person),
        days_left=certifications.days_left(person, today),
        is_invited=people.is_invited(person),
        link=directory.join_links([person.id]).get(person.id),
        keeps=_keeps(by),
        may_add_absence=absences.may_add(person, by),
        may_change=may(by, Permission.CHANGE_PERSON),
        may_invite=may(by, Permission.INVITE_PEOPLE),
        now=by.at,
        **(_kept(person, by) if _keeps(by) else {}),
    )


@blueprint.get("/<uuid:person_id>/edit")
@needs(Permission.CHANGE_PERSON)
def edit(person_id: UUID) -> str:
    person = people.open_person(person_id, actor(), Permission.CHANGE_PERSON)
    form = ChangePersonForm(formdata=None, data=particulars_of(person, particulars.imprint(person)))
    return _form(person, form)


@blueprint.post("/<uuid:person_id>/edit")
@needs(Permission.CHANGE_PERSON)
def change(person_id: UUID) -> Response | tuple[str, int]:
    by = actor()
    person, form = people.open_person(person_id, by, Permission.CHANGE_PERSON), ChangePersonForm()
    require_known_fields(form, request.form)
    form.offer(questions.all_hospitals())
    if not form.validate():
        return _form(person, form), 422
    try:
        with transaction():
            particulars.change(person, form.to_change(), form.seen.data or "", by)
    except Refused as error:
        form.refuse(error.field, error.sentence)
        if error.code is Code.CHANGED_MEANWHILE:
            form.show_beside(particulars_of(person, particulars.imprint(person)))
        return _form(person, form), 422
    flash("Changed.")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<uuid:person_id>/sessions/end")
@needs(Permission.CHANGE_PERSON)
@stepped_up
def end_sessions(person_id: UUID) -> Response:
    by = actor()
    with transaction():
        ended = accounts.sign_out_everywhere(people.open_person(person_id, by, Permission.CHANGE_PERSON), by)
        flash(f"Signed out in {words.count_words(ended, 'place')}." if ended else "No session was open.")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _form(person: Person, form: ChangePersonForm) -> str:
    form.offer(questions.all_hospitals())
    return render_template("people/edit.html", who=person, form=form)


def _keeps(by: Actor) -> bool:
    """Whether this person keeps accounts, or watches over who does: they see what colleagues do not."""
    return by.person.office in (Office.ADMINISTRATOR, Office.PRIVACY_OFFICER)


def _kept(person: Person, by: Actor) -> dict[str, Any]:
    """What only those see who keep accounts: of care teams the number, never a patient."""
    return {
        "care_teams": leaving.care_team_counts([person.id], by.at).get(person.id, 0),
        "sessions": leaving.open_session_count(person.id, by.at - limits().absolute),
        "last_here": directory.last_here([person.id]).get(person.id),
        "failed": directory.mail_that_failed([person.id]).get(person.id),
        "meetings": [
            meeting
            for meeting in (
                [] if person.deactivated_at else meetings.coming_meetings_of_person(person.id, by.at, COMING)
            )
            if person.leaves_at is None or meeting.starts_at < person.leaves_at
        ],
        **_history(person),
    }


def _history(person: Person) -> dict[str, Any]:
    """What was done, with the boards whose places it is about."""
    deeds = audit_entries.history_of_person(person.id)
    about = {subject for deed in deeds for subject in deed.entry.subject_ids}
    return {"history": deeds, "history_boards": board_questions.boards_among(about)}


def _beside(person_ids: list[UUID], by: Actor) -> dict[str, Any]:
    """What the directory says of each of these people besides their row."""
    keeps = _keeps(by)
    return {
        "places": directory.board_places(person_ids, by.at),
        "absences": absence_questions.not_over(person_ids, by.at.date()),
        "links": directory.join_links(person_ids),
        "failed": directory.mail_that_failed(person_ids) if keeps else {},
        "care_teams": leaving.care_team_counts(person_ids, by.at) if keeps else {},
        "last_here": directory.last_here(person_ids) if keeps else {},
        "now": by.at,
    }


def _asked() -> Asked:
    """What the address asks for; whatever in it means nothing narrows nothing."""
    given = request.args
    return Asked(
        at=g.at,
        tab=next((tab for tab in Tab if tab == given.get("tab")), Tab.ALL),
        sort=next((sort for sort in Sort if sort == given.get("sort")), Sort.NAME),
        text=given.get("text", "").replace("\0", "").strip(),
        discipline=next((each for each in Discipline if each == given.get("discipline")), None),
        hospital_id=read_id(given.get("hospital")),
        board_id=read_id(given.get("board")),
        after=read_id(given.get("after")),
    )
