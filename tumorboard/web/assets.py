"""Styles, scripts and icons. Their address holds a digest of them all, so that a browser may keep them for good."""

from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from werkzeug.wrappers import Response

FOLDER = Path(__file__).parent / "static"
ENDPOINTS = {"static", "bootstrap.static"}
KEPT_FOR = timedelta(days=365)


def address() -> str:
    """The path under which these very files are served; scripts import each other by relative paths within it."""
    digest = blake2b(digest_size=6)
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(FOLDER)).encode() + b"\0" + file.read_bytes() + b"\0")
    return f"/static/{digest.hexdigest()}"


def init_app(app: Flask) -> None:
    bootstrap = Bootstrap5(app)

    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "bootstrap.static":
            values["v"] = bootstrap.bootstrap_version

    app.url_defaults(name_version)


def may_be_kept(response: Response) -> None:
    """Says that the file at this address never becomes another (RFC 8246)."""
    response.cache_control.public = True
    response.cache_control.no_cache = None
    response.cache_control.max_age = int(KEPT_FOR.total_seconds())
    response.cache_control.immutable = True
