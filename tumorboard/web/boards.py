"""Boards: what each is and what it agreed on, its meetings, and who sits on it."""

from flask import Blueprint, g, render_template, request

from tumorboard.domain import boards, cover, lookback, quorum, readiness
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import policy_of
from tumorboard.domain.permissions import held_over, may
from tumorboard.domain.policy_words import quorum_by_case_type, sentences
from tumorboard.storage.models import Board
from tumorboard.storage.queries import agendas, board_members, board_versions, feeds, meetings, minimum_data_sets
from tumorboard.storage.queries import boards as questions
from tumorboard.storage.queries.readiness import next_of_boards
from tumorboard.vocabulary import Office, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.context import LEADS
from tumorboard.web.forms.boards import BoardsShown
from tumorboard.web.guide import guides_of
from tumorboard.web.paging import after_words, one_page, read_after

blueprint = Blueprint("boards", __name__)

MEETINGS_LISTED, NEXT_MEETINGS, LEADING_MEMBERS = 2, 6, 4
"""How many of each stand in the list and on a board's page; all of them are a click away."""


@blueprint.get("/boards")
@needs(Permission.SEE_BOARD)
def index() -> str:
    """The boards of this person, or every one for an administrator; what needs care first."""
    by, shown = actor(), BoardsShown.of(request.args)
    roles = board_members.roles_by_board(by.person.id, g.at)
    everything = by.person.office is Office.ADMINISTRATOR
    known = questions.boards_to_list(None if everything else roles)
    coming = next_of_boards([board.id for board in known], g.at, MEETINGS_LISTED)
    care = readiness.care_of_boards(coming, g.at)
    page, following = shown.page(known, care)
    ids = {board.id for board in page}
    return render_template(
        "boards/index.html",
        boards=page,
        total=len(known),
        shown=shown,
        hospitals=shown.hospitals_of(known),
        roles=roles,
        leads={board_id for board_id, role in roles.items() if role in LEADS},
        may_see_all_mails=everything,
        rows=readiness.of_meetings([meeting for meeting in coming if meeting.board_id in ids]),
        forecasts=quorum.forecasts([each for each in coming if each.board_id in ids & roles.keys()], g.at),
        coordinators=board_members.coordinators(ids, g.at),
        member_counts=board_members.member_counts(ids, g.at),
        next_page=following,
        may_found=may(by, Permission.ADD_BOARD),
    )


@blueprint.get("/boards/<slug>")
@needs(Permission.SEE_BOARD)
def show(slug: str) -> str:
    by, board = actor(), boards.open_board(slug, actor())
    held, policy = held_over(by, board), policy_of(board)
    members, coming = board_members.present_members(board.id, g.at), next_of_boards([board.id], g.at, NEXT_MEETINGS)
    return render_template(
        "boards/show.html",
        board=board,
        meetings=readiness.of_meetings(coming),
        forecasts=quorum.forecasts(coming, g.at) if held.may(Permission.SEE_FORECAST) else {},
        is_member=_is_member(board, by),
        may_see_mails=held.may(Permission.SEE_DELIVERY),
        may_plan=held.may(Permission.PLAN_MEETING),
        may_edit=held.may(Permission.EDIT_POLICY),
        policy=policy,
        sentences=sentences(policy),
        quorum_by_case_type=quorum_by_case_type(policy),
        versions=board_versions.versions(board.id),
        members=members,
        leading=members[:LEADING_MEMBERS],
        thin=cover.thin(board, members),
        lookback=lookback.look_back(board, g.at) if held.may(Permission.SEE_FORECAST) else None,
        feed_readers=feeds.readers_among(member.person_id for member in members),
        own_types=sorted(minimum_data_sets.own_tumor_types(board.id)),
        guides=guides_of([board]) if held.may(Permission.PLAN_MEETING) else [],
        now=g.at,
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
        member_count=_member_count(board),
        after=after,
        next_after=after_words(following) if following else None,
        meetings=found,
        counts=agendas.listed_counts([meeting.id for meeting in found]),
        is_member=_is_member(board, by),
        may_see_mails=may(by, Permission.SEE_DELIVERY, board),
    )


def _member_count(board: Board) -> int:
    return board_members.member_counts([board.id], g.at).get(board.id, 0)


def _is_member(board: Board, by: Actor) -> bool:
    return board_members.present_member(board.id, by.person.id, by.at) is not None
