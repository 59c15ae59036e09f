"""The page with the form of a case: drawn the same when it is new, resumed, refused, or has found its patient."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, jsonify, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tumorboard import words
from tumorboard.domain import drafts, episodes, late_cases
from tumorboard.domain.care_team import disciplines_of
from tumorboard.domain.completeness import completeness
from tumorboard.domain.differences import Side
from tumorboard.domain.drafts import SaveDraft
from tumorboard.domain.meetings import day_of
from tumorboard.domain.minimum_data_sets import DataSet, in_force, template
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Case, Patient, Person
from tumorboard.storage.queries import boards, care_team_members, meetings, people
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import CaseFact, TumorType
from tumorboard.web.access import actor
from tumorboard.web.draft_versions import differences_of, keep_together
from tumorboard.web.errors import STATUS
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.blank_rows import BlankRows
from tumorboard.web.forms.carried import presented_words
from tumorboard.web.forms.case import CaseForm, case_form_asking
from tumorboard.web.forms.draft import as_kept, draft_again, storable
from tumorboard.web.forms.known import known_already
from tumorboard.web.forms.parts import written_marks
from tumorboard.web.forms.report import is_of_another, is_of_several, offers
from tumorboard.web.forms.result import PREFIX
from tumorboard.web.forms.two_versions import TwoVersions, labels, shown

_FACT_FIELDS = {
    CaseFact.DIAGNOSIS: "icd10",
    CaseFact.HISTOLOGY: "morphology",
    CaseFact.STAGE: "stage_t",
    CaseFact.NEEDS: "social_situation",
}
"""Where a fact of the case is typed, when the field has another name."""


@dataclass(frozen=True)
class Search:
    """That a patient was looked for at the submitter's hospital, who was found, and what the case can begin with."""

    found: Patient | None
    earlier: tuple[Case, ...] = ()


def case_form(act: SaveDraft) -> CaseForm:
    """The form with what was typed into it; without choices yet made when nothing was."""
    person: Person = current_user.person
    data_set = _asked(act)
    return case_form_asking(data_set.asked_as_results if data_set else ())(
        MultiDict(act.typed) if act.typed else None,
        person=person,
        boards=boards.all_boards(),
        hospitals=people.all_hospitals(),
        clinicians=people.clinicians(),
        today=g.at.astimezone(ZoneInfo(person.time_zone)).date(),
        data_set=data_set,
        followed=episodes.followed(follows_id, actor()) if (follows_id := read_id(_first(act, "follows"))) else None,
    )


def _asked(act: SaveDraft) -> DataSet | None:
    """What the chosen board asks of the chosen tumor type; nothing before there is one."""
    board_id = read_id(_first(act, "board"))
    tumor_type = next((each for each in TumorType if each == _first(act, "tumor_type")), None)
    if tumor_type is None:
        return None
    return in_force(board_id, tumor_type).data_set if board_id else template(tumor_type)


def _first(act: SaveDraft, name: str) -> str:
    return next(iter(act.typed.get(name, [])), "")


def case_form_page(
    form: CaseForm,
    draft_id: UUID,
    act: SaveDraft,
    *,
    kept: bool = True,
    search: Search | None = None,
    versions: TwoVersions | None = None,
) -> str:
    """The page, whole, with everything that was typed; whoever leaves it is warned when that is not ``kept``."""
    return render_template(
        "cases/form.html",
        **_boxes(form, draft_id, search),
        act=act,
        base=written_marks(act.base),
        kept=kept,
        versions=versions,
        **progress(form),
    )


def _boxes(form: CaseForm, draft_id: UUID, search: Search | None = None) -> dict[str, object]:
    """What the boxes are drawn from."""
    return {
        "form": form,
        "blank": BlankRows(),
        "draft_id": draft_id,
        "search": search,
        **_offered(form),
        **_known(form),
    }


def _known(form: CaseForm) -> dict[str, object]:
    """What is known already, with the care team that there is now."""
    known, before = known_already(form), form.followed
    if not known or before is None or before.patient_id is None:
        return {"known": []}
    team = care_team_members.present_team(before.patient_id, g.at)
    return {"known": known, "before": before, "presented": presented_words(before, form.today), "team": team}


def progress(form: CaseForm) -> dict[str, object]:
    """What stands beside the form: the board's next meeting, what submission needs, how complete the case is."""
    board_id = read_id(form.board.data)
    board = boards.board(board_id) if board_id else None
    coming = meetings.next_meetings([board.id], g.at) if board else {}
    meeting = coming.get(board.id) if board else None
    on = day_of(meeting) if meeting else form.today
    in_time = late_cases.next_in_time(board, g.at) if board else None
    person: Person = current_user.person
    return {
        "board": board,
        "meeting": meeting,
        "in_time": in_time,
        "cutoff": late_cases.cutoff_for(in_time) if in_time else None,
        "missing": form.missing(),
        "contradictions": form.contradictions(),
        "complete": completeness(form.data_set, form.facts(), on) if form.data_set else None,
        "disciplines": disciplines_of(person),
        "fields": _fields(form.data_set),
    }


def autosaved(
    draft_id: UUID,
    act: SaveDraft,
    *,
    patient: CaseForm | None = None,
    search: Search | None = None,
    drawn_anew: bool = False,
) -> Response:
    """Keeps the form for ``autosave.js``; a refusal is answered by ``web.errors`` with its sentence.

    ``patient`` is the form when the part on the patient is to be drawn anew: with who was found, or what is wrong;
    ``drawn_anew`` says that the whole form is, with what was filled in.
    """
    by = actor()
    try:
        with transaction():
            kept = keep_together(draft_id, act, by)
    except Refused as error:
        if error.code is not Code.CHANGED_MEANWHILE:
            raise
        return _overtaken(error, draft_id, act)
    now = as_kept(act, kept.draft)
    form = case_form(now)
    changed = request.form.get("asked") != form.asked_keys or "take" in request.form
    taken_in = ", ".join(labels(form, kept.found, Side.SAVED))
    return jsonify(
        saved=f"Draft saved {words.second_words(g.at, by.person.time_zone)}",
        taken_in=f"Taken in as saved elsewhere: {taken_in}." if taken_in else "",
        revision=now.revision,
        base=written_marks(now.base),
        url=url_for("cases.draft", case_id=draft_id),
        progress=render_template("cases/progress.html", **progress(form)),
        asked=form.asked_keys,
        questions=questions_of(form, draft_id) if changed else None,
        boxes=render_template("cases/boxes.html", **_boxes(form, draft_id)) if kept.took_in or drawn_anew else None,
        known=render_template("cases/known.html", **_known(form)),
        report=render_template("cases/report.html", **_offered(form), draft_id=draft_id),
        patient=patient and render_template("cases/patient.html", form=patient, search=search, draft_id=draft_id),
    )


def _overtaken(error: Refused, draft_id: UUID, act: SaveDraft) -> Response:
    """Both versions beside the sentence, for the page that has one of them."""
    versions = two_versions(draft_id, act, case_form(act))
    answer: Response = jsonify(
        problem=error.sentence, versions=render_template("cases/versions.html", versions=versions, draft_id=draft_id)
    )
    answer.status_code = STATUS[error.code]
    return answer


def two_versions(draft_id: UUID, act: SaveDraft, form: CaseForm) -> TwoVersions:
    """The draft as it is saved beside the form as it is on the page."""
    with transaction():
        draft = drafts.open_draft(draft_id, actor())
        found = differences_of(draft, act)
        saved = case_form(draft_again(draft))
        return TwoVersions(shown(saved, form, found), draft.typed_revision, drafts.saved_by(draft), draft.state_since)


def _offered(form: CaseForm) -> dict[str, object]:
    """What stands below the pasted report."""
    offered = offers(form)
    return {
        "offers": offered,
        "of_another": is_of_another(form),
        "of_several": is_of_several(form),
        "found_nothing": bool(form.report.data and form.data_set and not offered),
    }


def questions_of(form: CaseForm, draft_id: UUID) -> str:
    """The part of the page that depends on board and tumor type, with what was typed there."""
    return render_template("cases/asked.html", form=form, blank=BlankRows(), draft_id=draft_id)


def _fields(data_set: DataSet | None) -> dict[str, str]:
    """The id of the field that answers each item."""
    items = data_set.items if data_set else ()
    return {item.key: _FACT_FIELDS.get(item.fact, item.fact) if item.fact else f"{PREFIX}{item.key}" for item in items}


def kept_form_page(form: CaseForm, draft_id: UUID, act: SaveDraft, search: Search | None = None) -> str:
    """The same page, and what was typed is kept as the draft, so that leaving it loses nothing."""
    try:
        with transaction():
            draft = drafts.save_draft(draft_id, storable(act), actor())
    except Refused as error:
        if error.code is Code.ABSENT:
            raise
        return refused_form_page(error, form, draft_id, act, search)
    return case_form_page(form, draft_id, as_kept(act, draft), search=search)


def refused_form_page(
    error: Refused, form: CaseForm, draft_id: UUID, act: SaveDraft, search: Search | None = None
) -> str:
    """The same page when the draft does not hold what was typed; beside the other version where there is one."""
    if error.sentence not in form.form_errors:
        form.refuse(None, error.sentence)
    overtaken = error.code is Code.CHANGED_MEANWHILE
    versions = two_versions(draft_id, act, form) if overtaken else None
    return case_form_page(form, draft_id, act, kept=False, search=search, versions=versions)
