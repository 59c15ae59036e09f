"""A board's first cases from a pasted list: read, mended in place, loaded at once, and taken back within a day."""

import json
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, case_lists
from tumorboard.errors import Code, Refused
from tumorboard.storage.queries import case_lists as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.case_list_page import list_page, read_list
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("case_lists", __name__, url_prefix="/boards/<slug>/import")


@blueprint.get("")
@needs(Permission.LOAD_CASES)
def ask(slug: str) -> str:
    by = actor()
    board = boards.open_board(slug, by, Permission.LOAD_CASES)
    with transaction():
        kept = case_lists.kept(board, by)
        return list_page(board, by, read_list(board, json.loads(kept) if kept else {}, by))


@blueprint.post("")
@needs(Permission.LOAD_CASES)
@limiter.limit("60/minute", key_func=person_asking)
def read(slug: str) -> str | tuple[str, int]:
    """Says of each row what would be done, and keeps the list; nothing is loaded yet."""
    by = actor()
    board = boards.open_board(slug, by, Permission.LOAD_CASES)
    with transaction():
        reading = read_list(board, request.form, by)
        case_lists.keep(board, reading.form(), by)
        page = list_page(board, by, reading)
    return (page, 422) if reading.problem else page


@blueprint.post("/load")
@needs(Permission.LOAD_CASES)
@limiter.limit("20/minute", key_func=person_asking)
def load(slug: str) -> Response | str | tuple[str, int]:
    """Loads the rows that are right; another number than was shown is shown again first."""
    by = actor()
    board = boards.open_board(slug, by, Permission.LOAD_CASES)
    try:
        with transaction():
            questions.hold(board.id, by.person.id)
            reading = read_list(board, request.form, by)
            acts, left = [row.act for row in reading.ready if row.act], reading.wrong
            all_or_none = request.form.get("how") == "all" and bool(left)
            if not acts or all_or_none or len(acts) != read_number(request.form.get("count")):
                case_lists.keep(board, reading.form(), by)
                return list_page(board, by, reading, all_or_none=all_or_none), 422
            loaded = case_lists.load(board, acts, reading.form(left), by)
    except Refused as error:
        if error.code not in (Code.WRONG, Code.NOT_NOW):
            raise
        with transaction():  # somebody was faster: what is in the way shows at the row it is about
            return list_page(board, by, read_list(board, request.form, by), problem=error.sentence), 422
    told = f"{words.count_words(len(acts), 'case')} loaded into the queue. Nobody gets a mail."
    flash({"text": told, "undo": url_for("case_lists.undo", slug=slug, list_id=loaded.id)})  # type: ignore[arg-type]
    return redirect(url_for("case_lists.ask", slug=slug) if left else url_for("queue.show", board=slug), 303)


@blueprint.post("/<uuid:list_id>/undo")
@needs(Permission.LOAD_CASES)
def undo(slug: str, list_id: UUID) -> Response:
    by = actor()
    board = boards.open_board(slug, by, Permission.LOAD_CASES)
    try:
        with transaction():
            count = case_lists.undo(board, list_id, by)
        flash(f"{words.count_words(count, 'case')} taken back." if count else "This list was taken back already.")
    except Refused as error:
        if error.code is not Code.NOT_NOW:
            raise
        flash(error.sentence, "problem")
    return redirect(url_for("case_lists.ask", slug=slug), 303)
