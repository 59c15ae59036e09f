"""Who is asking, and whether a route lets them in. A route without a declared permission stops the start."""

from collections.abc import Callable
from datetime import timedelta
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, logout_user
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from tumorboard.config import Settings
from tumorboard.domain import web_sessions
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand_some
from tumorboard.domain.web_sessions import Stage
from tumorboard.storage import row_level_security
from tumorboard.storage.models import Person, WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web import assets

P = ParamSpec("P")
R = TypeVar("R")

_DECLARED = "declared_permission"
_PUBLIC = "public"


class SignedIn(UserMixin):
    """What Flask-Login keeps of a session: the token in the cookie, and the row that it opens."""

    def __init__(self, token: str, web_session: WebSession) -> None:
        self.token = token
        self.web_session = web_session

    @property
    def person(self) -> Person:
        return self.web_session.person

    def get_id(self) -> str:
        return self.token


def needs(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares what a route lets people do. Over a subject, the domain function that opens it asks again."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, _DECLARED, permission)
        return view

    return declare


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declares that a route is for people who are not signed in."""
    setattr(view, _DECLARED, _PUBLIC)
    return view


def declared_permission(app: Flask, endpoint: str) -> Permission | str | None:
    """What the route declares: a permission, ``"public"``, or nothing."""
    declared: Permission | str | None = getattr(app.view_functions[endpoint], _DECLARED, None)
    return _PUBLIC if endpoint in assets.ENDPOINTS else declared


def require_declared_permissions(app: Flask) -> None:
    """Stops the start when a route says nothing about who may use it."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    silent = sorted(endpoint for endpoint in endpoints if declared_permission(app, endpoint) is None)
    if silent:
        raise RuntimeError(f"These routes declare no permission: {', '.join(silent)}. Add @needs(...) or @public.")


def actor() -> Actor:
    """Who asks, when, and from where."""
    return actor_for(current_user.person)


def actor_for(person: Person) -> Actor:
    """Somebody who acts in this request without being signed in whole: at the door, or by a mailed link."""
    return Actor(person, g.at, g.request_id, request.remote_addr or "")


def session_in_cookie() -> tuple[WebSession, Stage] | None:
    """This browser's session and what it opens now; only an open one makes somebody signed in."""
    token = session.get("_user_id")
    if "web_session" not in g:
        g.web_session = web_sessions.session_of(token, g.at, limits()) if token else None
    found: tuple[WebSession, Stage] | None = g.web_session
    return found


def session_at(*stages: Stage) -> WebSession | None:
    """This browser's session, if it is at one of these stages."""
    found = session_in_cookie()
    return found[0] if found and found[1] in stages else None


def init_app(app: Flask) -> None:
    """Loads who is signed in, and lets requests in by what their route declares."""
    manager = LoginManager(app)
    # Flask-Login's own protection believes a client's X-Forwarded-For (trust.md threat 8).
    manager.session_protection = None
    manager.user_loader(_signed_in_by)
    app.before_request(_let_in)


def safe_path(path: str | None) -> str:
    """``path`` if it leads to a page of ours that can be looked at, else Today (trust.md threat 20)."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match((path or "").split("?")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return url_for("today.show")
    return path if path and path.startswith("/") and not path.startswith("//") else url_for("today.show")


def _signed_in_by(token: str) -> SignedIn | None:
    found = session_at(Stage.OPEN)
    if found is None:
        return None
    row_level_security.show_to(found.person_id, g.at)
    return SignedIn(token, found)


def _let_in() -> Response | None:
    if request.endpoint is None:
        return None
    declared = declared_permission(current_app, request.endpoint)
    if declared == _PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _send_to_the_door()
    with transaction():
        web_sessions.touch(current_user.web_session, g.at)
        demand_some(actor(), Permission(str(declared)))
    return None


def _send_to_the_door() -> Response:
    if session_at(Stage.LOCKED):
        return _send_to("lock.show", "This page was locked. Nothing of this was done. Unlock it, then do it again.")
    if not session_at(Stage.ENTERING):
        logout_user()  # and no more of the cookie: the door may stand open in another tab, with a token of this session
    return _send_to("sign_in.show", "You were signed out. Nothing of this was done. Sign in, then do it again.")


def _send_to(endpoint: str, sentence: str) -> Response:
    if request.method != "GET":
        raise Unauthorized(sentence)
    return redirect(url_for(endpoint, next=request.full_path.removesuffix("?")))


def limits() -> web_sessions.Limits:
    """How long a session stays open untouched, and lasts at all."""
    settings: Settings = current_app.config["TUMORBOARD"]
    return web_sessions.Limits(
        timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    )
