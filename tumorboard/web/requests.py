"""Gives each request its time and its reference, and logs it by route and never by address."""

from uuid import uuid4

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

from tumorboard import clock

_log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_log_answer)


def _begin() -> None:
    g.at = clock.now()
    g.request_id = uuid4().hex


def _log_answer(response: Response) -> Response:
    # The rule, not the path: an id in a log says who was looked at.
    rule = request.url_rule.rule if request.url_rule else None
    seconds = (clock.now() - g.at).total_seconds()
    _log.info(
        "answered",
        method=request.method,
        rule=rule,
        status=response.status_code,
        ms=round(seconds * 1000),
        request_id=g.request_id,
    )
    return response
