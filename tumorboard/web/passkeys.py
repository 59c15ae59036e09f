"""What the browser asks before it asks for a passkey: the challenge of its session."""

from flask import Blueprint
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from tumorboard.domain import passkeys
from tumorboard.domain.web_sessions import Stage
from tumorboard.storage.models import WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.web import door
from tumorboard.web.access import public, session_at
from tumorboard.web.limits import limiter, session_tried

blueprint = Blueprint("passkeys", __name__, url_prefix="/passkeys")


@blueprint.post("/challenge")
@public
@limiter.limit("600/hour", key_func=session_tried)
def ask_to_sign() -> Response:
    web_session = _session_at(*Stage)
    with transaction():
        return Response(passkeys.ask_to_sign(web_session, door.site()), mimetype="application/json")


@blueprint.post("/new-challenge")
@public
@limiter.limit("600/hour", key_func=session_tried)
def ask_to_make() -> Response:
    web_session = _session_at(Stage.ENTERING, Stage.OPEN)
    with transaction():
        return Response(passkeys.ask_to_make(web_session, door.site()), mimetype="application/json")


def _session_at(*stages: Stage) -> WebSession:
    web_session = session_at(*stages)
    if web_session is None:
        raise Unauthorized("You were signed out. Sign in first.")
    return web_session
