"""How often a door may be tried (trust.md section 5). Counted in Redis, and here when Redis is away."""

from hashlib import sha256

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(
    get_remote_address,
    strategy="moving-window",
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    key_prefix="limit",
)


def init_app(app: Flask) -> None:
    limiter.init_app(app)


def account_tried() -> str:
    """Counts tries on one account from one address; the address of the account itself is not kept in Redis."""
    email = request.form.get("email", "").strip().lower()
    return sha256(f"{get_remote_address()} {email}".encode()).hexdigest()
