"""Boards: what each is, its meetings, and who sits on it."""

from typing import Any

from flask import Blueprint, g, render_template, request

from tumorboard.domain import boards
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.storage.models import Board, Meeting
from tumorboard.storage.queries import agendas, board_members, meetings
from tumorboard.storage.queries import boards as questions
from tumorboard.vocabulary import Office, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.paging import after_words, one_page, read_after

blueprint = Blueprint("boards", __name__)


@blueprint.get("/boards")
@needs(Permission.SEE_BOARD)
def index() -> str:
    person = actor().person
    everything = person.office is Office.ADMINISTRATOR
    shown = questions.all_boards() if everything else board_members.boards_of(person.id, g.at)
    ids = [board.id for board in shown]
    return render_template(
        "boards/index.html",
        boards=shown,
        roles=board_members.roles_by_board(person.id, g.at),
        next_meetings=meetings.next_meetings(ids, g.at),
        member_counts=board_members.member_counts(ids, g.at),
    )


@blueprint.get("/boards/<slug>")
@needs(Permission.SEE_BOARD)
def show(slug: str) -> str:
    by, board = actor(), boards.open_board(slug, actor())
    coming = meetings.coming_meetings_of_board(board.id, g.at)
    return render_template(
        "boards/show.html",
        board=board,
        members=board_members.present_members(board.id, g.at),
        may_plan=may(by, Permission.PLAN_MEETING, board),
        now=g.at,
        **_shown(coming, board, by),
    )


@blueprint.get("/boards/<slug>/meetings/past")
@needs(Permission.SEE_BOARD)
def past(slug: str) -> str:
    by, board = actor(), boards.open_board(slug, actor())
    after = read_after(request.args.get("after"))
    found, following = one_page(meetings.past_meetings_of_board(board.id, g.at, after), lambda each: each.starts_at)
    return render_template(
        "boards/past.html",
        board=board,
        member_count=board_members.member_counts([board.id], g.at).get(board.id, 0),
        after=after,
        next_after=after_words(following) if following else None,
        **_shown(found, board, by),
    )


def _shown(listed: list[Meeting], board: Board, by: Actor) -> dict[str, Any]:
    """Meetings of the board with what this person may see and open of them."""
    return {
        "meetings": listed,
        "counts": agendas.listed_counts([meeting.id for meeting in listed]),
        "is_member": board_members.present_member(board.id, by.person.id, by.at) is not None,
        "may_see_mails": may(by, Permission.SEE_DELIVERY, board),
    }
