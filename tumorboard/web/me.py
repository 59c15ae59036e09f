"""One's own settings: which notices come, zone, phone, keys; and absences. The sign-in has a page of its own."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import absences, particulars
from tumorboard.errors import Refused
from tumorboard.storage.queries import absences as absence_questions
from tumorboard.storage.queries import people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.absence import AbsenceForm
from tumorboard.web.forms.me import SettingsForm, settings_of
from tumorboard.web.forms.person import require_known_fields

blueprint = Blueprint("me", __name__, url_prefix="/me")


@blueprint.get("")
@needs(Permission.CHANGE_OWN_SETTINGS)
def show() -> str:
    return _page(SettingsForm(formdata=None, data=settings_of(actor().person)))


@blueprint.post("")
@needs(Permission.CHANGE_OWN_SETTINGS)
def change() -> Response | tuple[str, int]:
    form = SettingsForm()
    require_known_fields(form, request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with transaction():
            particulars.change_settings(form.to_change(), actor())
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _page(form), 422
    flash("Saved.")
    return redirect(url_for("me.show"), 303)


def _page(form: SettingsForm) -> str:
    by = actor()
    me = by.person
    absence = AbsenceForm(formdata=None, meta={"csrf": False})
    absence.offer(people.colleagues(me, me.discipline))
    return render_template(
        "me/show.html",
        form=form,
        absence=absence,
        absences=absence_questions.absences_of(me.id),
        may_add_absence=absences.may_add(me, by),
        their_today=g.at.astimezone(ZoneInfo(me.time_zone)).date(),
    )
