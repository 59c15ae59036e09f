"""The pack of a meeting: asked for, looked after while it is made, opened."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import meetings, packs
from tumorboard.storage.queries import agendas
from tumorboard.storage.queries import packs as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import PackState, Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.refusals import refusals_told
from tumorboard.web.summaries import pdf_answer

blueprint = Blueprint("packs", __name__, url_prefix="/meetings/<uuid:meeting_id>")

WATCHED = timedelta(minutes=5)
"""How long the page looks by itself how far the pack is: no longer, since a page that asks keeps its session open."""


@blueprint.get("/pack")
@needs(Permission.BUILD_AGENDA)
def show(meeting_id: UUID) -> str:
    by = actor()
    meeting = meetings.open_meeting(meeting_id, by, Permission.BUILD_AGENDA)
    pack = questions.pack_of(meeting.id, by.person.id)
    waits = pack is not None and pack.state in (PackState.ASKED, PackState.MAKING)
    return render_template(
        "packs/show.html",
        meeting=meeting,
        pack=pack,
        good=pack is not None and packs.is_good(pack, by.at),
        waits=waits,
        watched=waits and pack is not None and by.at - pack.asked_at < WATCHED,
        cases=agendas.listed_counts([meeting.id]).get(meeting.id, (0, 0))[0],
    )


@blueprint.post("/pack")
@needs(Permission.BUILD_AGENDA)
def ask(meeting_id: UUID) -> Response:
    by = actor()
    with refusals_told(), transaction():
        packs.ask(meetings.meeting_to_change(meeting_id, by, Permission.BUILD_AGENDA), by)
    return redirect(url_for("packs.show", meeting_id=meeting_id), 303)


@blueprint.get("/pack.pdf")
@needs(Permission.BUILD_AGENDA)
def download(meeting_id: UUID) -> Response:
    by = actor()
    with transaction():
        pdf = packs.open_pdf(meetings.open_meeting(meeting_id, by, Permission.BUILD_AGENDA), by)
    return pdf_answer(pdf, "pack.pdf")
