"""A board's members from a pasted list, the second step of a new board's first hour."""

from collections import Counter
from collections.abc import Mapping

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.config import Settings
from tumorboard.domain import boards, member_lists
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board
from tumorboard.storage.queries import board_members, people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Discipline, GuideStep, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.member_list import Directory, Row, addresses_in, read_rows
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.policy import CAN_BE_REQUIRED
from tumorboard.web.guide import guides_of

blueprint = Blueprint("member_lists", __name__, url_prefix="/boards/<slug>/members/list")


@blueprint.get("")
@needs(Permission.CHANGE_MEMBERS)
def ask(slug: str) -> str:
    by = actor()
    return _page(boards.open_board(slug, by, Permission.CHANGE_MEMBERS), by)


@blueprint.post("")
@needs(Permission.CHANGE_MEMBERS)
def preview(slug: str) -> str | tuple[str, int]:
    """Says of each line what would be done; nothing is done yet."""
    by, text = actor(), request.form.get("text", "")
    board = boards.open_board(slug, by, Permission.CHANGE_MEMBERS)
    try:
        return _page(board, by, text, _rows(board, text, request.form, by))
    except Refused as error:
        return _page(board, by, text, problem=error.sentence), 422


@blueprint.post("/take")
@needs(Permission.CHANGE_MEMBERS)
def take(slug: str) -> Response | str | tuple[str, int]:
    """Takes the right lines and keeps the wrong ones in the box; another number than was shown is shown again first."""
    by, text = actor(), request.form.get("text", "")
    board = boards.open_board(slug, by, Permission.CHANGE_MEMBERS)
    try:
        with transaction():
            rows = _rows(board, text, request.form, by)
            joining = [row.joining for row in rows if row.joining]
            if not joining or len(joining) != read_number(request.form.get("count")):
                return _page(board, by, text, rows), 422
            invited = member_lists.take(board, joining, by, _domains())
    except Refused as error:
        if error.code not in (Code.WRONG, Code.NOT_NOW):
            raise
        return _page(board, by, text, problem=error.sentence), 422
    told = f"{words.count_words(len(joining), 'member')} added. {words.count_words(invited, 'invitation')} on the way."
    left = [row for row in rows if row.problem]
    if left:
        return _page(board, by, "\n".join(row.text for row in left), left, done=told)
    flash(told)
    return redirect(url_for("members.index", slug=slug), 303)


def _rows(board: Board, text: str, chosen: Mapping[str, str], by: Actor) -> list[Row]:
    present = board_members.present_and_coming(board.id, by.at)
    directory = Directory(
        people=people.clinicians(),
        on_board=frozenset(member.person_id for member in present),
        taken=frozenset(people.addresses_taken(addresses_in(text))),
        own=board.hospital,
        domains=_domains(),
        may_invite=may(by, Permission.INVITE_PEOPLE),
    )
    return read_rows(text, chosen, directory)


def _page(
    board: Board, by: Actor, text: str = "", rows: list[Row] | None = None, problem: str = "", done: str = ""
) -> str:
    rows = rows or []
    members = board_members.present_members(board.id, by.at)
    so_far = Counter(member.person.discipline for member in members)
    so_far.update(row.discipline for row in rows if row.joining and row.discipline)
    return render_template(
        "boards/member_list.html",
        board=board,
        text=text,
        rows=sorted(rows, key=lambda row: not row.problem),
        wrong=[row for row in rows if row.problem],
        ready=[row for row in rows if row.joining],
        problem=problem,
        done=done,
        quorum=[(each, so_far[each]) for each in map(Discipline, board.required_disciplines)],
        disciplines=[Discipline(each.value) for each in CAN_BE_REQUIRED] + [Discipline.COORDINATION],
        roles=list(BoardRole),
        guides=guides_of([board], GuideStep.MEMBERS),
    )


def _domains() -> tuple[str, ...]:
    settings: Settings = current_app.config["TUMORBOARD"]
    return settings.mail_domains
