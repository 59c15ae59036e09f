"""The delivery pages: what became of every mail of a meeting or a series, and sending a failed one again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import boards, meetings, retries
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import Held, held_over
from tumorboard.errors import absent
from tumorboard.storage.models import Notice
from tumorboard.storage.queries import notices as questions
from tumorboard.storage.queries import series as series_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import NoticeKind, NoticeState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.filters import name
from tumorboard.web.forms.base import read_id
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("notices", __name__)


@blueprint.get("/meetings/<uuid:meeting_id>/notices")
@needs(Permission.SEE_DELIVERY)
def of_meeting(meeting_id: UUID) -> str:
    by = actor()
    meeting = meetings.open_meeting(meeting_id, by, Permission.SEE_DELIVERY)
    return _page(
        "notices/of_meeting.html",
        questions.about_meeting(meeting.id),
        held_over(by, meeting),
        by,
        meeting=meeting,
        board=meeting.board,
        address=url_for("notices.of_meeting", meeting_id=meeting.id),
    )


@blueprint.get("/boards/<slug>/series/notices")
@needs(Permission.SEE_DELIVERY)
def of_series(slug: str) -> str:
    by = actor()
    board = boards.open_board(slug, by, Permission.SEE_DELIVERY)
    address = url_for("notices.of_series", slug=slug)
    which, held = questions.about_series(board.id), held_over(by, board)
    return _page("notices/of_series.html", which, held, by, board=board, address=address)


@blueprint.post("/notices/<uuid:notice_id>/again")
@needs(Permission.RETRY_NOTICE)
def send_again(notice_id: UUID) -> Response:
    by, failed = actor(), questions.notice(notice_id)
    if failed is None:
        raise absent()
    with refusals_told(), transaction():
        owed = retries.retry(failed, by)
        flash(f"On the way to {name(failed.person)} again: {words.count_words(len(owed), 'mail')}.")
    return redirect(_page_about(failed), 303)


def _page_about(notice: Notice) -> str:
    if notice.meeting_id:
        return url_for("notices.of_meeting", meeting_id=notice.meeting_id)
    entry = notice.calendar_entry
    series = series_questions.series(entry.series_id) if entry and entry.series_id else None
    if series is None:
        raise absent()
    return url_for("notices.of_series", slug=series.board.slug)


def _page(template: str, which: ColumnElement[bool], held: Held, by: Actor, **about: Any) -> str:
    """The list of these notices, filtered by the address and page by page."""
    state = next((state for state in NoticeState if state == request.args.get("state")), None)
    kind = next((kind for kind in NoticeKind if kind == request.args.get("kind")), None)
    after_id = read_id(request.args.get("after"))
    after = questions.notice(after_id) if after_id else None
    found = questions.page_of(which, state=state, kind=kind, after=after)
    page = found[: questions.PAGE]
    return render_template(
        template,
        notices=page,
        next_after=page[-1].id if len(found) > len(page) else None,
        sent_again=questions.sent_again(notice.id for notice in page),
        fates=questions.fates_of(which),
        sending=questions.sending_count(which),
        delivery=questions.delivery(),
        state=state,
        kind=kind,
        states=NoticeState,
        kinds=NoticeKind,
        may_retry=held.may(Permission.RETRY_NOTICE),
        may_see_meeting=held.may(Permission.SEE_MEETING),
        here=request.full_path,
        now=by.at,
        **about,
    )
