"""Rows pasted out of a spreadsheet: cells by tab, semicolon or comma, with or without a head."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from tumorboard.domain.differences import mark
from tumorboard.errors import Code, Refused

MOST_ROWS, MOST_COLUMNS, LONGEST = 100, 40, 200_000
SEPARATORS = "\t;,"


@dataclass(frozen=True)
class Line:
    """One row of the sheet, numbered as the sheet does."""

    number: int
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """Names what is mended in this row, wherever it stands when the list is read again."""
        return mark({"row": list(self.cells)})


@dataclass(frozen=True)
class Table:
    separator: str
    head: tuple[str, ...]
    """Empty where the rows have no head."""
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=len(self.head))

    @property
    def shape(self) -> str:
        """Another one, and what was said of the columns is about another table."""
        return mark({"head": list(self.head), "width": [str(self.width)]})

    def column(self, number: int) -> list[str]:
        """What stands in a column, without its empty cells."""
        return [line.cells[number] for line in self.lines if line.cells[number]]

    def text(self, lines: Iterable[Line] | None = None) -> str:
        """As it would be pasted again, with these rows alone."""
        out = StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator="\n")
        writer.writerows([self.head] if self.head else [])
        writer.writerows(line.cells for line in (self.lines if lines is None else lines))
        return out.getvalue().rstrip("\n")


def read_table(text: str, head_words: frozenset[str]) -> Table:
    """Refused when there is nothing, too much, or what no spreadsheet writes. ``head_words`` tell a head from a row."""
    if len(text) > LONGEST:
        raise Refused(Code.WRONG, f"This is too long: paste at most {LONGEST:,} characters at once.", field="text")
    separator = _separator(text)
    try:
        read = enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1)
        filled = [(number, [_plain(cell) for cell in cells]) for number, cells in read if any(map(str.strip, cells))]
    except csv.Error:
        raise Refused(
            Code.WRONG, "These rows cannot be read. Copy them from the spreadsheet again.", field="text"
        ) from None
    if not filled:
        raise Refused(Code.WRONG, "Paste rows of a spreadsheet: a case on each row.", field="text")
    width = max(len(cells) for _, cells in filled)
    _refuse_unlikely(len(filled), width)
    padded = [Line(number, tuple(cells + [""] * (width - len(cells)))) for number, cells in filled]
    has_head = sum(_folded(cell) in head_words for cell in padded[0].cells) >= min(2, width)
    head, lines = (padded[0].cells, padded[1:]) if has_head else ((), padded)
    if not lines:
        raise Refused(Code.WRONG, "This is the head alone. Paste the rows below it too.", field="text")
    return Table(separator, head, tuple(lines))


def letters(number: int) -> str:
    """A column as a spreadsheet names it: A, B … Z, AA."""
    return (letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _refuse_unlikely(rows: int, width: int) -> None:
    if rows > MOST_ROWS + 1:
        raise Refused(Code.WRONG, f"These are {rows} rows. Paste at most {MOST_ROWS} at once.", field="text")
    if width > MOST_COLUMNS:
        sentence = f"These are {width} columns. Copy at most {MOST_COLUMNS}: the others can stay in the spreadsheet."
        raise Refused(Code.WRONG, sentence, field="text")


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((each for each in SEPARATORS if each in first), ",")


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def _folded(cell: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in cell.casefold()).split())
