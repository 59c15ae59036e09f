"""*Find*, from the rail of every page: what is typed is posted, and its results have an address that names nobody."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import finding
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.find import FindForm, read_sought
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("finding", __name__, url_prefix="/find")


@blueprint.get("")
@needs(Permission.SEE_OWN_WORK)
def new() -> str:
    return render_template("finding/show.html", form=FindForm(formdata=None), found=None)


@blueprint.post("")
@needs(Permission.SEE_OWN_WORK)
@limiter.limit("600/minute", key_func=person_asking)
def find() -> Response | tuple[str, int]:
    form = FindForm()
    if not form.validate():
        return render_template("finding/show.html", form=form, found=None), 422
    with transaction():
        search_id = finding.keep(form.text.text, actor())
    return redirect(url_for("finding.show", search_id=search_id), 303)


@blueprint.get("/<uuid:search_id>")
@needs(Permission.SEE_OWN_WORK)
def show(search_id: UUID) -> str:
    by = actor()
    with transaction():
        text = finding.kept(search_id, by)
        found = finding.find(read_sought(text), by)
        return render_template("finding/show.html", form=FindForm(formdata=None, text=text), found=found)
