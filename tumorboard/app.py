"""Puts the application together. Not in the package's ``__init__``: what starts the demo has no use for all of it."""

import gc

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tumorboard import wakeup, web
from tumorboard.config import Settings
from tumorboard.storage import start_storage
from tumorboard.tree import TEMPLATES
from tumorboard.web import assets
from tumorboard.web.application import Application


def create_app(settings: Settings) -> Flask:
    """The application, for the web, the workers and the command line alike."""
    app = Application(
        __name__, template_folder=str(TEMPLATES), static_folder="web/static", static_url_path=assets.address()
    )
    secure = settings.base_url.startswith("https://")
    app.config.update(
        TUMORBOARD=settings,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=1024 * 1024,
        SESSION_COOKIE_NAME="__Host-tb" if secure else "tb",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session, which is short
        RATELIMIT_STORAGE_URI=settings.redis_url,
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    start_storage(app, settings)
    wakeup.init_app(app, settings.redis_url)
    web.init_app(app)
    gc.freeze()  # what is loaded by now stays: else every collection of garbage walks through all of it again
    return app
