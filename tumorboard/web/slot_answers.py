"""Answering a slot poll from a mailed link, without signing in; opening the link answers nothing.

Whoever comes too late reads what came of it.
"""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import slot_polls
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import SlotAsked
from tumorboard.storage.transaction import transaction
from tumorboard.web.access import actor_for, public
from tumorboard.web.forms.slot_poll import AnswerForm, answer_form
from tumorboard.web.limits import limiter

blueprint = Blueprint("slot_answers", __name__, url_prefix="/poll/<token>")


@blueprint.get("")
@public
def show(token: str) -> str | tuple[str, int]:
    asked = slot_polls.asked_by_token(token, g.at)
    if not asked.poll.takes_answers(g.at):
        return _over(asked)
    return _page(asked, token, answer_form(asked))


@blueprint.post("")
@public
@limiter.limit("300/hour")
def send(token: str) -> Response | tuple[str, int]:
    asked = slot_polls.asked_by_token(token, g.at)
    if not asked.poll.takes_answers(g.at):
        return _over(asked)
    form = answer_form(asked)
    if form.validate():
        try:
            with transaction():
                slot_polls.answer(token, form.said(asked.poll.proposals), g.at, actor_for(asked.person))
            flash("Thank you. Your answers are with the coordinator.")
            return redirect(url_for("slot_answers.show", token=token), 303)
        except Refused as error:
            if error.code is not Code.WRONG:
                return _over(asked)
            form.refuse(error.field, error.sentence)
    return _page(asked, token, form), 422


def _over(asked: SlotAsked) -> tuple[str, int]:
    return render_template("slot_polls/over.html", asked=asked, poll=asked.poll), 410


def _page(asked: SlotAsked, token: str, form: AnswerForm) -> str:
    hours = form.hours(asked.poll.proposals)
    return render_template("slot_polls/answer.html", asked=asked, poll=asked.poll, token=token, form=form, hours=hours)
