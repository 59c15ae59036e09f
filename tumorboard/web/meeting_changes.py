"""Moving a meeting to another time or place, taking that back, and cancelling."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.config import Settings
from tumorboard.domain import meetings
from tumorboard.domain.actor import Actor
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.errors import Refused
from tumorboard.storage.models import Meeting
from tumorboard.storage.queries import agendas, answers
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission
from tumorboard.web import one_date
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.meeting import (
    CancelMeetingForm,
    MoveBackForm,
    MoveMeetingForm,
    move_back_fields,
    when_and_where,
)
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.hears import Line, answers_lost, hearing_of
from tumorboard.web.one_date import OneDate
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("meeting_changes", __name__, url_prefix="/meetings/<uuid:meeting_id>")


@blueprint.get("/move")
@needs(Permission.CHANGE_MEETING)
def ask_where_to(meeting_id: UUID) -> Response | str | tuple[str, int]:
    """The form; with its fields in the address the move, rehearsed."""
    by = actor()
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        if request.args:
            return _rehearsed(meeting, MoveMeetingForm(request.args, meta={"csrf": False}), by)
        form = MoveMeetingForm(formdata=None, **when_and_where(meeting), version=meeting.version)
        return _move_page(meeting, form)
    return _to_the_meeting(meeting_id)


@blueprint.post("/move")
@needs(Permission.CHANGE_MEETING)
def move(meeting_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), MoveMeetingForm()
    if form.validate():
        try:
            return _move(meeting_id, form, by)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        preview = _preview(meeting, form, by) if set(form.errors) == {form.why.name} else None
        return _move_page(meeting, form, preview), 422
    return _to_the_meeting(meeting_id)


@blueprint.post("/move-back")
@needs(Permission.CHANGE_MEETING)
def move_back(meeting_id: UUID) -> Response:
    """Undoes the last move: whoever has not been told of it never hears of it."""
    by = actor()
    with refusals_told(), transaction():
        owed = meetings.move_back(_to_change(meeting_id, by), MoveBackForm().to_move(), by)
        told = f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No mail goes out."
        flash(f"Undone. {told}")
    return _to_the_meeting(meeting_id)


@blueprint.get("/cancel")
@needs(Permission.CHANGE_MEETING)
def ask_why(meeting_id: UUID) -> Response | str:
    by = actor()
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        return _cancel_page(meeting, CancelMeetingForm(version=meeting.version), by)
    return _to_the_meeting(meeting_id)


@blueprint.post("/cancel")
@needs(Permission.CHANGE_MEETING)
def cancel(meeting_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), CancelMeetingForm()
    if form.validate():
        try:
            with transaction():
                owed = meetings.cancel(_to_change(meeting_id, by), form.to_cancel(), by)
                flash(f"Cancelled. {words.count_words(len(owed), 'mail')} on the way.")
            return _to_the_meeting(meeting_id)
        except Refused as error:
            form.refuse("own_words" if error.field else None, error.sentence)
    with refusals_told(), transaction():
        return _cancel_page(_to_change(meeting_id, by), form, by), 422
    return _to_the_meeting(meeting_id)


@blueprint.get("/restore")
@needs(Permission.CHANGE_MEETING)
def ask_to_restore(meeting_id: UUID) -> Response | str:
    by = actor()
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        with rehearsal():
            hearing = hearing_of(meetings.restore(meeting, by, version=meeting.version))
            preview = one_date.planned(meeting, by, hearing.lines(), hearing.button("Restore"))
        return render_template("meetings/restore.html", meeting=meeting, preview=preview)
    return _to_the_meeting(meeting_id)


@blueprint.post("/restore")
@needs(Permission.CHANGE_MEETING)
def restore(meeting_id: UUID) -> Response:
    """A cancelled meeting takes place after all."""
    by = actor()
    with refusals_told(), transaction():
        owed = meetings.restore(_to_change(meeting_id, by), by, version=read_number(request.form.get("version")))
        flash(
            f"Restored. {words.count_words(len(owed), 'mail')} on the way." if owed else "Restored. No mail goes out."
        )
    return _to_the_meeting(meeting_id)


def _move(meeting_id: UUID, form: MoveMeetingForm, by: Actor) -> Response:
    wait = _undo_time()
    with transaction():
        meeting = _to_change(meeting_id, by)
        before, act = meetings.as_it_is(meeting), form.to_move(meeting.board.time_zone)
        owed = meetings.move(meeting, act, by, mails_wait=wait)
    mails, at = words.count_words(len(owed), "mail"), words.time_words(by.at + wait, by.person.time_zone)
    done = "Changed" if act.hours == before.hours else "Moved"
    undo = {
        "text": f"{done}. {mails} to be sent at {at}." if owed else f"{done}. No mail goes out.",
        "undo": url_for("meeting_changes.move_back", meeting_id=meeting_id),
        "fields": move_back_fields(before, meeting.version),
    }
    flash(undo)  # type: ignore[arg-type]  # the macro toasts draws all of it
    return _to_the_meeting(meeting_id)


def _rehearsed(meeting: Meeting, form: MoveMeetingForm, by: Actor) -> str | tuple[str, int]:
    if form.validate():
        try:
            return _move_page(meeting, form, _preview(meeting, form, by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _move_page(meeting, form), 422


def _preview(meeting: Meeting, form: MoveMeetingForm, by: Actor) -> OneDate:
    """The very move, made and undone; its reason, which is asked for beside the button, changes nothing."""
    board, act = meeting.board, replace(form.to_move(meeting.board.time_zone), why="")
    was, answered = one_date.as_it_is(meeting), answers.counting([meeting.id])
    with rehearsal():
        hearing = hearing_of(meetings.move(meeting, act, by, mails_wait=_undo_time()))
        now, lost = one_date.as_it_is(meeting), answered - answers.counting([meeting.id])
    return OneDate(
        was=was,
        now=now,
        facts=one_date.facts_of(board, was, now, by.person.time_zone, by.at),
        lines=hearing.lines(*answers_lost(lost)),
        button=hearing.button("Move" if (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at) else "Change"),
    )


def _move_page(meeting: Meeting, form: MoveMeetingForm, preview: OneDate | None = None) -> str:
    form.version.data = str(meeting.version)  # what is so by now stands beside the form, and is looked at with it again
    return render_template("meetings/move.html", meeting=meeting, form=form, preview=preview, wait=_undo_time())


def _cancel_page(meeting: Meeting, form: CancelMeetingForm, by: Actor) -> str:
    listed = len(agendas.listed_items(meeting.id))
    title = "Case goes back to the queue," if listed == 1 else "Cases go back to the queue,"
    back = Line("queue", listed, title, "accepted; nothing of them is lost.")
    with rehearsal():
        hearing = hearing_of(meetings.cancel(meeting, CancelMeeting("", meeting.version), by))
    lines = hearing.lines(*([back] if listed else []))
    return render_template("meetings/cancel.html", meeting=meeting, form=form, hearing=hearing, lines=lines)


def _undo_time() -> timedelta:
    settings: Settings = current_app.config["TUMORBOARD"]
    return timedelta(seconds=settings.undo_seconds)


def _to_change(meeting_id: UUID, by: Actor) -> Meeting:
    return meetings.meeting_to_change(meeting_id, by, Permission.CHANGE_MEETING)


def _to_the_meeting(meeting_id: UUID) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
