"""Joining by an invitation: the link leads to the password, and from there to the second factor and the codes."""

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import accounts, links
from tumorboard.errors import Refused
from tumorboard.storage.models import Link
from tumorboard.storage.queries import audit_entries
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import LinkKind
from tumorboard.web import door
from tumorboard.web.access import actor_for, public
from tumorboard.web.forms.password import NewPasswordForm
from tumorboard.web.limits import limiter, link_followed

blueprint = Blueprint("joining", __name__, url_prefix="/join/<token>")


@blueprint.get("")
@public
def show(token: str) -> str | tuple[str, int]:
    try:
        return _page(links.open_link(token, LinkKind.JOIN, g.at), token, NewPasswordForm())
    except Refused:
        return _over(token)


@blueprint.post("")
@public
@limiter.limit("300/hour")
def join(token: str) -> Response | str | tuple[str, int]:
    form, link = NewPasswordForm(), None
    try:
        link = links.open_link(token, LinkKind.JOIN, g.at)
        if form.validate():
            with transaction():
                accounts.join(link, form.password.data or "", actor_for(link.person))
                door.begin(link.person, None)
            return redirect(url_for("second_factor.show"), 303)
    except Refused as error:
        if link is None or error.field is None:
            return _over(token)
        form.refuse(error.field, error.sentence)
    return _page(link, token, form), 422


@blueprint.post("/again")
@public
@limiter.limit("3/hour", key_func=link_followed)
def send_again(token: str) -> str:
    """To the address it was sent to; what is said does not depend on whether there is one."""
    with transaction():
        accounts.send_again(token, g.at)
    return render_template("joining/over.html", token=token, sent=True)


def _page(link: Link, token: str, form: NewPasswordForm) -> str:
    inviter = audit_entries.inviter_of(link.person_id)
    return render_template("joining/password.html", form=form, link=link, token=token, inviter=inviter)


def _over(token: str) -> tuple[str, int]:
    link = links.find(token, LinkKind.JOIN)
    return render_template("joining/over.html", token=token, link=link), 410
