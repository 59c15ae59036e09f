"""Hospitals, for administrators: where each one's viewers show a study or a slide, and its holidays."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import hospitals
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Hospital
from tumorboard.storage.queries import people as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.hospital import HospitalForm
from tumorboard.web.step_up import stepped_up

blueprint = Blueprint("hospitals", __name__, url_prefix="/hospitals")


@blueprint.get("")
@needs(Permission.CHANGE_HOSPITAL)
def index() -> str:
    return render_template("hospitals/index.html", hospitals=questions.all_hospitals())


@blueprint.get("/<uuid:hospital_id>")
@needs(Permission.CHANGE_HOSPITAL)
def show(hospital_id: UUID) -> str:
    hospital, form = hospitals.open_hospital(hospital_id, actor()), HospitalForm(formdata=None)
    form.show(hospital)
    return _page(hospital, form)


@blueprint.post("/<uuid:hospital_id>")
@needs(Permission.CHANGE_HOSPITAL)
@stepped_up
def change(hospital_id: UUID) -> Response | tuple[str, int]:
    by, form = actor(), HospitalForm()
    hospital = hospitals.open_hospital(hospital_id, by)
    if not form.validate():
        return _page(hospital, form), 422
    try:
        with transaction():
            hospitals.change_hospital(hospital_id, form.to_change(), by)
    except Refused as error:
        form.refuse(error.field, error.sentence)
        return _page(hospital, form), 409 if error.code is Code.CHANGED_MEANWHILE else 422
    flash("Saved. Cases lead there, and series know the holidays, from now on.")
    return redirect(url_for("hospitals.index"), 303)


def _page(hospital: Hospital, form: HospitalForm) -> str:
    return render_template("hospitals/show.html", hospital=hospital, form=form)
