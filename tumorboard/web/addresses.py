"""The links that confirm a changed address, or take the old one back; each is used by a button, not by being opened."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import addresses, links
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import LinkKind
from tumorboard.web.access import actor_for, public
from tumorboard.web.limits import limiter

blueprint = Blueprint("addresses", __name__)


@blueprint.get("/confirm-address/<token>")
@public
def ask_to_confirm(token: str) -> str:
    link = links.open_link(token, LinkKind.CONFIRM_EMAIL, g.at)
    return render_template("addresses/confirm.html", link=link, token=token)


@blueprint.post("/confirm-address/<token>")
@public
@limiter.limit("300/hour")
def confirm(token: str) -> Response:
    with transaction():
        link = links.open_link(token, LinkKind.CONFIRM_EMAIL, g.at)
        addresses.confirm(link, actor_for(link.person))
    flash("Confirmed. Mails go to this address from now on, and you sign in with it.")
    return redirect(url_for("sign_in.show"), 303)


@blueprint.get("/keep-address/<token>")
@public
def ask_to_keep(token: str) -> str:
    link = links.open_link(token, LinkKind.KEEP_EMAIL, g.at)
    return render_template("addresses/keep.html", link=link, token=token)


@blueprint.post("/keep-address/<token>")
@public
@limiter.limit("300/hour")
def keep(token: str) -> Response:
    with transaction():
        link = links.open_link(token, LinkKind.KEEP_EMAIL, g.at)
        addresses.keep(link, actor_for(link.person))
    flash("This address is yours again and everybody is signed out. A link for a new password is on its way to it.")
    return redirect(url_for("sign_in.show"), 303)
