"""After too many failed tries: the mailed link, with which its reader's browser is known and the door opens as ever."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import devices, links
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import LinkKind
from tumorboard.web import door
from tumorboard.web.access import public
from tumorboard.web.limits import limiter

blueprint = Blueprint("let_in", __name__, url_prefix="/let-in/<token>")


@blueprint.get("")
@public
def ask(token: str) -> str:
    link = links.open_link(token, LinkKind.LET_IN, g.at)
    return render_template("let_in/show.html", link=link, token=token)


@blueprint.post("")
@public
@limiter.limit("300/hour")
def let_in(token: str) -> Response:
    device = door.device_token()
    with transaction():
        devices.let_in(links.open_link(token, LinkKind.LET_IN, g.at), device, g.at)
    door.remember(device)
    flash("You can sign in on this browser, whatever is tried elsewhere.")
    return redirect(url_for("sign_in.show"), 303)
