"""The parts of a form: the boxes that mean something only together, and what stands in them in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, SelectField, SelectMultipleField

from tumorboard.domain.differences import Marks, marks
from tumorboard.web.forms.base import trimmed
from tumorboard.web.forms.result import ItemRow
from tumorboard.web.forms.rows import Row

Typed = Mapping[str, list[str]]

_STAGE = ("stage_prefix", "stage_t", "stage_n", "stage_m", "stage_group", "stage_system", "stage_edition")
_MRN = ("mrn", "mrn_hospital", "no_mrn")
_PARTS = dict.fromkeys(_STAGE, "stage") | dict.fromkeys(_MRN, "mrn")
_LABELS = {
    "stage": "Stage",
    "mrn": "MRN",
    "imaging": "Imaging study",
    "pathology": "Specimen",
    "decisions": "Earlier decision",
}
"""Boxes that mean something only together are one part, under a label of its own, and so is each row of a list; every
other field is its own part."""
_LISTS = ("imaging", "pathology", "decisions")
_OF_ITEM = {"dated_on": ("-dated_on", ", date"), "number": ("-number", ", number"), "place": ("-number", ", number")}
"""Of an item the day and the number stand for themselves: two people may fill them in beside its answer."""
_BARE = ("answer", "value", "advised", "fate")


@dataclass(frozen=True)
class Said:
    """A part's label, and what stands there."""

    label: str
    words: str = ""


def own_boxes(form: Iterable[Field], post: MultiDict[str, str]) -> Typed:
    """What was posted into the form's own fields."""
    names = {field.name for field in form if not isinstance(field, HiddenField)}
    return {box: texts for box, texts in post.lists() if box.partition("-")[0] in names}


def marks_of(typed: Typed) -> Marks:
    return marks(parts_of(typed))


def written_marks(base: Marks | None) -> str:
    """What a page carries of the boxes that it was drawn from."""
    return json.dumps(base, separators=(",", ":"))


def read_marks(text: str | None) -> Marks | None:
    """The marks that a page carried, or none where they cannot be read."""
    try:
        read = json.loads(text or "")
    except ValueError:
        return None
    return {name: str(each) for name, each in read.items()} if isinstance(read, dict) else None


def parts_of(typed: Typed) -> dict[str, dict[str, list[str]]]:
    """The boxes that say anything, by part."""
    parts: dict[str, dict[str, list[str]]] = {}
    for box, texts in typed.items():
        said = [text for text in map(trimmed, texts) if text]
        if said:
            parts.setdefault(part_of(box), {})[box] = said
    return parts


def part_of(box: str) -> str:
    name, _, rest = box.partition("-")
    if name in _LISTS:
        return f"{name}-{rest.partition('-')[0]}"
    return _PARTS.get(name, name) + _OF_ITEM.get(rest, ("", ""))[0]


def said_in(form: Iterable[Field]) -> dict[str, Said]:
    """The label of each part of a form, and what stands there in words."""
    said: dict[str, Said] = {}
    for field in form:
        if isinstance(field, FieldList):
            said |= {
                part_of(row.name): Said(_LABELS[part_of(row.name).partition("-")[0]], _words(row)) for row in field
            }
        if isinstance(field, FormField):
            said |= _said_of_item(field)
        if isinstance(field, HiddenField | FieldList | FormField):
            continue
        part = part_of(field.name)
        words = _words(field)
        if part in said and words:
            words = ", ".join(filter(None, [said[part].words, f"{field.label.text} {words}"]))
        elif part in _PARTS.values() and words:
            words = f"{field.label.text} {words}"
        if part not in said or words:
            said[part] = Said(_LABELS.get(part, field.label.text), words)
    return said


def _said_of_item(item: Any) -> dict[str, Said]:
    boxes: dict[str, list[Field]] = {}
    for box in item.form:
        boxes.setdefault(part_of(box.name), []).append(box)
    return {part: _said_in_row(item.form, own, item.label.text) for part, own in boxes.items()}


def _said_in_row(row: ItemRow, boxes: list[Field], label: str) -> Said:
    about = _OF_ITEM.get(boxes[0].short_name, ("", ""))[1]
    return Said(label + about, _row_words(row, boxes))


def _words(field: Field) -> str:
    if isinstance(field, FormField):
        return _row_words(field.form, field.form)
    if isinstance(field, BooleanField):
        return "yes" if field.data else ""
    if isinstance(field, SelectField | SelectMultipleField):
        return _choice_words(field)
    return field.data or ""


def _row_words(row: Row, boxes: Iterable[Field]) -> str:
    """``Positive, 90 % of nuclei, date 02-Nov-2026``."""
    unit = f" {row.item.unit}" if isinstance(row, ItemRow) and row.item.unit else ""
    said = ((field, _words(field)) for field in boxes)
    return ", ".join(_labelled(field, words, unit) for field, words in said if words)


def _labelled(field: Field, words: str, unit: str) -> str:
    name = field.short_name
    if name in _BARE:
        return words + (unit if name == "value" else "")
    return f"{field.label.text.lower()} {words}"


def _choice_words(field: Any) -> str:
    chosen = [field.data] if isinstance(field.data, str) else field.data or []
    known = {str(value): label for value, label, *_ in field.iter_choices()}
    return ", ".join(known.get(str(each), str(each)) for each in chosen if each)
