"""*Find*, from the rail of every page: what is typed is posted, and its results have an address that names nobody."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import searches
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.search import SearchForm, read_sought
from tumorboard.web.limits import limiter, person_asking

blueprint = Blueprint("searches", __name__, url_prefix="/find")


@blueprint.get("")
@needs(Permission.SEE_OWN_WORK)
def new() -> str:
    return render_template("searches/show.html", form=SearchForm(formdata=None), found=None)


@blueprint.post("")
@needs(Permission.SEE_OWN_WORK)
@limiter.limit("600/minute", key_func=person_asking)
def find() -> Response | tuple[str, int]:
    form = SearchForm()
    if not form.validate():
        return render_template("searches/show.html", form=form, found=None), 422
    with transaction():
        search_id = searches.keep(form.text.text, actor())
    return redirect(url_for("searches.show", search_id=search_id), 303)


@blueprint.get("/<uuid:search_id>")
@needs(Permission.SEE_OWN_WORK)
def show(search_id: UUID) -> str:
    by = actor()
    with transaction():
        text = searches.kept(search_id, by)
        found = searches.find(read_sought(text), by)
        return render_template("searches/show.html", form=SearchForm(formdata=None, text=text), found=found)
