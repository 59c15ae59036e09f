"""The page with the form of a case: drawn the same when it is new, resumed, refused, or has found its patient."""

from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, render_template
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from tumorboard.domain import drafts
from tumorboard.domain.drafts import SaveDraft
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Patient, Person
from tumorboard.storage.queries import boards, meetings, people
from tumorboard.storage.transaction import transaction
from tumorboard.web.access import actor
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.draft import fresh_draft, storable


@dataclass(frozen=True)
class Search:
    """That a patient was looked for at the submitter's hospital, and who was found."""

    found: Patient | None


def case_form(act: SaveDraft) -> CaseForm:
    """The form with what was typed into it; without choices yet made when nothing was."""
    person: Person = current_user.person
    return CaseForm(
        MultiDict(act.typed) if act.typed else None,
        person=person,
        boards=boards.all_boards(),
        hospitals=people.all_hospitals(),
        clinicians=people.clinicians(),
        today=g.at.astimezone(ZoneInfo(person.time_zone)).date(),
    )


def case_form_page(
    form: CaseForm, draft_id: UUID, act: SaveDraft, *, kept: bool = True, search: Search | None = None
) -> str:
    """The page, whole, with everything that was typed; whoever leaves it is warned when that is not ``kept``."""
    return render_template(
        "cases/form.html",
        form=form,
        blank=case_form(fresh_draft()),
        draft_id=draft_id,
        revision=act.revision,
        tab=act.tab,
        kept=kept,
        search=search,
        **progress(form),
    )


def progress(form: CaseForm) -> dict[str, object]:
    """What the card beside the form tells: the chosen board's next meeting, and what submission still needs."""
    board_id = read_id(form.board.data)
    board = boards.board(board_id) if board_id else None
    coming = meetings.next_meetings([board.id], g.at) if board else {}
    return {"board": board, "meeting": coming.get(board.id) if board else None, "missing": form.missing()}


def kept_form_page(form: CaseForm, draft_id: UUID, act: SaveDraft, search: Search | None = None) -> str:
    """The same page, and what was typed is kept as the draft, so that leaving it loses nothing."""
    try:
        with transaction():
            draft = drafts.save_draft(draft_id, storable(act), actor())
    except Refused as error:
        if error.code is Code.ABSENT:
            raise
        if error.sentence not in form.form_errors:
            form.refuse(None, error.sentence)
        return case_form_page(form, draft_id, act, kept=False, search=search)
    return case_form_page(form, draft_id, replace(act, revision=draft.typed_revision), search=search)
