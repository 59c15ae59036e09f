"""The door's second step: a code, a passkey or a recovery code; whoever has none sets one up before anything opens."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import passkeys, second_factors
from tumorboard.domain.second_factors import WRONG_CODE, Factors
from tumorboard.domain.web_sessions import Stage
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import WebSession
from tumorboard.storage.transaction import transaction
from tumorboard.web import door
from tumorboard.web.access import actor_for, public, session_at
from tumorboard.web.forms.second_factor import CodeForm, NewPasskeyForm, PasskeyForm, RecoveryCodeForm
from tumorboard.web.limits import limiter, session_tried
from tumorboard.web.setting_up import new_code_page

blueprint = Blueprint("second_factor", __name__, url_prefix="/sign-in")

_WRONG_RECOVERY_CODE = "That is not one of your codes, or it was used. Each works once."


@blueprint.get("/code")
@public
def show() -> Response | str:
    web_session = session_at(Stage.ENTERING)
    if web_session is None:
        return redirect(url_for("sign_in.show"))
    factors = second_factors.factors_of(web_session.person)
    if _lacks_codes_alone(factors):
        return redirect(url_for("second_factor.show_recovery_codes"))
    if _may_set_up(factors):
        endpoint = "new_passkey" if factors.passkey_needed else "new_code"
        return redirect(url_for(f"second_factor.{endpoint}"))
    return _page(factors, CodeForm())


@blueprint.post("/code")
@public
@limiter.limit("300/hour", key_func=session_tried)
def enter_code() -> Response | tuple[str, int]:
    web_session, form = _entering(), CodeForm()
    person = web_session.person
    with transaction():
        right = form.validate() and second_factors.opens_with_code(person, form.code.text, actor_for(person).at)
        factors = second_factors.factors_of(person)
        if right:
            return _go_on(web_session, factors)
    if not form.errors:
        form.refuse("code", WRONG_CODE)
    form.code.data = ""
    return _page(factors, form), 422


@blueprint.post("/passkey")
@public
@limiter.limit("300/hour", key_func=session_tried)
def use_passkey() -> Response | tuple[str, int]:
    web_session, form = _entering(), PasskeyForm()
    by = actor_for(web_session.person)
    with transaction():
        right = passkeys.opens(web_session, door.site(), form.passkey.data or "", by)
        factors = second_factors.factors_of(by.person)
        if right:
            return _go_on(web_session, factors)
    refused = CodeForm(formdata=None)
    refused.refuse(None, passkeys.REFUSED)
    return _page(factors, refused), 422


@blueprint.get("/recovery-code")
@public
def ask_recovery_code() -> Response | str:
    if session_at(Stage.ENTERING) is None:
        return redirect(url_for("sign_in.show"))
    return render_template("sign_in/recovery_code.html", form=RecoveryCodeForm())


@blueprint.post("/recovery-code")
@public
@limiter.limit("10/hour", key_func=session_tried)
def enter_recovery_code() -> Response | tuple[str, int]:
    web_session, form = _entering(), RecoveryCodeForm()
    by = actor_for(web_session.person)
    if form.validate():
        with transaction():
            if second_factors.opens_with_recovery_code(by.person, form.code.text, by):
                return _go_on(web_session, second_factors.factors_of(by.person))
        form.refuse("code", _WRONG_RECOVERY_CODE)
    return render_template("sign_in/recovery_code.html", form=form), 422


@blueprint.get("/nothing-left")
@public
def nothing_left() -> str:
    """Who has lost phone, passkey and codes; the same for everybody."""
    return render_template("sign_in/nothing_left.html")


@blueprint.get("/new-code")
@public
def new_code() -> Response | str:
    web_session = session_at(Stage.ENTERING)
    if web_session is None:
        return redirect(url_for("sign_in.show"))
    _setting_up()
    return new_code_page("sign_in/new_code.html", web_session)


@blueprint.post("/new-code")
@public
def take_new_code() -> Response | tuple[str, int]:
    web_session, form = _setting_up(), CodeForm()
    by = actor_for(web_session.person)
    with transaction():
        if form.validate() and second_factors.use_app(web_session, form.code.text, by):
            return _go_on(web_session, second_factors.factors_of(by.person))
    return new_code_page("sign_in/new_code.html", web_session, form), 422


@blueprint.get("/new-passkey")
@public
def new_passkey() -> Response | str:
    if session_at(Stage.ENTERING) is None:
        return redirect(url_for("sign_in.show"))
    factors = second_factors.factors_of(_setting_up().person)
    form = NewPasskeyForm(name=request.user_agent.platform or "")
    return render_template("sign_in/new_passkey.html", form=form, factors=factors)


@blueprint.post("/new-passkey")
@public
def take_new_passkey() -> Response | tuple[str, int]:
    web_session, form = _setting_up(), NewPasskeyForm()
    by = actor_for(web_session.person)
    if form.validate():
        try:
            with transaction():
                passkeys.add(web_session, door.site(), form.passkey.data or "", form.name.text, by)
                return _go_on(web_session, second_factors.factors_of(by.person))
        except Refused as error:
            form.refuse(error.field, error.sentence)
    factors = second_factors.factors_of(by.person)
    return render_template("sign_in/new_passkey.html", form=form, factors=factors), 422


@blueprint.get("/recovery-codes")
@public
def show_recovery_codes() -> Response | str:
    web_session = session_at(Stage.ENTERING)
    if web_session is None:
        return redirect(url_for("sign_in.show"))
    _keeping_codes()
    codes = second_factors.offered_recovery_codes(web_session)
    return render_template("sign_in/recovery_codes.html", codes=codes)


@blueprint.post("/recovery-codes")
@public
def keep_recovery_codes() -> Response:
    web_session = _keeping_codes()
    by, codes = actor_for(web_session.person), second_factors.offered_recovery_codes(web_session)
    with transaction():
        second_factors.keep_recovery_codes(codes, by)
        return _go_on(web_session, second_factors.factors_of(by.person))


def _entering() -> WebSession:
    web_session = session_at(Stage.ENTERING)
    if web_session is None:
        raise Refused(Code.GONE, "This took too long. Sign in again, from the password on.")
    return web_session


def _setting_up() -> WebSession:
    """The session of somebody who may set up a factor here: who has none, or lacks the passkey that they need."""
    web_session = _entering()
    if not _may_set_up(second_factors.factors_of(web_session.person)):
        raise Refused(Code.NOT_NOW, "Show the second factor that you have first. Others are added in your settings.")
    return web_session


def _keeping_codes() -> WebSession:
    """The session of somebody who has shown a factor and has no recovery code left."""
    web_session = _entering()
    if not _lacks_codes_alone(second_factors.factors_of(web_session.person)):
        raise Refused(Code.NOT_NOW, "Show your second factor first. New recovery codes are made in your settings.")
    return web_session


def _lacks_codes_alone(factors: Factors) -> bool:
    return door.is_factor_shown() and factors.any and not factors.lacks_passkey and not factors.codes_left


def _may_set_up(factors: Factors) -> bool:
    return not factors.any or (factors.lacks_passkey and door.is_factor_shown())


def _go_on(web_session: WebSession, factors: Factors) -> Response:
    """Opens the session, unless a passkey or recovery codes are needed first."""
    if factors.lacks_passkey or not factors.codes_left:
        door.note_factor_shown()
        endpoint = "new_passkey" if factors.lacks_passkey else "show_recovery_codes"
        return redirect(url_for(f"second_factor.{endpoint}"), 303)
    door.open_to(web_session)
    return redirect(door.way_on(), 303)


def _page(factors: Factors, form: CodeForm) -> str:
    return render_template("sign_in/code.html", form=form, factors=factors)
