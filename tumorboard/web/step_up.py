"""Acts that need a second factor of the last five minutes: signing, breaking the glass, exports, accounts.

``@stepped_up`` below ``@needs(…)`` on a POST route. When the last one is older, the answer is a page that asks for it,
with everything that was typed in the form it sends on: the same act, at the same address, needs no other click.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, jsonify, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from tumorboard.domain import passkeys, second_factors
from tumorboard.domain.second_factors import WRONG_CODE
from tumorboard.domain.web_sessions import is_stepped_up
from tumorboard.storage.models import WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.web import door
from tumorboard.web.access import actor
from tumorboard.web.forms.second_factor import CodeForm

P = ParamSpec("P")
R = TypeVar("R")

_ASKED = "stepped_up"
CODE, PASSKEY = "confirm-code", "confirm-passkey"
"""The fields of that page, besides those of the form that it carries."""
_OURS = {CODE, PASSKEY, "csrf_token"}


def stepped_up(view: Callable[P, R]) -> Callable[P, R]:
    """Declares that a POST route needs a recent second factor."""
    setattr(view, _ASKED, True)
    return view


def init_app(app: Flask) -> None:
    """After ``access.init_app``: who asks is known and may."""
    app.before_request(_ask)


def _ask() -> Response | None:
    asked = request.method == "POST" and getattr(current_app.view_functions.get(request.endpoint or ""), _ASKED, False)
    if not asked or is_stepped_up(current_user.web_session, g.at):
        return None
    web_session: WebSession = current_user.web_session
    with transaction():
        if _shown(web_session):
            door.confirm_again(web_session)
            return None
    return _page(web_session)


def _shown(web_session: WebSession) -> bool:
    code, passkey = request.form.get(CODE), request.form.get(PASSKEY)
    if passkey:
        return passkeys.opens(web_session, door.site(), passkey, actor())
    return bool(code) and second_factors.opens_with_code(web_session.person, code or "", g.at)


def _page(web_session: WebSession) -> Response:
    if request.accept_mimetypes.best == "application/json":
        refused: Response = jsonify(problem="Confirm that it is you first: do this once without scripts.")
        refused.status_code = 401
        return refused
    form = CodeForm(formdata=None, prefix="confirm-")
    if request.form.get(CODE) is not None:
        form.refuse("code", WRONG_CODE)
    if request.form.get(PASSKEY) is not None:
        form.refuse(None, passkeys.REFUSED)
    carried = [(name, text) for name, text in request.form.items(multi=True) if name not in _OURS]
    factors = second_factors.factors_of(web_session.person)
    page = render_template("sign_in/step_up.html", form=form, factors=factors, carried=carried)
    return Response(page, 401, mimetype="text/html")
