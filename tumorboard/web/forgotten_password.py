"""A forgotten password: a link by mail, and the page that it opens. No answer tells who has an account."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_limiter.errors import RateLimitExceeded
from werkzeug.wrappers import Response

from tumorboard.domain import accounts, links
from tumorboard.errors import Refused
from tumorboard.storage.models import Link
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import LinkKind
from tumorboard.web.access import actor_for, public
from tumorboard.web.forms.password import ForgottenPasswordForm, NewPasswordForm
from tumorboard.web.limits import account_asked_for, limiter

blueprint = Blueprint("forgotten_password", __name__)

_TOO_MANY = "These were too many tries for this hour. A link that was sent before works; else ask your administrator."


@blueprint.get("/forgotten-password")
@public
def show() -> str:
    return render_template("forgotten_password/show.html", form=ForgottenPasswordForm())


@blueprint.post("/forgotten-password")
@public
@limiter.limit("300/hour")
@limiter.limit("3/hour", key_func=account_asked_for)
def ask_for_link() -> str | tuple[str, int]:
    form = ForgottenPasswordForm()
    if not form.validate():
        return render_template("forgotten_password/show.html", form=form), 422
    with transaction():
        accounts.send_link(form.email.text, g.at)
    return render_template("forgotten_password/show.html", form=form, asked=True)


@blueprint.errorhandler(RateLimitExceeded)
def wait(_: RateLimitExceeded) -> tuple[str, int]:
    form = ForgottenPasswordForm()
    form.refuse(None, _TOO_MANY)
    return render_template("forgotten_password/show.html", form=form), 429


@blueprint.get("/new-password/<token>")
@public
def ask(token: str) -> str:
    return _page(links.open_link(token, LinkKind.RESET_PASSWORD, g.at), token, NewPasswordForm())


@blueprint.post("/new-password/<token>")
@public
@limiter.limit("300/hour")
def reset(token: str) -> Response | tuple[str, int]:
    link, form = links.open_link(token, LinkKind.RESET_PASSWORD, g.at), NewPasswordForm()
    if form.validate():
        try:
            with transaction():
                accounts.reset_password(link, form.password.data or "", actor_for(link.person))
            flash("Your password is set. Sign in with it.")
            return redirect(url_for("sign_in.show"), 303)
        except Refused as error:
            if error.field is None:
                raise
            form.refuse(error.field, error.sentence)
    return _page(link, token, form), 422


def _page(link: Link, token: str, form: NewPasswordForm) -> str:
    return render_template("forgotten_password/new.html", form=form, link=link, token=token)
