"""The rows of a pasted list of cases: each the act of a submission, or what to do about each of its cells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from tumorboard.domain.case_rows import Standing
from tumorboard.domain.cases import SubmitCase
from tumorboard.domain.completeness import Completeness, completeness
from tumorboard.domain.minimum_data_sets import SOMETHING_ELSE, DataSet
from tumorboard.domain.patients import UNDER_ANOTHER_NAME
from tumorboard.errors import Refused
from tumorboard.storage.models import Board, Case, Hospital, Person
from tumorboard.vocabulary import TumorType
from tumorboard.web.forms.case import CaseForm
from tumorboard.web.forms.case_cells import typed_boxes
from tumorboard.web.forms.case_columns import KINDS, LEFT_OUT, box_of
from tumorboard.web.forms.inviting import folded
from tumorboard.web.forms.pasted_table import Line, Table
from tumorboard.web.forms.wrong_cell import Wrong, wrong_cell

NEEDED = ("mrn", "birth_date", "family_name", "given_name", "sex", "tumor_type", "question")


class RowForm(CaseForm):
    """The case form without its own token: the page that it is part of has one."""

    class Meta:
        csrf = False


@dataclass(frozen=True)
class Sheet:
    """What rows are read against."""

    board: Board
    person: Person
    hospitals: list[Hospital]
    clinicians: list[Person]
    data_set: Callable[[TumorType], DataSet]
    """What the board asks of a tumor type."""
    today: date
    usual: Mapping[str, str]
    """What holds of every row that does not say it, by box."""


@dataclass(frozen=True)
class Row:
    line: Line
    form: RowForm
    wrong: tuple[Wrong, ...] = ()
    there: Case | None = None
    """The open case that asks the same already: nothing is to be done."""
    completeness: Completeness | None = None
    columns: list[str] = field(default_factory=list)
    act: SubmitCase | None = None
    """The submission, of a row that can be loaded."""

    @property
    def submitter(self) -> str:
        """In whose name, as the form's list says it."""
        return next(
            (
                str(label)
                for value, label, *_ in self.form.submitter.iter_choices()
                if value == self.form.submitter.data
            ),
            "",
        )

    def standing(self, how: Standing) -> "Row":
        if how.refused is None:
            return replace(self, there=how.there, act=None if how.there else self.act)
        sentence = how.refused.sentence
        wrong = (wrong_cell(self.line, self.columns, self.form, box, sentence) for box in _boxes_of(how.refused))
        return replace(self, wrong=tuple(wrong), act=None)


def read_rows(table: Table, columns: list[str], sheet: Sheet) -> list[Row]:
    """Every row as far as it can be judged by itself."""
    return [_read(line, columns, sheet) for line in table.lines]


def unsaid(columns: list[str], usual: Mapping[str, str]) -> list[str]:
    """The boxes that a submission needs and that neither a column nor the page says."""
    there = {box_of(kind) for kind in columns} | {box for box, text in usual.items() if text}
    there |= {"family_name", "given_name"} if "name" in there else set()
    return [box for box in NEEDED if box not in there]


def mended(table: Table, columns: list[str], typed: Mapping[str, str]) -> tuple[Table, list[str]]:
    """The table with what was typed beside its wrong cells, and a column more for what none was about."""
    prefixes = {line.key: f"mend-{line.key}-" for line in table.lines}
    said = {name: text for name, text in typed.items() if name.startswith("mend-")}
    boxes = {name.rpartition("-")[2] for name in said} & {*KINDS}
    filled = {name.rpartition("-")[2] for name, text in said.items() if text.strip()} & boxes
    new = sorted(filled - {box_of(kind) for kind in columns})
    lines = []
    for line in table.lines:
        mends = {box: typed.get(f"{prefixes[line.key]}{box}") for box in boxes}
        cells = [*line.cells, *("" for _ in new)]
        for number, kind in enumerate([*columns, *new]):
            text = mends.get(box_of(kind)) if kind else None
            cells[number] = cells[number] if text is None else text.strip()
        lines.append(Line(line.number, tuple(cells)))
    head = (*table.head, *(KINDS[box].label for box in new)) if table.head else ()
    return replace(table, head=head, lines=tuple(lines)), [*columns, *new]


def _read(line: Line, columns: list[str], sheet: Sheet) -> Row:
    said = {kind: cell for kind, cell in zip(columns, line.cells, strict=True) if kind != LEFT_OUT}
    usual = {box: text for box, text in sheet.usual.items() if text}
    typed = usual | typed_boxes(said, sheet.clinicians) | {"board": str(sheet.board.id)}
    form = RowForm(
        MultiDict(typed),
        person=sheet.person,
        boards=[sheet.board],
        hospitals=sheet.hospitals,
        clinicians=sheet.clinicians,
        today=sheet.today,
        data_set=None,
        followed=None,
    )
    tumor_type = next((each for each in TumorType if each == form.tumor_type.data), None)
    data_set = sheet.data_set(tumor_type) if tumor_type else None
    form.offer_questions(data_set)
    _take_question_type(form)
    row = Row(line, form, columns=columns)
    missing = unsaid(columns, sheet.usual)
    problems = list(_problems(form))
    if problems or data_set is None:
        wrong = (
            wrong_cell(line, columns, form, box, sentence, sheet.clinicians)
            for box, sentence in problems
            if box not in missing
        )
        return replace(row, wrong=tuple(sorted(wrong, key=lambda each: (len(each.cell), each.cell))))
    complete = completeness(data_set, form.facts(), sheet.today)
    return replace(row, act=form.to_submit(), completeness=complete)


def _boxes_of(refused: Refused) -> tuple[str, ...]:
    """Every box that may be the wrong one: of an MRN that is another patient's also the birth date, or the name."""
    if refused.field != "mrn":
        return (refused.field or "question",)
    if refused.sentence.startswith(UNDER_ANOTHER_NAME):
        return ("mrn", "family_name")
    return ("mrn", "birth_date")


def _take_question_type(form: RowForm) -> None:
    """As the minimum data set writes it; a row that does not say it asks something else."""
    kinds = {folded(str(value)): str(value) for value, *_ in form.question_type.iter_choices()}
    typed = form.question_type.data or SOMETHING_ELSE
    form.question_type.data = kinds.get(folded(typed), typed)


def _problems(form: RowForm) -> Iterator[tuple[str, str]]:
    """Box and sentence of everything that the form itself refuses."""
    form.validate()
    for box, sentences in form.errors.items():
        yield box or "question", str(sentences[0])
    if not form.errors:
        yield from ((each.field, each.sentence) for each in form.contradictions())


def usual_of(typed: Mapping[str, str], board: Board, person: Person) -> dict[str, str]:
    """What the page says of every row that does not say it."""
    only = board.tumor_types[0] if len(board.tumor_types) == 1 else ""
    usual = {"mrn_hospital": str(person.hospital_id), "case_type": "treatment_decision", "tumor_type": only, "sex": ""}
    return {box: typed.get(f"usual-{box}", text) for box, text in usual.items()}
