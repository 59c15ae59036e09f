"""Experts from outside: opening a case or a meeting to one until a time, and ending that."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import cases, external_access, meetings
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Notice
from tumorboard.storage.queries import external_accesses
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.external_access import ExternalForm

blueprint = Blueprint("external_access", __name__)


@blueprint.get("/cases/<uuid:case_id>/external")
@needs(Permission.OPEN_TO_EXTERNAL)
def of_case(case_id: UUID) -> str:
    return _case_page(case_id, ExternalForm(formdata=None, at="18:00"))


@blueprint.post("/cases/<uuid:case_id>/external")
@needs(Permission.OPEN_TO_EXTERNAL)
def open_case(case_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), ExternalForm()
    form.offer(external_accesses.external_people())
    if form.validate():
        try:
            with transaction():
                case = cases.case_to_change(case_id, by)
                owed = external_access.open_case(case, form.to_act(by.person.time_zone), by)
            flash(f"Opened. It closes by itself. {_mails(owed)}")
            return _to_case(case_id)
        except Refused as error:
            _put(error, form)
    return _case_page(case_id, form), 422


@blueprint.post("/cases/<uuid:case_id>/external/<uuid:access_id>/end")
@needs(Permission.OPEN_TO_EXTERNAL)
def end_for_case(case_id: UUID, access_id: UUID) -> Response:
    by = actor()
    with transaction():
        external_access.end_for_case(cases.case_to_change(case_id, by), access_id, by)
    flash("Ended. The expert does not see this case any more.")
    return _to_case(case_id)


@blueprint.get("/meetings/<uuid:meeting_id>/external")
@needs(Permission.OPEN_TO_EXTERNAL)
def of_meeting(meeting_id: UUID) -> str:
    return _meeting_page(meeting_id, ExternalForm(formdata=None, at="18:00"))


@blueprint.post("/meetings/<uuid:meeting_id>/external")
@needs(Permission.OPEN_TO_EXTERNAL)
def open_meeting(meeting_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), ExternalForm()
    form.offer(external_accesses.external_people())
    if form.validate():
        try:
            with transaction():
                meeting = meetings.meeting_to_change(meeting_id, by, Permission.OPEN_TO_EXTERNAL)
                owed = external_access.open_meeting(meeting, form.to_act(by.person.time_zone), by)
            flash(f"Opened. {_mails(owed)}")
            return _to_meeting(meeting_id)
        except Refused as error:
            _put(error, form)
    return _meeting_page(meeting_id, form), 422


@blueprint.post("/meetings/<uuid:meeting_id>/external/<uuid:access_id>/end")
@needs(Permission.OPEN_TO_EXTERNAL)
def end_for_meeting(meeting_id: UUID, access_id: UUID) -> Response:
    by = actor()
    with transaction():
        meeting = meetings.meeting_to_change(meeting_id, by, Permission.OPEN_TO_EXTERNAL)
        owed = external_access.end_for_meeting(meeting, access_id, by)
    flash(f"Ended. {_mails(owed)}")
    return _to_meeting(meeting_id)


def _case_page(case_id: UUID, form: ExternalForm) -> str:
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.OPEN_TO_EXTERNAL)
        return _page(form, case=case, meeting=None)


def _meeting_page(meeting_id: UUID, form: ExternalForm) -> str:
    with transaction():
        meeting = meetings.open_meeting(meeting_id, actor(), Permission.OPEN_TO_EXTERNAL)
        return _page(form, case=None, meeting=meeting)


def _page(form: ExternalForm, **about: Any) -> str:
    form.offer(external_accesses.external_people())
    return render_template("external_access/open.html", form=form, **about)


def _put(error: Refused, form: ExternalForm) -> None:
    if error.code is not Code.WRONG:
        raise error
    form.refuse(error.field, error.sentence)


def _mails(owed: list[Notice]) -> str:
    return f"{words.count_words(len(owed), 'mail')} on the way, to the expert alone." if owed else "No mail goes out."


def _to_case(case_id: UUID) -> Response:
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _to_meeting(meeting_id: UUID) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
