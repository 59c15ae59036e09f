"""How somebody signs in, as they see and change it: sessions, password, second factor, address."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import accounts, addresses, passkeys, people, second_factors, web_sessions
from tumorboard.errors import Refused
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web import door
from tumorboard.web.access import actor, limits, needs
from tumorboard.web.forms.password import ChangeAddressForm, ChangePasswordForm
from tumorboard.web.forms.second_factor import CodeForm, NewPasskeyForm
from tumorboard.web.refusals import refusals_told
from tumorboard.web.setting_up import new_code_page
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("my_sign_in", __name__, url_prefix="/me/sign-in")


@blueprint.get("")
@needs(Permission.CHANGE_OWN_SETTINGS)
def show() -> str:
    person = current_user.person
    sessions = web_sessions.sessions_of(person, g.at, limits())
    return render_template(
        "my_sign_in/show.html",
        here=current_user.web_session,
        others=[each for each in sessions if each.id != current_user.web_session.id],
        idle=g.at - limits().idle,
        limits=limits(),
        factors=second_factors.factors_of(person),
    )


@blueprint.post("/sessions/<uuid:session_id>/end")
@needs(Permission.CHANGE_OWN_SETTINGS)
def end_session(session_id: UUID) -> Response:
    with transaction():
        web_sessions.end_one(session_id, actor())
    return _done("Signed out there.")


@blueprint.post("/sessions/end-others")
@needs(Permission.CHANGE_OWN_SETTINGS)
def end_other_sessions() -> Response:
    with transaction():
        ended = web_sessions.end_others(current_user.person, actor(), keep=current_user.web_session)
    return _done(f"Signed out in {words.count_words(ended, 'other place')}.")


@blueprint.get("/password")
@needs(Permission.CHANGE_OWN_SETTINGS)
def ask_password() -> str:
    return render_template("my_sign_in/password.html", form=ChangePasswordForm())


@blueprint.post("/password")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def change_password() -> Response | tuple[str, int]:
    form = ChangePasswordForm()
    if form.validate():
        try:
            with transaction():
                current, password = form.current.data or "", form.password.data or ""
                accounts.change_password(current, password, current_user.web_session, actor())
            return _done("Your password is changed. You are signed out everywhere else.")
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return render_template("my_sign_in/password.html", form=form), 422


@blueprint.get("/codes")
@needs(Permission.CHANGE_OWN_SETTINGS)
def new_code() -> str:
    return new_code_page("my_sign_in/new_code.html", current_user.web_session)


@blueprint.post("/codes")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def take_new_code() -> Response | tuple[str, int]:
    form = CodeForm()
    with transaction():
        if form.validate() and second_factors.use_app(current_user.web_session, form.code.text, actor()):
            return _done("From now on the codes of this app count.")
    return new_code_page("my_sign_in/new_code.html", current_user.web_session, form), 422


@blueprint.get("/passkeys/new")
@needs(Permission.CHANGE_OWN_SETTINGS)
def new_passkey() -> str:
    form = NewPasskeyForm(name=request.user_agent.platform or "")
    return render_template("my_sign_in/new_passkey.html", form=form)


@blueprint.post("/passkeys/new")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def take_new_passkey() -> Response | tuple[str, int]:
    form = NewPasskeyForm()
    if form.validate():
        try:
            with transaction():
                answer, name = form.passkey.data or "", form.name.text
                passkeys.add(current_user.web_session, door.site(), answer, name, actor())
            return _done("The passkey is yours.")
        except Refused as error:
            form.refuse(error.field, error.sentence)
    return render_template("my_sign_in/new_passkey.html", form=form), 422


@blueprint.post("/passkeys/<uuid:passkey_id>/remove")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def remove_passkey(passkey_id: UUID) -> Response:
    with refusals_told(), transaction():
        passkeys.remove(passkey_id, actor())
        flash("It opens nothing any more.")
    return redirect(url_for("my_sign_in.show"), 303)


@blueprint.post("/recovery-codes")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def new_recovery_codes() -> str:
    with transaction():
        codes = second_factors.new_recovery_codes(actor())
    return render_template("my_sign_in/recovery_codes.html", codes=codes)


@blueprint.get("/address")
@needs(Permission.CHANGE_OWN_SETTINGS)
def ask_address() -> str:
    return render_template("my_sign_in/address.html", form=ChangeAddressForm())


@blueprint.post("/address")
@needs(Permission.CHANGE_OWN_SETTINGS)
@stepped_up
def change_address() -> Response | tuple[str, int]:
    form = ChangeAddressForm()
    if form.validate():
        try:
            with transaction():
                addresses.ask_to_confirm(people.address(form.email.text), actor())
            return _done("A link is on its way to the new address. Until it is used nothing changes.")
        except Refused as error:
            form.refuse("email", error.sentence)
    return render_template("my_sign_in/address.html", form=form), 422


def _done(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("my_sign_in.show"), 303)
