"""The door: signing in and out."""

import structlog
from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from tumorboard.domain import web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import SignedIn, actor, needs, public, safe_path
from tumorboard.web.forms.sign_in import SignInForm
from tumorboard.web.limits import account_tried, limiter

blueprint = Blueprint("sign_in", __name__)
_log = structlog.get_logger(__name__)


@blueprint.get("/sign-in")
@public
def show() -> Response | str:
    if current_user.is_authenticated:
        return redirect(url_for("today.show"))
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("sign_in/show.html", form=form)


@blueprint.post("/sign-in")
@public
@limiter.limit("300/hour")
@limiter.limit("10/minute", key_func=account_tried)
def enter() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate():
        return render_template("sign_in/show.html", form=form), 422
    with transaction():
        person = web_sessions.person_with_password(form.email.data or "", form.password.data or "")
        if person is None:
            _log.info("sign_in_refused", request_id=g.request_id)
            form.refuse(None, "E-mail and password do not belong together. Check both; the password minds case.")
            return render_template("sign_in/show.html", form=form), 422
        begin_session(person)
    return redirect(safe_path(form.next.data), 303)


@blueprint.post("/sign-out")
@needs(Permission.SEE_OWN_WORK)
def leave() -> Response:
    with transaction():
        web_sessions.end(current_user.token, actor())
    logout_user()
    session.clear()
    flash("You are signed out.")
    response = redirect(url_for("sign_in.show"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def begin_session(person: Person) -> None:
    """Signs ``person`` in on this browser; nothing planted in the cookie before survives (trust.md threat 7)."""
    by = Actor(person, g.at, g.request_id, request.remote_addr or "")
    token, web_session = web_sessions.start(by)
    session.clear()
    login_user(SignedIn(token, web_session))
