"""Saying whether one comes: on a meeting's page, or by the link in a mail, without signing in; asking others again."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import answers, meetings, reminders
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Meeting
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AnswerKind, Permission
from tumorboard.web.access import actor, actor_for, needs, public
from tumorboard.web.forms.answer import AnswerForm
from tumorboard.web.limits import limiter, link_followed
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("answers", __name__)

_SAID = {
    AnswerKind.YES: "You are coming",
    AnswerKind.MAYBE: "You may come",
    AnswerKind.NO: "You are not coming",
}


@blueprint.post("/meetings/<uuid:meeting_id>/answer")
@needs(Permission.ANSWER_MEETING)
def give(meeting_id: UUID) -> Response:
    by, form = actor(), AnswerForm()
    with refusals_told(), transaction():
        meeting = meetings.open_meeting(meeting_id, by, Permission.ANSWER_MEETING)
        answers.give(meeting, form.to_give(), by)
        _tell(meeting, form, by.person.time_zone)
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@blueprint.post("/meetings/<uuid:meeting_id>/ask-again")
@needs(Permission.ASK_FOR_ANSWERS)
def ask_again(meeting_id: UUID) -> Response:
    """Reminds whoever has not answered; the meeting's page says beforehand who that is."""
    by = actor()
    with refusals_told(), transaction():
        meeting = meetings.meeting_to_change(meeting_id, by, Permission.ASK_FOR_ANSWERS)
        owed = reminders.ask_again(meeting, by)
        flash(f"Asked again. {words.count_words(len(owed), 'mail')} on the way.")
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@blueprint.get("/answer/<token>")
@public
def ask(token: str) -> str | tuple[str, int]:
    try:
        return render_template("answers/show.html", asked=answers.asked_by(token, g.at), token=token)
    except Refused:
        return _over()


@blueprint.post("/answer/<token>")
@public
@limiter.limit("300/hour")
@limiter.limit("60/hour", key_func=link_followed)
def give_by_link(token: str) -> Response | tuple[str, int]:
    form = AnswerForm()
    try:
        with transaction():
            asked = answers.asked_by(token, g.at)
            meeting = answers.give_by_link(asked, form.meeting_id, form.to_give(), actor_for(asked.person))
            _tell(meeting, form, asked.person.time_zone)
    except Refused as error:
        if error.code is Code.GONE:
            return _over()
        flash(error.sentence, "problem")
    return redirect(url_for("answers.ask", token=token), 303)


def _tell(meeting: Meeting, form: AnswerForm, zone: str) -> None:
    flash(f"{_SAID[AnswerKind(form.answer.data)]} on {words.moment_words(meeting.starts_at, zone)}.")


def _over() -> tuple[str, int]:
    return render_template("answers/over.html"), 410
