"""One's own calendar to subscribe to: making and ending a feed, and reading it without sign-in under its address."""

from uuid import UUID

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tumorboard.calendars.feed import feed_bytes
from tumorboard.config import Settings
from tumorboard.domain import feeds
from tumorboard.errors import Refused
from tumorboard.storage.queries import feeds as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs, public
from tumorboard.web.forms.feed import NewFeedForm
from tumorboard.web.limits import limiter, link_followed
from tumorboard.web.refusals import refusals_told

blueprint = Blueprint("feeds", __name__)
NAME = "Tumor boards"


@blueprint.get("/me/feeds")
@needs(Permission.CHANGE_OWN_SETTINGS)
def index() -> str:
    return _page(NewFeedForm(formdata=None))


@blueprint.post("/me/feeds")
@needs(Permission.CHANGE_OWN_SETTINGS)
def make() -> str | tuple[str, int]:
    """Shows the address once: it is on no other page, and back or reload does not bring it again."""
    by, form = actor(), NewFeedForm()
    if form.validate():
        try:
            with transaction():
                feed, token = feeds.make(form.name.text, by)
                address = f"{_settings().base_url}{url_for('feeds.read', token=token)}"
                return render_template("feeds/made.html", feed=feed, address=address)
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return _page(form), 422


@blueprint.post("/me/feeds/<uuid:feed_id>/end")
@needs(Permission.CHANGE_OWN_SETTINGS)
def end(feed_id: UUID) -> AnyResponse:
    with refusals_told(), transaction():
        ended = feeds.end(feed_id, actor())
        flash(f"“{ended.name}” is ended. What it has read stays there until that program asks again.")
    return redirect(url_for("feeds.index"), 303)


@blueprint.get("/feeds/<token>.ics")
@public
@limiter.limit("60/hour", key_func=link_followed)
def read(token: str) -> Response:
    """The calendar itself. Its ETag is that of its bytes, which follow the entries and not the asking."""
    with transaction():
        person = feeds.read(token, g.at)
        dates, series = feeds.dates_of(person)
    body = feed_bytes(NAME, person.time_zone, _settings().base_url, dates, series)
    answer = Response(body, mimetype="text/calendar")
    answer.add_etag()
    answer.headers["Content-Disposition"] = 'inline; filename="tumor-boards.ics"'
    answer.make_conditional(request)
    return answer


def _page(form: NewFeedForm) -> str:
    return render_template("feeds/index.html", form=form, feeds=questions.feeds_of(actor().person.id))


def _settings() -> Settings:
    settings: Settings = current_app.config["TUMORBOARD"]
    return settings
