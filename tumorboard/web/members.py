"""Who sits on a board, with dates: the list, adding, leaving, being replaced, another role."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import board_members, boards, cover
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Refused
from tumorboard.storage.models import Board, BoardMember, Notice
from tumorboard.storage.queries import board_members as questions
from tumorboard.storage.queries import meetings
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import MeetingState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.member import EVER, TODAY, AddMemberForm, LeaveForm, MembersShownForm, read_role
from tumorboard.web.guide import guides_of
from tumorboard.web.hears import hearing_of, nobody_else
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("members", __name__, url_prefix="/boards/<slug>/members")


@blueprint.get("")
@needs(Permission.SEE_BOARD)
def index(slug: str) -> str:
    by = actor()
    return _list(boards.open_board(slug, by), AddMemberForm(formdata=None, meta={"csrf": False}), by)


@blueprint.get("/new")
@needs(Permission.CHANGE_MEMBERS)
def confirm_adding(slug: str) -> Response | str | tuple[str, int]:
    """Says who hears of it, by adding the member and undoing that; without anybody chosen it leads to the list."""
    by, form = actor(), AddMemberForm(request.args, meta={"csrf": False})
    with refusals_told(), transaction():
        board = _to_change(slug, by)
        if not request.args:
            return _to_the_list(slug)
        form.offer(questions.people_not_on(board.id, by.at))
        if not form.validate():
            return _list(board, form, by), 422
        others = nobody_else(len(questions.present_members(board.id, by.at)))
        try:
            with rehearsal():
                hearing = hearing_of(_add(board, form, by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
            return _list(board, form, by), 422
        return render_template("boards/add_member.html", board=board, form=form, hearing=hearing, others=others)
    return _to_the_list(slug)


@blueprint.post("/new")
@needs(Permission.CHANGE_MEMBERS)
def add(slug: str) -> Response:
    by, form = actor(), AddMemberForm()
    with refusals_told(), transaction():
        board = _to_change(slug, by)
        owed = _add(board, form, by)
        since = f"from {words.date_words(form.first_day.day)}" if form.first_day.day else ""
        flash(" ".join(filter(None, [name(form.chosen()), "is on the board", since])) + f". {_mails(owed)}")
    return _to_the_list(slug)


@blueprint.get("/<uuid:member_id>")
@needs(Permission.CHANGE_MEMBERS)
def show(slug: str, member_id: UUID) -> str:
    by, board = actor(), _to_change(slug, actor())
    return _page(board_members.open_member(board, member_id, by), LeaveForm(formdata=None), by)


@blueprint.get("/<uuid:member_id>/leave")
@needs(Permission.CHANGE_MEMBERS)
def confirm_leaving(slug: str, member_id: UUID) -> str | tuple[str, int]:
    """Says who hears of it, by doing it and undoing that."""
    by, form = actor(), LeaveForm(request.args, meta={"csrf": False})
    with transaction():
        member = board_members.open_member(_to_change(slug, by), member_id, by)
        form.offer(questions.people_not_on(member.board_id, by.at), member)
        if not form.validate():
            return _page(member, form, by), 422
        others = nobody_else(len(questions.present_members(member.board_id, by.at)) - 1)
        try:
            with rehearsal():
                hearing = hearing_of(_leave(member, form, by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
            return _page(member, form, by), 422
        return render_template(
            "boards/leave_member.html",
            board=member.board,
            member=member,
            form=form,
            act=form.to_replace(),
            hearing=hearing,
            others=others,
        )


@blueprint.post("/<uuid:member_id>/leave")
@needs(Permission.CHANGE_MEMBERS)
def leave(slug: str, member_id: UUID) -> Response:
    by, form = actor(), LeaveForm()
    with refusals_told(), transaction():
        board = _to_change(slug, by)
        member = board_members.open_member(board, member_id, by)
        form.offer(questions.people_not_on(board.id, by.at), member)
        owed = _leave(member, form, by)
        flash(f"{_left(member, form)} {_mails(owed)}")
        if not may(by, Permission.SEE_BOARD, board):
            return _away(by)
    return _to_the_list(slug)


@blueprint.post("/<uuid:member_id>/role")
@needs(Permission.CHANGE_MEMBERS)
def change_role(slug: str, member_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        member = board_members.open_member(_to_change(slug, by), member_id, by)
        board_role = read_role(request.form.get("board_role"))
        board_members.change_role(member, board_role, by)
        flash(f"{name(member.person)} is {board_role.phrase} from now on. No mail goes out.")
    return _to_the_list(slug)


def _list(board: Board, form: AddMemberForm, by: Actor) -> str:
    shown = MembersShownForm(request.args if request.endpoint == "members.index" else {})
    at = shown.instant(board, by.at) if shown.validate() else by.at
    if shown.on.data == EVER:
        members = questions.everyone_ever(board.id)
    elif shown.on.data == TODAY or shown.errors:
        members = questions.present_and_coming(board.id, by.at)
    else:
        members = questions.present_members(board.id, at)
    form.offer(questions.people_not_on(board.id, by.at))
    return render_template(
        "boards/members.html",
        board=board,
        members=shown.matching(members),
        present=[member for member in members if member.joined_at <= at] if shown.on.data != EVER else members,
        member_count=questions.member_counts([board.id], by.at).get(board.id, 0),
        shown=shown,
        cover=cover.of_board(board, at),
        at=by.at,
        is_over=board_members.is_over,
        form=form,
        may_change=may(by, Permission.CHANGE_MEMBERS, board),
        guides=guides_of([board]) if may(by, Permission.PLAN_MEETING, board) else [],
    )


def _page(member: BoardMember, form: LeaveForm, by: Actor) -> str:
    """One member: what can be changed, and which coming meetings it would concern."""
    form.offer(questions.people_not_on(member.board_id, by.at), member)
    coming = meetings.coming_meetings_of_board(member.board_id, by.at)
    return render_template(
        "boards/member.html",
        board=member.board,
        member=member,
        member_count=questions.member_counts([member.board_id], by.at).get(member.board_id, 0),
        meetings=[meeting for meeting in coming if meeting.state is not MeetingState.CANCELLED],
        cover=cover.of_board(member.board, by.at),
        at=by.at,
        form=form,
    )


def _add(board: Board, form: AddMemberForm, by: Actor) -> list[Notice]:
    board_role = read_role(form.board_role.data)
    return board_members.add(board, form.chosen(), board_role, by, first_day=form.first_day.day)


def _leave(member: BoardMember, form: LeaveForm, by: Actor) -> list[Notice]:
    act = form.to_replace()
    return board_members.replace(member, act, by) if act else board_members.leave(member, by, last_day=form.until)


def _left(member: BoardMember, form: LeaveForm) -> str:
    act, until = form.to_replace(), form.until
    when = f"leaves the board after {words.date_words(until)}" if until else "is not on the board any more"
    comes = f" {name(act.successor)} comes in their place." if act else ""
    return f"{name(member.person)} {when}.{comes}"


def _to_change(slug: str, by: Actor) -> Board:
    return boards.open_board(slug, by, Permission.CHANGE_MEMBERS)


def _mails(owed: list[Notice]) -> str:
    return f"{words.count_words(len(owed), 'mail')} on the way, to nobody else." if owed else "No mail goes out."


def _away(by: Actor) -> Response:
    """Where somebody goes who has just taken themselves off: to their other boards, if there are any."""
    return redirect(url_for("boards.index" if may(by, Permission.SEE_BOARD) else "today.show"), 303)


def _to_the_list(slug: str) -> Response:
    return redirect(url_for("members.index", slug=slug), 303)
