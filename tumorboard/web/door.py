"""From the password to an open session, on this browser: the cookie's token, and the device that is known."""

import secrets

from flask import Response, after_this_request, current_app, g, request, session
from werkzeug.wrappers import Response as Answer

from tumorboard.domain import devices, web_sessions
from tumorboard.domain.passkeys import Site
from tumorboard.storage.models import Person, WebSession
from tumorboard.web import resending
from tumorboard.web.access import actor_for, safe_path

DEVICE_LASTS = 180 * 24 * 3600
"""Seconds. The cookie signs nobody in: it spares its people the waits that others' failed tries cost."""
_NEXT = "next"
_SHOWN = "factor_shown"


def begin(person: Person, to: str | None) -> WebSession:
    """A session that opens nothing yet; nothing planted in the cookie before survives (trust.md threat 7)."""
    token, web_session = web_sessions.start(actor_for(person), devices.in_words(request.user_agent.string))
    session.clear()
    session["_user_id"], session[_NEXT] = token, to
    return web_session


def open_to(web_session: WebSession) -> None:
    """Opens the session, under another token than the one that was in the cookie until now."""
    person = web_session.person
    token = web_sessions.confirm(web_session, actor_for(person))
    device = device_token()
    devices.know(person, device, g.at)
    remember(device)
    to = session.get(_NEXT)
    session.clear()
    session["_user_id"], session[_NEXT] = token, to
    resending.sign_forms(person)


def remember(device: str) -> None:
    """This browser is known by that from now on."""

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _device_cookie(),
            device,
            max_age=DEVICE_LASTS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def confirm_again(web_session: WebSession) -> None:
    """Step-up: the session has another token from now on; the forms of its open pages stay good."""
    session["_user_id"] = web_sessions.confirm(web_session, actor_for(web_session.person))


def way_on() -> str:
    """The page that was asked for before the door, or Today."""
    return safe_path(session.pop(_NEXT, None))


def note_factor_shown() -> None:
    """A factor was shown, and something is still to be set up before anything opens."""
    session[_SHOWN] = True


def is_factor_shown() -> bool:
    return bool(session.get(_SHOWN))


def device_token() -> str:
    """What this browser is known by, if it is; else what nobody has yet."""
    return request.cookies.get(_device_cookie()) or secrets.token_urlsafe(32)


def site() -> Site:
    """Whom a passkey is made for: the address in the settings, whatever a request says."""
    origin: str = current_app.config["TUMORBOARD"].base_url
    return Site(host=origin.partition("://")[2].partition(":")[0], origin=origin)


def leave(response: Answer) -> Answer:
    """Takes everything out of this browser but that its device is known."""
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _device_cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"
