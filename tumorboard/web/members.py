"""Who sits on a board: the list, adding somebody, taking somebody off; each confirmed with who hears of it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Notice, Person
from tumorboard.storage.queries import board_members, people
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.member import AddMemberForm, read_role
from tumorboard.web.hears import hearing_of, nobody_else
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("members", __name__, url_prefix="/boards/<slug>/members")


@blueprint.get("")
@needs(Permission.SEE_BOARD)
def index(slug: str) -> str:
    by = actor()
    board, form = boards.open_board(slug, by), AddMemberForm(meta={"csrf": False})
    form.offer(board_members.people_not_on(board.id))
    return _list(board, form, by)


@blueprint.get("/new")
@needs(Permission.CHANGE_MEMBERS)
def confirm_adding(slug: str) -> Response | str | tuple[str, int]:
    """Says who hears of it, by adding the member and undoing that."""
    by, form = actor(), AddMemberForm(request.args, meta={"csrf": False})
    with refusals_told(), transaction():
        board = _to_change(slug, by)
        form.offer(board_members.people_not_on(board.id))
        if not form.validate():
            return _list(board, form, by), 422
        person, board_role = _person(read_id(form.person.data)), read_role(form.board_role.data)
        others = nobody_else(len(board_members.present_members(board.id)))
        with rehearsal():
            hearing = hearing_of(boards.add_member(board, person, board_role, by))
        return render_template(
            "boards/add_member.html", board=board, member=person, role=board_role, hearing=hearing, others=others
        )
    return _to_the_list(slug)


@blueprint.post("/new")
@needs(Permission.CHANGE_MEMBERS)
def add(slug: str) -> Response:
    by = actor()
    with refusals_told(), transaction():
        board, person = _to_change(slug, by), _person(read_id(request.form.get("person")))
        owed = boards.add_member(board, person, read_role(request.form.get("board_role")), by)
        flash(f"{name(person)} is on the board. {_mails(owed)}")
    return _to_the_list(slug)


@blueprint.get("/<uuid:person_id>/remove")
@needs(Permission.CHANGE_MEMBERS)
def confirm_removing(slug: str, person_id: UUID) -> Response | str:
    """Says who hears of it, by taking the member off and undoing that."""
    by = actor()
    with refusals_told(), transaction():
        board, person = _to_change(slug, by), _person(person_id)
        others = nobody_else(len(board_members.present_members(board.id)) - 1)
        with rehearsal():
            hearing = hearing_of(boards.remove_member(board, person, by))
        return render_template("boards/remove_member.html", board=board, member=person, hearing=hearing, others=others)
    return _to_the_list(slug)


@blueprint.post("/<uuid:person_id>/remove")
@needs(Permission.CHANGE_MEMBERS)
def remove(slug: str, person_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        board, person = _to_change(slug, by), _person(person_id)
        owed = boards.remove_member(board, person, by)
        flash(f"{name(person)} is not on the board any more. {_mails(owed)}")
        if not may(by.person, Permission.SEE_BOARD, board):
            return _away(by)
    return _to_the_list(slug)


def _list(board: Board, form: AddMemberForm, by: Actor) -> str:
    return render_template(
        "boards/members.html",
        board=board,
        members=board_members.present_members(board.id),
        form=form,
        may_change=may(by.person, Permission.CHANGE_MEMBERS, board),
    )


def _to_change(slug: str, by: Actor) -> Board:
    return boards.open_board(slug, by, Permission.CHANGE_MEMBERS)


def _person(person_id: UUID | None) -> Person:
    person = people.person(person_id) if person_id else None
    if person is None:
        raise Refused(Code.WRONG, "Choose a person from the list.", field="person")
    return person


def _mails(owed: list[Notice]) -> str:
    return f"{words.count_words(len(owed), 'mail')} on the way, to nobody else." if owed else "No mail goes out."


def _away(by: Actor) -> Response:
    """Where somebody goes who has just taken themselves off: to their other boards, if there are any."""
    return redirect(url_for("boards.index" if may(by.person, Permission.SEE_BOARD) else "today.show"), 303)


def _to_the_list(slug: str) -> Response:
    return redirect(url_for("members.index", slug=slug), 303)
