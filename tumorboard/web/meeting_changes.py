"""Moving and cancelling a meeting, and taking a move back."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.config import Settings
from tumorboard.domain import meetings
from tumorboard.domain.actor import Actor
from tumorboard.domain.meetings import CancelMeeting, MoveMeeting
from tumorboard.errors import Refused
from tumorboard.storage.models import Meeting
from tumorboard.storage.queries import agendas
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.meeting import CancelMeetingForm, MoveMeetingForm, read_move_back, when_it_is
from tumorboard.web.hears import Line, hearing_of, nobody
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("meeting_changes", __name__, url_prefix="/meetings/<uuid:meeting_id>")


@blueprint.get("/move")
@needs(Permission.CHANGE_MEETING)
def ask_where_to(meeting_id: UUID) -> Response | str:
    by = actor()
    with refusals_told(), transaction():
        meeting = _to_change(meeting_id, by)
        form = MoveMeetingForm(**when_it_is(meeting), version=meeting.version)
        return _move_page(meeting, form, by)
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
        return _move_page(_to_change(meeting_id, by), form, by), 422
    return _to_the_meeting(meeting_id)


@blueprint.post("/move-back")
@needs(Permission.CHANGE_MEETING)
def move_back(meeting_id: UUID) -> Response:
    """Undoes the last move: whoever has not been told of it never hears of it."""
    by = actor()
    with refusals_told(), transaction():
        owed = meetings.move(_to_change(meeting_id, by), read_move_back(request.args), by, mails_wait=timedelta(0))
        told = f"{words.count_words(len(owed), 'mail')} on the way." if owed else "No mail goes out."
        flash(f"Moved back. {told}")
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
        with refusals_told(), transaction():
            owed = meetings.cancel(_to_change(meeting_id, by), form.to_cancel(), by)
            flash(f"Cancelled. {words.count_words(len(owed), 'mail')} on the way.")
        return _to_the_meeting(meeting_id)
    with refusals_told(), transaction():
        return _cancel_page(_to_change(meeting_id, by), form, by), 422
    return _to_the_meeting(meeting_id)


def _move(meeting_id: UUID, form: MoveMeetingForm, by: Actor) -> Response:
    wait = _undo_time()
    with transaction():
        meeting = _to_change(meeting_id, by)
        was_starts_at, was_ends_at = meeting.starts_at.isoformat(), meeting.ends_at.isoformat()
        owed = meetings.move(meeting, form.to_move(meeting.board.time_zone), by, mails_wait=wait)
    mails, at = words.count_words(len(owed), "mail"), words.time_words(by.at + wait, by.person.time_zone)
    told = f"{mails} to be sent at {at}." if owed else "No mail goes out."
    back = url_for(
        "meeting_changes.move_back",
        meeting_id=meeting_id,
        starts_at=was_starts_at,
        ends_at=was_ends_at,
        version=meeting.version,
    )
    flash({"text": f"Moved. {told}", "undo": back})  # type: ignore[arg-type]  # the macro toasts draws both
    return _to_the_meeting(meeting_id)


def _move_page(meeting: Meeting, form: MoveMeetingForm, by: Actor) -> str:
    """Rehearses a move to another day: whichever it will be, the same people hear of it."""
    day = timedelta(days=1)
    another = MoveMeeting(meeting.starts_at + day, meeting.ends_at + day, "", meeting.version)
    with rehearsal():
        hearing = hearing_of(meetings.move(meeting, another, by, mails_wait=day))
    told = f"The mails wait {words.duration_words(_undo_time())} for an undo. The cases keep their order."
    rest = nobody(told if hearing.total else "Nobody is told: the agenda is not published yet.")
    return render_template("meetings/move.html", meeting=meeting, form=form, hearing=hearing, rest=rest)


def _cancel_page(meeting: Meeting, form: CancelMeetingForm, by: Actor) -> str:
    listed = len(agendas.listed_items(meeting.id))
    title = "Case goes back to the queue," if listed == 1 else "Cases go back to the queue,"
    back = Line("queue", listed, title, "accepted; nothing of them is lost.")
    with rehearsal():
        hearing = hearing_of(meetings.cancel(meeting, CancelMeeting("", meeting.version), by))
    return render_template("meetings/cancel.html", meeting=meeting, form=form, hearing=hearing, back=back)


def _undo_time() -> timedelta:
    settings: Settings = current_app.config["TUMORBOARD"]
    return timedelta(seconds=settings.undo_seconds)


def _to_change(meeting_id: UUID, by: Actor) -> Meeting:
    return meetings.meeting_to_change(meeting_id, by, Permission.CHANGE_MEETING)


def _to_the_meeting(meeting_id: UUID) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
