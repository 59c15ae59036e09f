"""Begins each request: its time, its reference, its size, nobody's sight; refuses other sites' pages; logs by route."""

from uuid import uuid4

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

from tumorboard import clock
from tumorboard.domain.attachments import LARGEST
from tumorboard.errors import Code, Refused
from tumorboard.storage import row_level_security

LARGEST_BODIES = {"attachments.add": LARGEST + 1024 * 1024}
"""Bytes of a request by its route; everywhere else ``MAX_CONTENT_LENGTH`` of the application."""
CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}
_log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.before_request(_refuse_other_sites)
    app.after_request(_log_answer)


def _begin() -> None:
    g.at = clock.now()
    g.request_id = uuid4().hex
    request.max_content_length = LARGEST_BODIES.get(request.endpoint or "")  # before anything reads the form
    row_level_security.show_to(None, g.at)


def _refuse_other_sites() -> None:
    """Beside the tokens of the forms: what the browser itself says about who sends this (trust.md threat 9)."""
    if request.method not in CHANGES_NOTHING and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Refused(Code.NOT_ALLOWED, "A page of another site sent this. Open the service itself, and do it there.")


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
