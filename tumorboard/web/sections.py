"""Writing one section of a case where it stands, and reading its versions as differences."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard.domain import cases, sections
from tumorboard.domain.minimum_data_sets import DataSet, data_set_of
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Case
from tumorboard.storage.queries import section_versions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import Permission, Section
from tumorboard.web.access import actor, needs
from tumorboard.web.forms.result import BlankStudies
from tumorboard.web.forms.section import SectionForm, of_section
from tumorboard.web.forms.typed import typed_section

blueprint = Blueprint("sections", __name__, url_prefix="/cases/<uuid:case_id>/sections")


def _offer(section: Section, permission: Permission) -> None:
    """The two routes of one section, for whoever owns it."""

    @blueprint.get(f"/{section}", endpoint=f"show_{section}")
    @needs(permission)
    def show(case_id: UUID) -> str:
        return _show(case_id, section)

    @blueprint.post(f"/{section}", endpoint=f"write_{section}")
    @needs(permission)
    def write(case_id: UUID) -> Response | tuple[str, int]:
        return _write(case_id, section)


for _section, _permission in sections.WRITERS.items():
    _offer(_section, _permission)


@blueprint.get("/<section>/history")
@needs(Permission.SEE_CASE)
def history(case_id: UUID, section: str) -> str:
    """Every version, newest first, each as what it changed."""
    part = next((each for each in sections.WRITERS if each == section), None)
    if part is None:
        raise absent()
    with transaction():
        case = cases.open_case(case_id, actor())
        changes = sections.changes(section_versions.all_of(case.id, part))
        return render_template("sections/history.html", case=case, section=part, changes=changes)


def _show(case_id: UUID, section: Section) -> str:
    """The section as it stands, to be changed."""
    with transaction():
        case = cases.open_case(case_id, actor(), sections.WRITERS[section])
        data_set = data_set_of(case)
        form = _form(case, section, data_set, MultiDict(typed_section(case, section)))
        latest = section_versions.latest(case.id).get(section)
        form.version.data = str(latest.version if latest else 0)
        return _page(case, form, data_set)


def _write(case_id: UUID, section: Section) -> Response | tuple[str, int]:
    by = actor()
    with transaction():
        case = cases.case_to_change(case_id, by)
        form = _form(case, section, data_set_of(case), request.form)
    if not form.validate():
        return _again(case_id, form), 422
    try:
        with transaction():
            changed = sections.write(cases.case_to_change(case_id, by), form.to_write(), by)
    except Refused as error:
        if error.code not in (Code.CHANGED_MEANWHILE, Code.WRONG):
            raise
        form.refuse(error.field, error.sentence)
        meanwhile = error.code is Code.CHANGED_MEANWHILE
        return _again(case_id, form, meanwhile=meanwhile), 409 if meanwhile else 422
    flash(f"Saved, with your name: {section.label}." if changed else "Nothing was changed.")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _form(case: Case, section: Section, data_set: DataSet, typed: MultiDict[str, str]) -> SectionForm:
    form = of_section(section, data_set)(typed)
    born = case.patient.birth_date if case.patient else None
    form.prepare(data_set, born, g.at.astimezone(ZoneInfo(actor().person.time_zone)).date())
    return form


def _again(case_id: UUID, form: SectionForm, *, meanwhile: bool = False) -> str:
    """The same page with what was typed; ``meanwhile`` beside what somebody else wrote, which saving again replaces."""
    with transaction():
        case = cases.open_case(case_id, actor(), sections.WRITERS[form.section])
        theirs = section_versions.latest(case.id).get(form.section) if meanwhile else None
        if theirs:
            form.version.data = str(theirs.version)
        return _page(case, form, data_set_of(case), theirs=theirs)


def _page(case: Case, form: SectionForm, data_set: DataSet, *, theirs: object = None) -> str:
    return render_template(
        "sections/show.html",
        case=case,
        form=form,
        section=form.section,
        data_set=data_set,
        theirs=theirs,
        blank=BlankStudies(),
    )
