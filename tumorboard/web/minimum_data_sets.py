"""What a board needs before it discusses a case: each version to be read, and the draft put in force or discarded."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, minimum_data_set_drafts, minimum_data_set_force
from tumorboard.domain.actor import Actor
from tumorboard.domain.minimum_data_set_changes import differences, fresh_words
from tumorboard.domain.minimum_data_sets import in_force, in_force_among, version_of
from tumorboard.domain.permissions import may
from tumorboard.storage.models import Board
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import minimum_data_sets as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission, Section, TumorType
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.minimum_data_set import DRAFT, SetShown, read_follows, read_tumor_type
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("minimum_data_sets", __name__, url_prefix="/boards/<slug>/minimum-data-set")
EDIT = Permission.EDIT_MINIMUM_DATA_SET


@blueprint.get("")
@needs(Permission.SEE_BOARD)
def show(slug: str) -> str:
    by, shown = actor(), SetShown.of(request.args)
    board = boards.open_board(slug, by)
    own = questions.own_tumor_types(board.id)
    tumor_type = shown.tumor_type or _usual(board, own)
    return render_template(
        "minimum_data_sets/show.html",
        board=board,
        member_count=board_members.member_counts([board.id], by.at).get(board.id, 0),
        tumor_type=tumor_type,
        own_types=[each for each in TumorType if each in own],
        other_types=[each for each in TumorType if each not in own],
        may_edit=may(by, EDIT, board),
        sections=Section,
        fresh=fresh_words,
        **_versions(board, tumor_type, shown),
    )


@blueprint.post("/<tumor_type>/draft")
@needs(EDIT)
def begin(slug: str, tumor_type: str) -> Response:
    by = actor()
    with transaction():
        board = _to_edit(slug, by)
        minimum_data_set_drafts.begin(board, read_tumor_type(tumor_type), by)
    return to_the_draft(slug, tumor_type)


@blueprint.get("/<tumor_type>/draft/discard")
@needs(EDIT)
def confirm_discarding(slug: str, tumor_type: str) -> str:
    return render_template("minimum_data_sets/discard.html", **_draft_and_changes(slug, tumor_type))


@blueprint.post("/<tumor_type>/draft/discard")
@needs(EDIT)
def discard(slug: str, tumor_type: str) -> Response:
    by, kind = actor(), read_tumor_type(tumor_type)
    with refusals_told(), transaction():
        board = _to_edit(slug, by)
        revision = read_number(request.form.get("revision"))
        draft = minimum_data_set_drafts.draft_to_change(board, kind, by, revision)
        minimum_data_set_drafts.discard(draft, by)
        flash(f"The draft of version {draft.version} is discarded. What is in force stays as it is.")
    return redirect(url_for("minimum_data_sets.show", slug=slug, tumor_type=kind), 303)


@blueprint.get("/<tumor_type>/draft/in-force")
@needs(EDIT)
def confirm_in_force(slug: str, tumor_type: str) -> str:
    """Says what changes, and what becomes of the open cases: in numbers, without a patient."""
    found = _draft_and_changes(slug, tumor_type)
    effect = minimum_data_set_force.effect_of(found["draft"], actor())
    return render_template("minimum_data_sets/put_in_force.html", effect=effect, **found)


@blueprint.post("/<tumor_type>/draft/in-force")
@needs(EDIT)
def put_in_force(slug: str, tumor_type: str) -> Response:
    by, kind, follow = actor(), read_tumor_type(tumor_type), read_follows(request.form)
    with refusals_told(), transaction():
        board = _to_edit(slug, by)
        revision = read_number(request.form.get("revision"))
        draft = minimum_data_set_drafts.draft_to_change(board, kind, by, revision)
        count = minimum_data_set_force.put_in_force(draft, by, open_cases_follow=follow)
        who = f"{words.count_words(count, 'open case')} follow{'s' if count == 1 else ''}." if follow else ""
        flash(f"Version {draft.version} is in force. {who or 'It counts for cases submitted from now on.'}")
    return redirect(url_for("minimum_data_sets.show", slug=slug, tumor_type=kind), 303)


def to_the_draft(slug: str, tumor_type: str, anchor: str = "") -> Response:
    """Back to the draft's page, at one of its items."""
    where = url_for("minimum_data_sets.show", slug=slug, tumor_type=tumor_type, version=DRAFT, _anchor=anchor or None)
    return redirect(where, 303)


def _to_edit(slug: str, by: Actor) -> Board:
    return boards.open_board(slug, by, EDIT)


def _versions(board: Board, tumor_type: TumorType, shown: SetShown) -> dict[str, Any]:
    """Every version, and the one to show with what it changes."""
    kept = questions.versions(board.id, tumor_type)
    numbered = {each.version: each for each in kept}
    waiting = next((each for each in kept if each.in_force_since is None), None)
    now = in_force_among(kept, tumor_type)
    chosen = waiting if shown.draft else numbered.get(shown.version)
    version, draft = version_of(chosen) if chosen else now, waiting if chosen is waiting else None
    before = numbered.get(version.number - 1)
    return {
        "versions": kept,
        "now": now,
        "version": version,
        "draft": draft,
        "waiting": waiting,
        "left_out": minimum_data_set_drafts.left_out(draft) if draft else (),
        "differences": differences(version_of(before).data_set, version.data_set) if before else (),
    }


def _draft_and_changes(slug: str, tumor_type: str) -> dict[str, Any]:
    board = _to_edit(slug, actor())
    draft = minimum_data_set_drafts.open_draft(board, read_tumor_type(tumor_type))
    now = in_force(board.id, draft.tumor_type)
    changes = differences(now.data_set, version_of(draft).data_set)
    return {"board": board, "draft": draft, "tumor_type": draft.tumor_type, "now": now, "differences": changes}


def _usual(board: Board, own: set[TumorType]) -> TumorType:
    """The tumor type that a page shows unasked: the one that the board is called after, else one that it has had."""
    called = next((each for each in TumorType if each.value == board.name.lower()), None)
    return called or next((each for each in TumorType if each in own), TumorType.OTHER)
