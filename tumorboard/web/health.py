"""Whether this process answers and reaches its database: for compose's health check and a proxy."""

from flask import Blueprint
from sqlalchemy import text

from tumorboard.storage.db import db
from tumorboard.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def show() -> tuple[str, int, dict[str, str]]:
    db.session.execute(text("SELECT 1"))
    return "well\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
