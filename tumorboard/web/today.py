"""Today: what needs this person, in order."""

from flask import Blueprint, render_template

from tumorboard.vocabulary import Permission
from tumorboard.web.access import needs

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
@needs(Permission.SEE_OWN_WORK)
def show() -> str:
    return render_template("today/show.html")
