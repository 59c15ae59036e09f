"""One map turns a refusal into HTTP; an error page says what happened, what is safe and what to do, and no patient."""

from http import HTTPStatus

import structlog
from flask import Flask, g, jsonify, render_template, request
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError, Unauthorized
from werkzeug.wrappers import Response

from tumorboard.domain.attachments import TOO_LARGE
from tumorboard.errors import Code, Refused
from tumorboard.web import resending
from tumorboard.web.requests import LARGEST_BODIES

STATUS = {
    Code.ABSENT: 404,
    Code.NOT_ALLOWED: 403,
    Code.NOT_NOW: 409,
    Code.CHANGED_MEANWHILE: 409,
    Code.WRONG: 422,
    Code.TOO_OFTEN: 429,
    Code.GONE: 410,
}

_SAFE = "Nothing was changed."
_PAGES = {
    400: ("This was not understood", "Go back, reload the page and try again."),
    401: ("You were signed out", "Sign in, then do it again."),
    403: ("This is not yours to do", "The board's coordinator can do it, or say who may."),
    404: ("Nothing here", "There is nothing at this address that you can see."),
    405: ("This was not understood", "Go back and use the buttons of the page."),
    409: ("This cannot be done now", "Reload the page to see how things stand."),
    410: ("This link is over", "Ask for a new one; it takes a minute."),
    413: (
        "Too much at once",
        "1 MB is the most. Go back, choose a smaller file or shorten the text, and send it again.",
    ),
    422: ("This was refused", "Go back, correct it and send it again."),
    429: ("Too many tries", "Wait a minute, then try again."),
    503: ("The service is not complete at the moment", "Its database cannot be reached. Try again in a minute."),
}
_UNKNOWN = ("Something went wrong on our side", "Try again in a minute.")
"""For each status what happened, and what to do."""

_log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Every way to fail ends in one page."""
    app.register_error_handler(Refused, lambda error: answer(STATUS[error.code], error.sentence))
    app.register_error_handler(CSRFError, lambda _: _without_session(400, _CSRF_SENTENCE))
    app.register_error_handler(Unauthorized, lambda _: _without_session(401))
    app.register_error_handler(RateLimitExceeded, lambda _: answer(429))
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(DBAPIError, _database_failed)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


_CSRF_SENTENCE = (
    "This page was open too long, or in a session that has ended. Go back, copy what you typed, reload the page and"
    " send it again. What you typed into a case while it said “Draft saved” is in its draft."
)


def answer(status: int, sentence: str = "") -> Response:
    """The error page, or for a script its sentence as JSON."""
    title, todo = _PAGES.get(status, _UNKNOWN)
    todo = sentence or todo
    if _is_from_script():
        response: Response = jsonify(problem=todo)
    else:
        page = render_template("errors/error.html", title=title, safe=_SAFE, todo=todo, reference=g.request_id)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


def _without_session(status: int, sentence: str = "") -> Response:
    """A form that was sent too late comes back with all that was typed, where it is known whose it is."""
    again = None if _is_from_script() else resending.posted_again()
    if again is None:
        return answer(status, sentence)
    title, _ = _PAGES[401]
    page = render_template("errors/again.html", title=title, again=again, reference=g.request_id)
    return Response(page, status, mimetype="text/html")


def _is_from_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _strange_host(_: SecurityError) -> Response:
    """A host that is not ours (trust.md threat 20): no page, since no address of ours can be built for it."""
    return Response("Ask for this service by its own name.\n", 400, mimetype="text/plain")


def _http(error: HTTPException) -> Response:
    return answer(error.code or 500, TOO_LARGE if _is_large_file(error) else "")


def _is_large_file(error: HTTPException) -> bool:
    return error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and request.endpoint in LARGEST_BODIES


def _changed_meanwhile(_: StaleDataError) -> Response:
    return answer(409, "Somebody else changed this in the same moment. Look at it again, then decide.")


def _database_failed(error: DBAPIError) -> Response:
    _log.error("database_failed", kind=type(error).__name__, lost=error.connection_invalidated)
    unreachable = error.connection_invalidated or type(error).__name__ == "OperationalError"
    return answer(503 if unreachable else 500)


def _unexpected(error: Exception) -> Response:
    # Only the kind and the place: an exception's text may hold what somebody typed.
    frames = error.__traceback__
    while frames and frames.tb_next:
        frames = frames.tb_next
    place = f"{frames.tb_frame.f_code.co_name}:{frames.tb_lineno}" if frames else ""
    _log.error("unexpected", kind=type(error).__name__, place=place)
    return answer(500)
