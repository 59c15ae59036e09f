"""Finding an hour for an extra meeting: asking the board's members, their answers, taking an hour or closing."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, conflicts, slot_polls, slot_results
from tumorboard.domain.actor import Actor
from tumorboard.domain.conflicts import Conflict
from tumorboard.domain.slot_polls import AskForHour
from tumorboard.errors import Refused
from tumorboard.storage.models import Board, Notice, Person, SlotPoll
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import slot_polls as slot_questions
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission, Suits
from tumorboard.web import one_date
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.slot_poll import AddHourForm, AskForHourForm, as_proposed
from tumorboard.web.hears import Hearing, hearing_of, nobody
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("slot_polls", __name__, url_prefix="/boards/<slug>/slot-polls")

_FIELD_OF_AN_HOUR = {"date": "day", "minutes": "start"}
"""Where the form of one hour has what is wrong with a meeting's date or length."""


@dataclass(frozen=True)
class Row:
    """One person of the grid: what they said, by the id of the hour, and whether the quorum needs their discipline."""

    person: Person
    said: dict[UUID, Suits]
    needed: bool
    mail: Notice | None
    """The last one that asked them."""


@blueprint.get("/new")
@needs(Permission.PLAN_MEETING)
def new(slug: str) -> str | tuple[str, int]:
    """The form; with its fields in the address what stands in the way of each hour, and who is asked."""
    by = actor()
    with transaction():
        board = boards.open_board(slug, by, Permission.PLAN_MEETING)
        if request.args:
            return _rehearsed(board, AskForHourForm(request.args, meta={"csrf": False}), by)
        members = board_members.present_members(board.id, by.at)
        return _ask_page(board, AskForHourForm(formdata=None, **as_proposed(board.meeting_minutes, members)), by)


@blueprint.post("/new")
@needs(Permission.PLAN_MEETING)
def ask(slug: str) -> Response | tuple[str, int]:
    by, form = actor(), AskForHourForm()
    if form.validate():
        try:
            with transaction():
                board = boards.open_board(slug, by, Permission.PLAN_MEETING)
                poll, owed = slot_polls.ask(board, form.to_ask(board.time_zone), by)
                flash(f"Asked. {words.count_words(len(owed), 'mail')} on the way.")
            return _to_the_poll(slug, poll.id)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _ask_page(boards.open_board(slug, by, Permission.PLAN_MEETING), form, by), 422


@blueprint.get("/<uuid:poll_id>")
@needs(Permission.PLAN_MEETING)
def show(slug: str, poll_id: UUID) -> str:
    by = actor()
    with transaction():
        return _poll_page(_poll(slug, poll_id, by), AddHourForm(formdata=None), by)


@blueprint.post("/<uuid:poll_id>/hours")
@needs(Permission.PLAN_MEETING)
def add_hour(slug: str, poll_id: UUID) -> Response | tuple[str, int]:
    """One more hour to choose from; its button says how many are told."""
    by, form = actor(), AddHourForm()
    if form.validate():
        try:
            with transaction():
                poll = _poll(slug, poll_id, by)
                owed = slot_polls.add_hour(poll, form.to_instant(poll.board.time_zone), by)
                flash(f"Added. {words.count_words(len(owed), 'mail')} on the way.")
            return _to_the_poll(slug, poll_id)
        except Refused as error:
            form.refuse(_FIELD_OF_AN_HOUR.get(error.field or "", error.field), error.sentence)
    with transaction():
        return _poll_page(_poll(slug, poll_id, by), form, by), 422


@blueprint.post("/<uuid:poll_id>/ask-again")
@needs(Permission.PLAN_MEETING)
def ask_again(slug: str, poll_id: UUID) -> Response:
    """Reminds whoever has not answered, and sends again what failed; the page says beforehand to whom."""
    by = actor()
    with refusals_told(), transaction():
        owed = slot_polls.ask_again(_poll(slug, poll_id, by), by)
        flash(f"Asked again. {words.count_words(len(owed), 'mail')} on the way.")
    return _to_the_poll(slug, poll_id)


@blueprint.get("/<uuid:poll_id>/take/<uuid:proposal_id>")
@needs(Permission.PLAN_MEETING)
def ask_to_take(slug: str, poll_id: UUID, proposal_id: UUID) -> Response | str:
    """Who is invited, and what becomes of the other hours."""
    by = actor()
    with refusals_told(), transaction():
        poll = _poll(slug, poll_id, by)
        with rehearsal():
            meeting, owed = slot_polls.take(poll, proposal_id, by)
            hearing = hearing_of(owed)
            lines = hearing.lines(nobody("The other hours: nobody had them in a calendar, nothing to take back."))
            preview = one_date.planned(meeting, by, lines, hearing.button("Take it", "invitation"))
        return render_template(
            "slot_polls/take.html", board=poll.board, poll=poll, proposal_id=proposal_id, preview=preview
        )
    return _to_the_poll(slug, poll_id)


@blueprint.post("/<uuid:poll_id>/take/<uuid:proposal_id>")
@needs(Permission.PLAN_MEETING)
def take(slug: str, poll_id: UUID, proposal_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        meeting, owed = slot_polls.take(_poll(slug, poll_id, by), proposal_id, by)
        flash(f"Taken. {words.count_words(len(owed), 'mail')} on the way.")
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    return _to_the_poll(slug, poll_id)


@blueprint.get("/<uuid:poll_id>/close")
@needs(Permission.PLAN_MEETING)
def ask_to_close(slug: str, poll_id: UUID) -> Response | str:
    by = actor()
    with refusals_told(), transaction():
        poll = _poll(slug, poll_id, by)
        with rehearsal():
            hearing = hearing_of(slot_polls.close(poll, by))
        return render_template("slot_polls/close.html", board=poll.board, poll=poll, hearing=hearing)
    return _to_the_poll(slug, poll_id)


@blueprint.post("/<uuid:poll_id>/close")
@needs(Permission.PLAN_MEETING)
def close(slug: str, poll_id: UUID) -> Response:
    """No hour is taken; whoever was asked is told."""
    by = actor()
    with refusals_told(), transaction():
        owed = slot_polls.close(_poll(slug, poll_id, by), by)
        flash(f"Closed without an hour. {words.count_words(len(owed), 'mail')} on the way.")
    return _to_the_poll(slug, poll_id)


def _poll(slug: str, poll_id: UUID, by: Actor) -> SlotPoll:
    return slot_polls.poll_to_change(poll_id, boards.open_board(slug, by, Permission.PLAN_MEETING), by)


def _rehearsed(board: Board, form: AskForHourForm, by: Actor) -> str | tuple[str, int]:
    if not form.validate():
        return _ask_page(board, form, by), 422
    try:
        act = form.to_ask(board.time_zone)
        with rehearsal():
            hearing = hearing_of(slot_polls.ask(board, act, by)[1])
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _ask_page(board, form, by), 422
    return _ask_page(board, form, by, hearing=hearing, act=act)


def _ask_page(
    board: Board, form: AskForHourForm, by: Actor, *, hearing: Hearing | None = None, act: AskForHour | None = None
) -> str:
    members = board_members.present_members(board.id, by.at)
    return render_template(
        "slot_polls/new.html",
        board=board,
        form=form,
        members=members,
        away={member.person.time_zone for member in members} - {board.time_zone},
        hearing=hearing,
        hours=_hours(board, act) if act else [],
        kept=list(request.args.items(multi=True)),
    )


def _hours(board: Board, act: AskForHour) -> list[tuple[conflicts.Span, list[Conflict]]]:
    """Each hour with what stands in its way."""
    spans = conflicts.spans_of(sorted(act.starts), act.minutes, board.room)
    return list(zip(spans, conflicts.conflicts_of(board, spans), strict=True))


def _poll_page(poll: SlotPoll, form: AddHourForm, by: Actor) -> str:
    results = slot_results.results_of(poll)
    return render_template(
        "slot_polls/show.html",
        board=poll.board,
        poll=poll,
        rows=_rows(poll),
        results=results,
        best=slot_results.best_of(results),
        required=slot_results.required(poll),
        elsewhere=_elsewhere(poll),
        key=list(Suits),
        form=form,
        takes_answers=poll.takes_answers(by.at),
        more_hours=len(poll.proposals) < slot_polls.MOST_HOURS,
        silent=slot_polls.silent(poll),
        again=slot_polls.to_ask_again(poll, by.at),
    )


def _rows(poll: SlotPoll) -> list[Row]:
    mails = slot_questions.last_mails(poll.id)
    needed = set(slot_results.required(poll))
    asked = sorted(poll.asked, key=lambda each: (each.person.family_name, each.person.given_name))
    return [
        Row(
            each.person,
            slot_results.said_by(each),
            not needed.isdisjoint(slot_results.disciplines_of(each.person)),
            mails.get(each.person_id),
        )
        for each in asked
    ]


def _elsewhere(poll: SlotPoll) -> list[str]:
    """The zones of those asked whose clocks are not the board's."""
    return sorted({each.person.time_zone for each in poll.asked} - {poll.board.time_zone})


def _to_the_poll(slug: str, poll_id: UUID) -> Response:
    return redirect(url_for("slot_polls.show", slug=slug, poll_id=poll_id), 303)
