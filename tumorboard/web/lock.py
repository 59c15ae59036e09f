"""The lock over a page that was left alone: its person's password or passkey opens it where it was."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from tumorboard.domain import passkeys, web_sessions
from tumorboard.domain.passwords import is_password_of
from tumorboard.domain.second_factors import factors_of
from tumorboard.domain.web_sessions import Stage
from tumorboard.storage.models import WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web import door
from tumorboard.web.access import actor, actor_for, needs, public, safe_path, session_at
from tumorboard.web.forms.password import UnlockForm
from tumorboard.web.limits import limiter, session_tried

blueprint = Blueprint("lock", __name__)

_WRONG = "That did not open it. Check the password; it minds case."


@blueprint.post("/lock")
@needs(Permission.SEE_OWN_WORK)
def lock() -> tuple[str, int]:
    """A page that was left alone has covered itself; from now on no other shows anything either."""
    web_session = session_at(Stage.OPEN)
    with transaction():
        if web_session is not None:
            web_sessions.lock(web_session, actor())
    return "", 204


@blueprint.get("/locked")
@public
def show() -> Response | str:
    """For who comes back by a link or without scripts; else js/lock.js covers the page itself."""
    web_session = session_at(Stage.LOCKED)
    if web_session is None:
        return redirect(safe_path(request.args.get("next")))
    return _page(web_session, UnlockForm())


@blueprint.post("/unlock")
@public
@limiter.limit("10/minute;30/hour", key_func=session_tried)
def unlock() -> Response | tuple[Response | str, int]:
    web_session, form = session_at(Stage.LOCKED, Stage.OPEN), UnlockForm()
    if web_session is None:
        raise Unauthorized("You were signed out. Sign in again.")
    by, from_script = actor_for(web_session.person), request.accept_mimetypes.best == "application/json"
    with transaction():
        if _opens(web_session, form):
            web_sessions.unlock(web_session, by)
            return jsonify({}) if from_script else redirect(safe_path(request.args.get("next")), 303)
    if from_script:
        return jsonify(problem=_WRONG), 422
    form.refuse(None, _WRONG)
    return _page(web_session, form), 422


def _opens(web_session: WebSession, form: UnlockForm) -> bool:
    person, answer = web_session.person, request.form.get("passkey")
    if person.demo:
        return True  # whoever signs in by a click unlocks by one
    if answer:
        return passkeys.opens(web_session, door.site(), answer, actor_for(person))
    return is_password_of(person, form.password.data or "")


def _page(web_session: WebSession, form: UnlockForm) -> str:
    person = web_session.person
    return render_template(
        "sign_in/locked.html",
        form=form,
        locked=person,
        passkeys=factors_of(person).passkeys,
        to=url_for("lock.unlock", next=safe_path(request.args.get("next"))),
    )
