"""A form as typed: what of a post a draft keeps, and how it becomes a form again."""

import inspect
import re
from dataclasses import replace
from secrets import randbelow
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField

from tumorboard.domain.drafts import SaveDraft
from tumorboard.storage.models import Case, Patient
from tumorboard.web.forms.base import read_id
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.parts import marks_of, read_marks
from tumorboard.web.forms.result import PARTS, PREFIX
from tumorboard.web.forms.rows import LONGEST_NUMBER, RowsField


def _named(form: type) -> list[str]:
    return [name for name, field in inspect.getmembers(form) if isinstance(field, UnboundField)]


_FIELDS = {name: field for name, field in inspect.getmembers(CaseForm) if isinstance(field, UnboundField)}
_LISTS = {name: _named(field.args[0]) for name, field in _FIELDS.items() if field.field_class is RowsField}
"""Each list of rows, with the names of a row's boxes."""
_ROWS = "|".join(f"(?:{name})-[0-9]{{1,{LONGEST_NUMBER}}}-(?:{'|'.join(boxes)})" for name, boxes in _LISTS.items())
_ROW = re.compile(_ROWS)
_ITEM = re.compile(rf"{PREFIX}[a-z][a-z0-9_]{{0,39}}-({'|'.join(PARTS)})")
_NOT_IN_A_DATABASE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL's jsonb holds neither NUL nor half characters; the form itself answers them with a sentence."""


def fresh_draft() -> SaveDraft:
    """The empty form of a browser tab that has just opened."""
    return SaveDraft({}, revision=0, tab=uuid4().hex, base={})


def draft_again(draft: Case) -> SaveDraft:
    """A kept draft in a browser tab that has just opened."""
    typed = draft.typed or {}
    return SaveDraft(typed, draft.typed_revision, tab=uuid4().hex, base=marks_of(typed))


def posted_draft(post: MultiDict[str, str]) -> SaveDraft:
    """What a tab has posted: the form's own fields and nothing else."""
    typed = {name: values[:1] for name, values in post.lists() if _is_ours(name)}
    tab = post.get("tab", "")
    known_tab = tab if re.fullmatch("[0-9a-f]{32}", tab) else ""
    return SaveDraft(
        typed,
        read_number(post.get("revision")),
        known_tab,
        read_id(post.get("submitter")),
        read_marks(post.get("base")),
    )


def as_kept(act: SaveDraft, draft: Case) -> SaveDraft:
    """The tab's form once the draft holds it."""
    typed = draft.typed or {}
    return replace(act, typed=typed, revision=draft.typed_revision, base=marks_of(typed))


def storable(act: SaveDraft) -> SaveDraft:
    """Without the characters that no database keeps."""
    typed = {name: [_NOT_IN_A_DATABASE.sub("", text) for text in texts] for name, texts in act.typed.items()}
    return replace(act, typed=typed)


def with_row(act: SaveDraft, list_name: str) -> SaveDraft:
    """The form with one empty row more in this list, under a number that no other page gives one at the same time."""
    if list_name not in _LISTS:
        return act
    last = max((row for name, row in _rows(act) if name == list_name), default=0)
    number = last + 1_000 + randbelow(1_000_000)
    return replace(act, typed={**act.typed, f"{list_name}-{number}-{_LISTS[list_name][0]}": [""]})


def without_row(act: SaveDraft, row_name: str) -> SaveDraft:
    """The form without this row, named like ``imaging-2``."""
    typed = {name: texts for name, texts in act.typed.items() if not name.startswith(f"{row_name}-")}
    return replace(act, typed=typed)


def with_patient(act: SaveDraft, patient: Patient) -> SaveDraft:
    """The form filled in with who the patient on record is."""
    typed = {name: texts for name, texts in act.typed.items() if name != "no_mrn"}
    known = {"family_name": [patient.family_name], "given_name": [patient.given_name], "sex": [patient.sex.value]}
    return replace(act, typed=typed | known)


def _is_ours(name: str) -> bool:
    in_a_row = _ROW.fullmatch(name) or _ITEM.fullmatch(name)
    return (name in _FIELDS and name not in _LISTS) or in_a_row is not None


def _rows(act: SaveDraft) -> list[tuple[str, int]]:
    rows = (name.split("-") for name in act.typed if _ROW.fullmatch(name))
    return [(list_name, int(number)) for list_name, number, _ in rows]
