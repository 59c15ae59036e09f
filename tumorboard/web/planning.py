"""Planning a meeting of a board, also beside its series, once it is seen who hears of it and what stands in its way."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, meetings
from tumorboard.domain.actor import Actor
from tumorboard.errors import Refused
from tumorboard.storage.models import Board
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission
from tumorboard.web import one_date
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.meeting import PlanMeetingForm
from tumorboard.web.hears import hearing_of, nobody
from tumorboard.web.one_date import OneDate

blueprint = Blueprint("planning", __name__, url_prefix="/boards/<slug>/meetings/new")

_NOBODY_YET = "Nobody is invited before its agenda is published."


@blueprint.get("")
@needs(Permission.PLAN_MEETING)
def new(slug: str) -> str | tuple[str, int]:
    """The form; with its fields in the address the date, rehearsed."""
    by = actor()
    with transaction():
        board = boards.open_board(slug, by, Permission.PLAN_MEETING)
        if request.args:
            return _rehearsed(board, PlanMeetingForm(request.args, meta={"csrf": False}), by)
        usual = {"minutes": str(board.meeting_minutes), "room": board.room, "video_link": board.video_link}
        return _page(board, PlanMeetingForm(formdata=None, **usual))


@blueprint.post("")
@needs(Permission.PLAN_MEETING)
def plan(slug: str) -> Response | tuple[str, int]:
    by, form = actor(), PlanMeetingForm()
    board = boards.open_board(slug, by, Permission.PLAN_MEETING)
    if form.validate():
        try:
            with transaction():
                meeting, owed = meetings.add_meeting(board, form.to_plan(board.time_zone), by)
            invited = f"{words.count_words(len(owed), 'invitation')} on the way." if owed else _NOBODY_YET
            flash(f"Planned. {invited}")
            return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _page(board, form), 422


def _rehearsed(board: Board, form: PlanMeetingForm, by: Actor) -> str | tuple[str, int]:
    if form.validate():
        try:
            return _page(board, form, _preview(board, form, by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _page(board, form), 422


def _preview(board: Board, form: PlanMeetingForm, by: Actor) -> OneDate:
    with rehearsal():
        meeting, owed = meetings.add_meeting(board, form.to_plan(board.time_zone), by)
        hearing = hearing_of(owed)
        later = nobody("Guests are invited with its agenda." if owed else _NOBODY_YET)
        return one_date.planned(meeting, by, hearing.lines(later), hearing.button("Plan it", "invitation"))


def _page(board: Board, form: PlanMeetingForm, preview: OneDate | None = None) -> str:
    return render_template("meetings/new.html", board=board, form=form, preview=preview)
