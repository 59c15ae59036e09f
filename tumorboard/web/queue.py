"""The coordinator's queue: what waits on a board, in each state, and accepting it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import boards, cases
from tumorboard.errors import absent
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import cases as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, CaseAction, CaseState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.queue import AcceptCase, QueueView, TABS
from tumorboard.web.paging import after_words
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("queue", __name__)


@blueprint.get("/queue")
@needs(Permission.SEE_QUEUE)
def show() -> str:
    by, view = actor(), QueueView.of(request.args)
    own = board_members.boards_of(by.person.id, (BoardRole.CHAIR, BoardRole.COORDINATOR))
    if not own:
        raise absent()
    with transaction():
        board = boards.open_board(view.board or own[0].slug, by, Permission.SEE_QUEUE)
        waiting = cases.list_queue(board, view.state, by, newest_first=view.newest_first, after=view.after)
        page = waiting[: questions.PAGE]
        more = questions.Place(page[-1].state_since, page[-1].id) if len(waiting) > len(page) else None
        return render_template(
            "queue/show.html",
            boards=own,
            board=board,
            view=view,
            tabs=TABS,
            counts=questions.counts_by_state(board.id),
            cases=page,
            next_after=after_words(more) if more else None,
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
    # The row that follows takes this one's place, so the place in the list stays.
    view = {"board": case.board.slug}
    return redirect(url_for("queue.show", **act.view.arguments(), _anchor=f"row-{act.row}"), 303)
