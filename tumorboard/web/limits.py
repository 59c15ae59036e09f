"""How often a door may be tried (trust.md section 5). Counted in Redis, and here when Redis is away."""

from hashlib import sha256

from flask import Flask, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

limiter = Limiter(
    get_remote_address,
    strategy="moving-window",
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    key_prefix="limit",
)


def init_app(app: Flask) -> None:
    limiter.init_app(app)


def person_asking() -> str:
    """Counts what one person asks for, from wherever."""
    return str(current_user.person.id) if current_user.is_authenticated else get_remote_address()


def account_asked_for() -> str:
    """Counts mails to one address, from wherever they are asked for."""
    return sha256(request.form.get("email", "").strip().lower().encode()).hexdigest()


def link_followed() -> str:
    """Counts what is asked of one mailed link; its token is not kept in Redis."""
    return sha256(str((request.view_args or {}).get("token")).encode()).hexdigest()


def session_tried() -> str:
    """Counts tries in one session, from wherever its cookie is; strangers use up none of them."""
    return sha256(str(session.get("_user_id")).encode()).hexdigest()
