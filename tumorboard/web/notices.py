"""The delivery page: what became of every mail of a meeting, and sending a failed one again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import invitations, meetings
from tumorboard.domain.permissions import held_over
from tumorboard.errors import absent
from tumorboard.storage.queries import notices as questions
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
    held = held_over(by, meeting)
    state = next((state for state in NoticeState if state == request.args.get("state")), None)
    kind = next((kind for kind in NoticeKind if kind == request.args.get("kind")), None)
    after_id = read_id(request.args.get("after"))
    after = questions.notice(after_id) if after_id else None
    found = questions.page_of_meeting(meeting.id, state=state, kind=kind, after=after)
    page = found[: questions.PAGE]
    return render_template(
        "notices/of_meeting.html",
        meeting=meeting,
        notices=page,
        next_after=page[-1].id if len(found) > len(page) else None,
        sent_again=questions.sent_again(notice.id for notice in page),
        fates=questions.fates_of_meeting(meeting.id),
        sending=questions.sending_count(meeting.id),
        delivery=questions.delivery(),
        state=state,
        kind=kind,
        states=NoticeState,
        kinds=NoticeKind,
        may_retry=held.may(Permission.RETRY_NOTICE),
        may_see_meeting=held.may(Permission.SEE_MEETING),
        here=request.full_path,
        now=by.at,
    )


@blueprint.post("/notices/<uuid:notice_id>/again")
@needs(Permission.RETRY_NOTICE)
def send_again(notice_id: UUID) -> Response:
    by, failed = actor(), questions.notice(notice_id)
    if failed is None:
        raise absent()
    with refusals_told(), transaction():
        owed = invitations.send_again(failed, by)
        flash(f"On the way to {name(failed.person)} again: {words.count_words(len(owed), 'mail')}.")
    return redirect(url_for("notices.of_meeting", meeting_id=failed.meeting_id), 303)
