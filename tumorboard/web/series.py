"""A board's series: its rule and dates, beginning one, and changing it, each with a preview of who hears of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, conflicts, series, series_dates
from tumorboard.domain.actor import Actor
from tumorboard.domain.held_dates import recurrence_of
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Meeting, Series
from tumorboard.storage.queries import agendas, board_members, meetings, notices, slot_polls
from tumorboard.storage.queries import series as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import GuideStep, Permission
from tumorboard.web import dates_shown, one_date, series_previews
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.series import BeginSeriesForm, ChangeSeriesForm, as_it_is, as_proposed
from tumorboard.web.guide import guides_of
from tumorboard.web.refusals import refusals_told
from tumorboard.web.series_previews import Beginning, Change

blueprint = Blueprint("series", __name__, url_prefix="/boards/<slug>/series")

LATER, ALL = "later", "all"


@blueprint.get("")
@needs(Permission.SEE_BOARD)
def show(slug: str) -> str:
    by = actor()
    board = boards.open_board(slug, by)
    coming = meetings.coming_meetings_of_board(board.id, by.at)
    today = by.at.astimezone(ZoneInfo(board.time_zone)).date()
    may_plan = may(by, Permission.PLAN_MEETING, board)
    shown = coming if request.args.get("all") else coming[: dates_shown.FIRST]
    return render_template(
        "series/show.html",
        board=board,
        rules=[(each, recurrence_of(each)) for each in questions.lasting_series(today, board.id)],
        dates=dates_shown.shown(shown, board),
        left=len(coming) - len(shown),
        total=len(coming),
        counts=agendas.listed_counts([meeting.id for meeting in shown]),
        conflicts=_coming_conflicts(board, shown) if may_plan else [],
        polls=slot_polls.open_polls([board.id]) if may_plan else [],
        elsewhere=one_date.elsewhere(board, by.at),
        next_meeting=coming[0] if coming else None,
        member_count=board_members.member_counts([board.id], by.at).get(board.id, 0),
        may_plan=may_plan,
        guides=guides_of([board]) if may_plan else [],
        may_see_mails=may(by, Permission.SEE_DELIVERY, board),
        fates=notices.fates_of(notices.about_series(board.id)),
        sending=notices.sending_count(notices.about_series(board.id)),
        is_member=board_members.present_member(board.id, by.person.id, by.at) is not None,
    )


@blueprint.get("/new")
@needs(Permission.PLAN_MEETING)
def new(slug: str) -> str | tuple[str, int]:
    """The form; with its fields in the address the dates that it would make, and who hears of it."""
    by = actor()
    with transaction():
        board = boards.open_board(slug, by, Permission.PLAN_MEETING)
        if request.args:
            return _begin_page(board, BeginSeriesForm(request.args, meta={"csrf": False}), by)
        return _new_page(board, _proposed(board, by))


@blueprint.post("/new")
@needs(Permission.PLAN_MEETING)
def begin(slug: str) -> Response | str | tuple[str, int]:
    by, form = actor(), BeginSeriesForm()
    if form.validate():
        try:
            with transaction():
                board = boards.open_board(slug, by, Permission.PLAN_MEETING)
                skipped = form.skipped(request.form.getlist("skip"))
                _, owed = series.begin(board, form.to_rule(), by, skipped=skipped)
                flash(f"The series begins. {words.count_words(len(owed), 'mail')} on the way.")
            return redirect(url_for("series.show", slug=slug), 303)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    board = boards.open_board(slug, by, Permission.PLAN_MEETING)
    return _new_page(board, form), 422


@blueprint.get("/<uuid:series_id>/change")
@needs(Permission.PLAN_MEETING)
def ask_what(slug: str, series_id: UUID) -> Response | str | tuple[str, int]:
    """The form of the dates from one on, or of all; with its fields in the address the change, rehearsed."""
    by = actor()
    with refusals_told(), transaction():
        board = boards.open_board(slug, by, Permission.PLAN_MEETING)
        held = series.open_series(series_id, board, by)
        first = _first(held, by)
        if "start" in request.args:
            return _change_page(held, first, ChangeSeriesForm(request.args, meta={"csrf": False}), by)
        return _ask_page(held, first, ChangeSeriesForm(formdata=None, **as_it_is(held, first)), by)
    return redirect(url_for("series.show", slug=slug), 303)


@blueprint.post("/<uuid:series_id>/change")
@needs(Permission.PLAN_MEETING)
def change(slug: str, series_id: UUID) -> Response | str | tuple[str, int]:
    by, form = actor(), ChangeSeriesForm()
    if form.validate():
        try:
            with transaction():
                board = boards.open_board(slug, by, Permission.PLAN_MEETING)
                held = series.open_series(series_id, board, by)
                owed = series.change(held, form.to_change(_since(_first(held, by))), by)
                flash(f"Changed. {words.count_words(len(owed), 'mail')} on the way.")
            return redirect(url_for("series.show", slug=slug), 303)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    with refusals_told(), transaction():
        board = boards.open_board(slug, by, Permission.PLAN_MEETING)
        held = series.open_series(series_id, board, by)
        first, only_why = _first(held, by), set(form.errors) == {form.why.name}
        preview = series_previews.change(held, form, _since(first), by) if only_why else None
        return _ask_page(held, first, form, by, preview), 422
    return redirect(url_for("series.show", slug=slug), 303)


def _begin_page(board: Board, form: BeginSeriesForm, by: Actor) -> str | tuple[str, int]:
    """Rehearses the beginning and shows the first dates."""
    if form.validate():
        try:
            preview = series_previews.beginning(board, form, by)
            return _new_page(board, form, preview, one_date.elsewhere(board, by.at))
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _new_page(board, form), 422


def _new_page(
    board: Board, form: BeginSeriesForm, preview: Beginning | None = None, elsewhere: Collection[str] = ()
) -> str:
    guides = guides_of([board], GuideStep.SERIES)
    return render_template(
        "series/new.html", board=board, form=form, preview=preview, elsewhere=elsewhere, guides=guides
    )


def _change_page(held: Series, first: Meeting, form: ChangeSeriesForm, by: Actor) -> str | tuple[str, int]:
    """Rehearses the change and shows the dates before and after it."""
    if form.validate():
        try:
            return _ask_page(held, first, form, by, series_previews.change(held, form, _since(first), by))
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _ask_page(held, first, form, by), 422


def _ask_page(held: Series, first: Meeting, form: ChangeSeriesForm, by: Actor, preview: Change | None = None) -> str:
    return render_template(
        "series/change.html",
        board=held.board,
        series=held,
        recurrence=recurrence_of(held),
        first=first,
        scope=_scope(),
        form=form,
        preview=preview,
        elsewhere=one_date.elsewhere(held.board, by.at),
    )


def _scope() -> str:
    return ALL if request.values.get("scope") == ALL else LATER


def _since(first: Meeting) -> datetime | None:
    return None if _scope() == ALL else first.recurs_at


def _first(held: Series, by: Actor) -> Meeting:
    """The date that was chosen, of those that are still to come; the next one where none was."""
    coming = series_dates.coming(held, by.at)
    wanted = read_id(request.values.get("date"))
    found = next((each for each in coming if each.id == wanted), coming[0] if coming and wanted is None else None)
    if found is None:
        raise Refused(
            Code.CHANGED_MEANWHILE, "This is no coming date of that series any more. These are the dates now."
        )
    return found


def _proposed(board: Board, by: Actor) -> BeginSeriesForm:
    upcoming = meetings.next_meetings([board.id], by.at).get(board.id)
    starts_at = upcoming.starts_at if upcoming and upcoming.starts_at > g.at else None
    today = by.at.astimezone(ZoneInfo(board.time_zone)).date()
    return BeginSeriesForm(formdata=None, **as_proposed(board, starts_at, today))


def _coming_conflicts(board: Board, coming: list[Meeting]) -> list[tuple[Meeting, list[conflicts.Conflict]]]:
    open_ones = [meeting for meeting in coming if meeting.state in meetings.OPEN]
    found = conflicts.conflicts_of(board, [conflicts.span_of(meeting) for meeting in open_ones])
    return [(meeting, each) for meeting, each in zip(open_ones, found, strict=True) if each]
