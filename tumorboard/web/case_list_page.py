"""The page of a pasted list of cases: drawn the same when it is new, resumed, read, or refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo

from flask import render_template

from tumorboard.domain import case_lists
from tumorboard.domain.actor import Actor
from tumorboard.domain.case_rows import standings
from tumorboard.domain.minimum_data_sets import in_force
from tumorboard.errors import Refused
from tumorboard.storage.models import Board
from tumorboard.storage.queries import case_lists as questions
from tumorboard.storage.queries import people
from tumorboard.vocabulary import CaseType, GuideStep, Sex, TumorType
from tumorboard.web.forms.case_columns import HEAD_WORDS, KINDS, LEFT_OUT, chosen
from tumorboard.web.forms.case_rows import Row, Sheet, mended, read_rows, unsaid, usual_of
from tumorboard.web.forms.pasted_table import Table, letters, read_table
from tumorboard.web.guide import guides_of


@dataclass
class Reading:
    """A list as it was read: its table, where each column goes, and how each row stands."""

    text: str = ""
    usual: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    problem: str = ""

    @property
    def unsaid(self) -> list[str]:
        return unsaid(self.columns, self.usual) if self.table else []

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.wrong]

    @property
    def ready(self) -> list[Row]:
        return [row for row in self.rows if row.act and not self.unsaid]

    @property
    def there(self) -> list[Row]:
        return [row for row in self.rows if row.there]

    def form(self, rows: list[Row] | None = None) -> str:
        """What is kept, as the page would post it; of these rows alone, and nothing where there is none."""
        if self.table is None or rows == []:
            return ""
        text = self.text if rows is None else self.table.text(row.line for row in rows)
        said = {f"usual-{box}": value for box, value in self.usual.items()}
        named = {f"column-{number}": kind for number, kind in enumerate(self.columns)}
        return json.dumps({"text": text, "shape": self.table.shape, **named, **said})


def read_list(board: Board, typed: Mapping[str, str], by: Actor) -> Reading:
    """The list with what was mended in it, and how each row stands to what is here."""
    text, usual = typed.get("text", ""), usual_of(typed, board, by.person)
    if not text.strip() and not typed:
        return Reading(usual=usual)
    try:
        table = read_table(text, HEAD_WORDS)
    except Refused as error:
        return Reading(text, usual, problem=error.sentence)
    as_mended, columns = mended(table, chosen(table, typed), typed)
    text = text if as_mended == table else as_mended.text()
    rows = read_rows(as_mended, columns, _sheet(board, usual, by))
    acts = [(row.line.number, row.act) for row in rows if row.act] if not unsaid(columns, usual) else []
    found = iter(standings(board, acts, by)) if acts else iter(())
    rows = [row.standing(next(found)) if row.act and acts else row for row in rows]
    return Reading(text, usual, as_mended, columns, rows)


def _sheet(board: Board, usual: Mapping[str, str], by: Actor) -> Sheet:
    return Sheet(
        board=board,
        person=by.person,
        hospitals=people.all_hospitals(),
        clinicians=people.clinicians(),
        data_set=cache(lambda tumor_type: in_force(board.id, tumor_type).data_set),
        today=by.at.astimezone(ZoneInfo(board.time_zone)).date(),
        usual=usual,
    )


def list_page(board: Board, by: Actor, reading: Reading, *, problem: str = "", all_or_none: bool = False) -> str:
    return render_template(
        "case_lists/show.html",
        board=board,
        reading=reading,
        problem=problem or reading.problem,
        all_or_none=all_or_none,
        columns=_columns(reading),
        kinds=KINDS,
        left_out=LEFT_OUT,
        hospitals=people.all_hospitals(),
        usual=[("tumor_type", "Tumor type", TumorType), ("case_type", "Why they come", CaseType), ("sex", "Sex", Sex)],
        loads=questions.loads(board.id, by.at - case_lists.UNDONE_WITHIN),
        kept_until=(by.at + case_lists.KEPT_FOR).astimezone(ZoneInfo(board.time_zone)).date(),
        guides=guides_of([board], GuideStep.CASES),
    )


def _columns(reading: Reading) -> list[dict[str, str]]:
    """Each column with its letter, its head, what its first rows hold and where it goes."""
    table = reading.table
    if table is None:
        return []
    return [
        {
            "letter": letters(number),
            "head": table.head[number] if table.head else "",
            "first": " · ".join(cell[:40] for cell in table.column(number)[:3]),
            "kind": kind,
        }
        for number, kind in enumerate(reading.columns)
    ]
