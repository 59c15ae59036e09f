"""A cell of a pasted list of cases that the case form refuses: where it stands, what to do, and what can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from tumorboard.storage.models import Person
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.case_cells import CHOSEN, named
from tumorboard.web.forms.case_columns import KINDS, box_of
from tumorboard.web.forms.member_list import people_meant
from tumorboard.web.forms.pasted_table import Line, letters

_NOT_OF_THE_LIST = "Choose one of the list."
_SEVERAL = {"name": ("family_name", "given_name"), "tnm": ("stage_t", "stage_n", "stage_m", "stage_prefix")}
"""The columns that fill several boxes."""


@dataclass(frozen=True)
class Wrong:
    """One cell to mend."""

    box: str
    cell: str
    """As a spreadsheet names it, ``C7``; empty where no column is about this."""
    said: str
    sentence: str
    choices: tuple[str, ...] = ()


def wrong_cell(
    line: Line, columns: list[str], form: CaseForm, box: str, sentence: str, people: list[Person] | None = None
) -> Wrong:
    """What the form says of this box, at the cell that it was read from."""
    box = _shown_at(box, columns)
    number = next((n for n, kind in enumerate(columns) if box_of(kind) == box), None)
    said = "" if number is None else line.cells[number]
    cell = "" if number is None else f"{letters(number)}{line.number}"
    return Wrong(box, cell, said, _sentence(box, said, sentence, people or []), tuple(_choices(form, box)))


def _shown_at(box: str, columns: list[str]) -> str:
    shown = next((kind for kind, boxes in _SEVERAL.items() if kind in columns and box in boxes), box)
    return shown if shown in KINDS else "question"


def _sentence(box: str, said: str, sentence: str, people: list[Person]) -> str:
    if box == "name" and sentence.startswith("Enter the "):
        return "Write family name, comma, given name."
    if box == "submitter" and said:
        known = len(people_meant(*named(said), people))
        what = f"{known} people are called" if known > 1 else "Nobody here is called"
        return f"{what} “{said[:60]}”. Write the e-mail address, or nothing: then you submit it."
    if box == "birth_date" and "/" in said:
        return f"{sentence} Or say under Columns whether the day or the month comes first."
    if sentence == _NOT_OF_THE_LIST and said:
        return f"“{said[:60]}” is not one of the list. Choose what is meant."
    return sentence


def _choices(form: CaseForm, box: str) -> Iterator[str]:
    """The labels of a box that takes one of a list: a cell can hold them."""
    if box == "question_type":
        yield from (str(value) for value, *_ in form.question_type.iter_choices())
    elif box in CHOSEN:
        yield from (word.label for word in CHOSEN[box])
