"""Boards: what each is, its coming meetings, and who sits on it."""

from flask import Blueprint, g, render_template

from tumorboard.domain import boards
from tumorboard.domain.permissions import may
from tumorboard.storage.queries import agendas, board_members, meetings
from tumorboard.storage.queries import boards as questions
from tumorboard.vocabulary import Office, Permission
from tumorboard.web.access import actor, needs

blueprint = Blueprint("boards", __name__)


@blueprint.get("/boards")
@needs(Permission.SEE_BOARD)
def index() -> str:
    person = actor().person
    everything = person.office is Office.ADMINISTRATOR
    shown = questions.all_boards() if everything else board_members.boards_of(person.id)
    ids = [board.id for board in shown]
    return render_template(
        "boards/index.html",
        boards=shown,
        roles=board_members.roles_by_board(person.id),
        next_meetings=meetings.next_meetings(ids, g.at),
        member_counts=board_members.member_counts(ids),
    )


@blueprint.get("/boards/<slug>")
@needs(Permission.SEE_BOARD)
def show(slug: str) -> str:
    person, board = actor().person, boards.open_board(slug, actor())
    coming = meetings.coming_meetings_of_board(board.id, g.at)
    return render_template(
        "boards/show.html",
        board=board,
        meetings=coming,
        counts=agendas.listed_counts([meeting.id for meeting in coming]),
        members=board_members.present_members(board.id),
        is_member=board_members.present_member(board.id, person.id) is not None,
        may_plan=may(person, Permission.PLAN_MEETING, board),
        may_see_mails=may(person, Permission.SEE_DELIVERY, board),
        now=g.at,
    )
