"""The door: the password, signing out, and whose session this browser has."""

from hashlib import sha256

import structlog
from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import devices, web_sessions
from tumorboard.domain.passwords import person_with_password
from tumorboard.domain.second_factors import factors_of
from tumorboard.domain.web_sessions import Stage
from tumorboard.storage.transaction import transaction
from tumorboard.web import door
from tumorboard.web.access import actor_for, public, session_in_cookie
from tumorboard.web.forms.sign_in import SignInForm
from tumorboard.web.limits import limiter

blueprint = Blueprint("sign_in", __name__)
_log = structlog.get_logger(__name__)

_WRONG = (
    "E-mail and password do not belong together (the password minds case), or this came too soon: after five tries "
    "even the right password is refused for up to a minute, after a hundred until the link in our mail is used."
)
"""Said whatever is wrong: the address, the password, or that it was tried too often."""
_TOO_MANY = "These were too many tries from here. Wait a minute, then try again; after some hundreds it takes an hour."


def trying() -> str:
    """Counts tries from one address, but those on a known device by themselves: what others try costs it nothing."""
    form, device = SignInForm(), door.device_token()
    is_known = form.validate() and devices.is_known(form.email.text, device)
    return sha256(device.encode()).hexdigest() if is_known else get_remote_address()


def account_tried() -> str:
    """Counts the same for one account; its e-mail address is not kept in Redis."""
    return sha256(f"{trying()} {SignInForm().email.text.lower()}".encode()).hexdigest()


@blueprint.get("/sign-in")
@public
def show() -> Response | str:
    if current_user.is_authenticated:
        return redirect(url_for("today.show"))
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("sign_in/show.html", form=form)


@blueprint.post("/sign-in")
@public
@limiter.limit("300/hour", key_func=trying)
@limiter.limit("10/minute", key_func=account_tried)
def enter() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate():
        return render_template("sign_in/show.html", form=form), 422
    with transaction():  # counted before the password is looked at, so that many at once do not pass for one
        may_try = devices.may_try(form.email.text, door.device_token(), g.at)
    with transaction():
        person = person_with_password(form.email.text, form.password.data or "", g.at)
        if person is None or not may_try:
            _log.info("sign_in_refused", request_id=g.request_id)
            form.refuse(None, _WRONG)
            return render_template("sign_in/show.html", form=form), 422
        web_session = door.begin(person, form.next.data)
        if person.demo:  # they have no second factor, and are in no other service
            door.open_to(web_session)
            return redirect(door.way_on(), 303)
    return redirect(url_for("second_factor.show"), 303)


@blueprint.errorhandler(RateLimitExceeded)
def wait(_: RateLimitExceeded) -> tuple[str, int]:
    form = SignInForm()
    form.refuse(None, _TOO_MANY)
    return render_template("sign_in/show.html", form=form), 429


@blueprint.post("/sign-out")
@public
def leave() -> Response:
    found = session_in_cookie()
    if found:
        with transaction():
            web_sessions.end(found[0], actor_for(found[0].person))
    response = door.leave(redirect(url_for("sign_in.show"), 303))
    flash("You are signed out.")
    return response


@blueprint.get("/session")
@public
def whose() -> Response:
    """For scripts: whose session this browser has, what it opens, and the token that its forms need now."""
    found = session_in_cookie()
    if found is None or found[1] is Stage.ENTERING:
        return jsonify(stage="none")
    web_session, stage = found
    if stage is Stage.OPEN:
        with transaction():
            web_sessions.touch(web_session, g.at)
    person = web_session.person
    name = words.name_words(person.family_name, person.given_name)
    has_passkeys = stage is Stage.LOCKED and bool(factors_of(person).passkeys)
    return jsonify(stage=stage, person=str(person.id), name=name, token=generate_csrf(), passkeys=has_passkeys)
