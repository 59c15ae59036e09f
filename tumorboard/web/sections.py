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
from tumorboard.web.forms.blank_rows import BlankRows
from tumorboard.web.forms.section import SectionForm, of_section
from tumorboard.web.forms.two_versions import TwoVersions, both_versions, brought_together, carried
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
@needs(Permission.SEE_EARLIER_VERSIONS)
def history(case_id: UUID, section: str) -> str:
    """Every version, newest first, each as what it changed."""
    part = next((each for each in sections.WRITERS if each == section), None)
    if part is None:
        raise absent()
    with transaction():
        case = cases.open_case(case_id, actor(), Permission.SEE_EARLIER_VERSIONS)
        changes = sections.changes(section_versions.all_of(case.id, part))
        return render_template("sections/history.html", case=case, section=part, changes=changes)


def _show(case_id: UUID, section: Section) -> str:
    """The section as it stands, to be changed."""
    with transaction():
        case = cases.open_case(case_id, actor(), sections.WRITERS[section])
        data_set = data_set_of(case)
        saved, latest = _saved(case, section), section_versions.latest(case.id).get(section)
        typed = saved | carried(saved, latest.version if latest else 0)
        return _page(case, _form(case, section, data_set, MultiDict(typed)), data_set)


def _write(case_id: UUID, section: Section) -> Response | tuple[str, int]:
    by = actor()
    with transaction():
        case = cases.case_to_change(case_id, by)
        data_set, latest = data_set_of(case), section_versions.latest_to_change(case.id, section)
        form = _form(case, section, data_set, request.form)
        posted = brought_together(form, request.form, _saved(case, section), latest.version if latest else 0)
        form = _form(case, section, data_set, posted)
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
    beside = "" if posted is request.form else ", with what was written meanwhile"
    flash(f"Saved, with your name{beside}: {section.label}." if changed else "Nothing was changed.")
    return redirect(url_for("cases.show", case_id=case_id, _anchor=f"case-{section}"), 303)


def _form(case: Case, section: Section, data_set: DataSet, typed: MultiDict[str, str]) -> SectionForm:
    form = of_section(section, data_set)(typed)
    born = case.patient.birth_date if case.patient else None
    form.prepare(data_set, born, g.at.astimezone(ZoneInfo(actor().person.time_zone)).date())
    return form


def _again(case_id: UUID, form: SectionForm, *, meanwhile: bool = False) -> str:
    """The same page with what was typed; ``meanwhile`` with what somebody else wrote, to choose from."""
    with transaction():
        case = cases.open_case(case_id, actor(), sections.WRITERS[form.section])
        data_set, saved = data_set_of(case), _saved(case, form.section)
        as_saved = _form(case, form.section, data_set, MultiDict(saved))
        latest = section_versions.latest(case.id).get(form.section) if meanwhile else None
        versions = both_versions(form, request.form, saved, as_saved, latest) if latest else None
        return _page(case, form, data_set, versions)


def _saved(case: Case, section: Section) -> dict[str, list[str]]:
    return {name: [text] for name, text in typed_section(case, section).items()}


def _page(case: Case, form: SectionForm, data_set: DataSet, versions: TwoVersions | None = None) -> str:
    return render_template(
        "sections/show.html",
        case=case,
        form=form,
        section=form.section,
        data_set=data_set,
        versions=versions,
        blank=BlankRows(),
    )
