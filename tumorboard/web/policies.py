"""A board's policy: each part changed on a page of its own that first says what the change does; earlier versions."""

from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import policy_of
from tumorboard.domain.boards import ChangePolicy, PolicyEffect
from tumorboard.domain.differences import mark
from tumorboard.domain.policy_words import sentences
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, BoardVersion
from tumorboard.storage.queries import board_members, board_versions, meetings, people
from tumorboard.storage.transaction import rehearsal, transaction
from tumorboard.vocabulary import Permission, PolicyPart
from tumorboard.web import zone_change
from tumorboard.web.access import actor, needs
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.policy import PolicyForm, form_of
from tumorboard.web.forms.two_versions import TwoVersions, both_versions, brought_together, carried
from tumorboard.web.hears import Hearing, Line, hearing_of, nobody

blueprint = Blueprint("policies", __name__, url_prefix="/boards/<slug>/policy")


@dataclass(frozen=True)
class Shown:
    """What a change will do, as it stands before the button; ``seen`` tells this effect from any other."""

    was: str
    now: str
    lines: list[Line]
    button: str
    seen: str


@blueprint.get("")
@needs(Permission.SEE_BOARD)
def earlier(slug: str) -> str:
    """Every version with what differed from the one before, newest first."""
    by, board = actor(), boards.open_board(slug, actor())
    kept = board_versions.versions(board.id)
    return render_template(
        "policies/earlier.html",
        board=board,
        member_count=board_members.member_counts([board.id], by.at).get(board.id, 0),
        versions=[(each, _differences(before, each)) for each, before in pairwise([*kept, None]) if each],
    )


@blueprint.get("/<part>")
@needs(Permission.EDIT_POLICY)
def edit(slug: str, part: str) -> str:
    board = boards.open_board(slug, actor(), Permission.EDIT_POLICY)
    saved = form_of(part).boxes(policy_of(board))
    return _page(board, _form(part, MultiDict(saved | carried(saved, board.version))))


@blueprint.post("/<part>")
@needs(Permission.EDIT_POLICY)
def change(slug: str, part: str) -> Response | str | tuple[str, int]:
    """Saves what was shown to its writer; whatever they have not seen the effect of is shown first."""
    by = actor()
    board = boards.open_board(slug, by, Permission.EDIT_POLICY)
    saved = form_of(part).boxes(policy_of(board))
    form = _form(part, request.form)
    form = _form(part, brought_together(form, request.form, saved, board.version))
    if not form.validate():
        return _page(board, form), 422
    try:
        with transaction():
            shown = _rehearsed(board, form, by)
            if shown and shown.seen != form.seen.data:
                return _page(board, form, shown=shown)
            effect = boards.change_policy(board, _act(board, form), by)
    except Refused as error:
        return _refused(board, form, error)
    flash(_told(effect) if shown else "Nothing was changed.")
    return redirect(url_for("boards.show", slug=slug) + "#policy", 303)


def _rehearsed(board: Board, form: PolicyForm, by: Actor) -> Shown | None:
    """What the change does, by making it and undoing that; none where it changes nothing."""
    before = policy_of(board)
    act = _act(board, form)
    starts = zone_change.starts_of(meetings.coming_meetings_of_board(board.id, by.at))
    with rehearsal():
        effect = boards.change_policy(board, act, by)
        coming = meetings.coming_meetings_of_board(board.id, by.at)
        clocks = zone_change.lines(coming, starts, before.time_zone, board.time_zone)
        hearing, count = hearing_of(effect.owed), (len(effect.follow), len(effect.stay))
    if not effect.parts:
        return None
    was, now = sentences(before)[form.part], sentences(act.policy)[form.part]
    effect_boxes = {"effect": [*map(str, count), str(hearing.total), str(len(clocks))]}
    seen = mark(form.boxes(act.policy) | effect_boxes)
    return Shown(was, now, [*clocks, *_lines(form.part, hearing, *count)], hearing.button("Save"), seen)


def _lines(part: PolicyPart, hearing: Hearing, follow: int, stay: int) -> list[Line]:
    """What becomes of coming meetings, then the mails, then who gets none."""
    lines = []
    if follow:
        yet = "" if hearing.total else "Nobody was invited yet."
        lines.append(Line("meetings", follow, f"Planned {_meetings(follow)} will follow.", yet))
    if stay:
        why = "The agenda is published, or the meeting has a place or length of its own."
        lines.append(Line("lock", stay, f"Coming {_meetings(stay)} will stay.", why))
    if not follow and not stay and part in (PolicyPart.TIME, PolicyPart.WHERE):
        lines.append(Line("meetings", 0, "No coming meeting changes.", ""))
    return [*lines, *hearing.lines(*([] if hearing.total else [nobody("Nobody gets a mail.")]))]


def _refused(board: Board, form: PolicyForm, error: Refused) -> tuple[str, int]:
    """The same page with what was typed; where somebody else saved meanwhile, with theirs to choose from."""
    if error.code not in (Code.CHANGED_MEANWHILE, Code.WRONG):
        raise error
    form.refuse(error.field, error.sentence)
    saved, kept = form.boxes(policy_of(board)), board_versions.latest(board.id)
    is_meanwhile = error.code is Code.CHANGED_MEANWHILE and kept is not None
    as_saved = _form(form.part, MultiDict(saved))
    versions = both_versions(form, request.form, saved, as_saved, kept) if is_meanwhile and kept else None
    return _page(board, form, versions), STATUS[error.code]


def _act(board: Board, form: PolicyForm) -> ChangePolicy:
    return ChangePolicy(form.changed(policy_of(board)), read_number(form.version.data))


def _form(part: str, typed: MultiDict[str, str]) -> PolicyForm:
    form = form_of(part)(typed)
    form.offer(people.all_hospitals())
    return form


def _page(board: Board, form: PolicyForm, versions: TwoVersions | None = None, shown: Shown | None = None) -> str:
    if shown:
        form.seen.data = shown.seen
    return render_template("policies/edit.html", board=board, form=form, versions=versions, shown=shown)


def _differences(before: BoardVersion | None, now: BoardVersion) -> list[tuple[PolicyPart, str, str]]:
    """Part, what it says now and what it said before; a first version says everything."""
    was = before.content if before else {}
    parts = [part for part in PolicyPart if now.content.get(part) != was.get(part)]
    return [(part, now.content.get(part, ""), was.get(part, "")) for part in parts]


def _told(effect: PolicyEffect) -> str:
    follow = f" {words.count_words(len(effect.follow), 'planned meeting')} changed with it." if effect.follow else ""
    mails = f" {words.count_words(len(effect.owed), 'mail')} on the way." if effect.owed else " No mail goes out."
    return f"Saved: {effect.parts[0].label}.{follow}{mails}"


def _meetings(count: int) -> str:
    return "meeting" if count == 1 else "meetings"
