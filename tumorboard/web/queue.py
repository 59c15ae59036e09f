"""The coordinator's queue: what waits on a board, in each state, and accepting it."""

from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import boards, cases, completeness
from tumorboard.domain.permissions import may
from tumorboard.errors import absent
from tumorboard.storage.models import Board
from tumorboard.storage.queries import board_members, information_requests, meetings
from tumorboard.storage.queries import cases as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseAction, CaseState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.queue import TABS, AcceptCase, QueueView
from tumorboard.web.paging import one_page
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("queue", __name__)


@blueprint.get("/queue")
@needs(Permission.SEE_QUEUE)
def show() -> str:
    by, view = actor(), QueueView.of(request.args)
    own = board_members.boards_of(by.person.id, by.at, (BoardRole.CHAIR, BoardRole.COORDINATOR))
    if not own:
        raise absent()
    with transaction():
        board = boards.open_board(view.board or own[0].slug, by, Permission.SEE_QUEUE)
        view = replace(view, board=board.slug)
        waiting = cases.list_queue(board, view.state, by, newest_first=view.newest_first, after=view.after)
        counts = questions.counts_by_state(board.id)
        page, following = one_page(waiting, lambda case: case.state_since)
        return render_template(
            "queue/show.html",
            boards=own,
            board=board,
            view=view,
            first_page=replace(view, after=None),
            tabs=_tabs(view, counts),
            total=counts.get(view.state, 0),
            cases=page,
            complete=completeness.of_cases(page, _meeting_day(board)),
            may_load=may(by, Permission.LOAD_CASES, board),
            answered=information_requests.latest_answers(case.id for case in page),
            next_page=replace(view, after=following) if following else None,
            now=g.at,
        )


@blueprint.post("/cases/<uuid:case_id>/accept")
@needs(Permission.TRIAGE_CASE)
def accept(case_id: UUID) -> Response:
    by, act = actor(), AcceptCase.of(request.form)
    with refusals_told(), transaction():
        case = cases.case_to_change(case_id, by)
        cases.move_on(case, CaseAction.ACCEPT, by, version=act.version)
        flash("Accepted. The case waits for a place on an agenda.")
    # The row that follows moves up into this one's place.
    view = QueueView.of(request.args)
    return redirect(url_for("queue.show", **view.address(), _anchor=f"row-{act.row}"), 303)


def _meeting_day(board: Board) -> date:
    """The day of the board's next meeting, or today."""
    meeting = meetings.next_meetings([board.id], g.at).get(board.id)
    return (meeting.starts_at if meeting else g.at).astimezone(ZoneInfo(board.time_zone)).date()


def _tabs(view: QueueView, counts: dict[CaseState, int]) -> list[dict[str, object]]:
    return [
        {
            "label": state.label,
            "url": url_for("queue.show", **replace(view, state=state, after=None).address()),
            "current": state is view.state,
            "count": counts.get(state, 0),
        }
        for state in TABS
    ]
