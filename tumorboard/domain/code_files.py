"""A vocabulary in a file, as it is published or as a hospital keeps it: CSV with any separator, or JSON.

Read are a table with ``code`` and words under their headings, one without headings whose first two columns those are,
the tumor registries' table with behavior beside histology (``8500,3,Duct carcinoma,alternate``), a JSON list of rows,
and a FHIR CodeSystem. A code on several lines has several names.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tumorboard import words
from tumorboard.domain import codes
from tumorboard.errors import Code as Why
from tumorboard.errors import Refused
from tumorboard.vocabulary import CodeSystem

MOST_SAID = 100
WORDS = ("words", "description", "display", "term", "title", "name")
"""What the column with the words may be called; the one with the codes is ``code``."""
_HEADING = re.compile(r"[0-9]{1,2}|[IVX]+|[A-Z][0-9][0-9A-Z]-[A-Z][0-9][0-9A-Z]")
"""A chapter or block of ICD-10, which is no code."""
_CELL = re.compile(r"[\t;,]")
_BEHAVIOR = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Line:
    place: str
    code: str
    words: str
    preferred: bool = False


def read_codes(system: CodeSystem, file: bytes) -> dict[str, list[str]]:
    """Each code with its names, the preferred one first.

    Raises ``Refused`` with a line for each line of the file that is wrong, or for a file that is none of these.
    """
    text = _decoded(file)
    lines = _json_lines(text) if text.lstrip()[:1] in {"[", "{"} else _table_lines(text)
    names: dict[str, list[str]] = {}
    wrong = [sentence for line in lines if (sentence := _take(system, line, names))]
    if wrong:
        said = [*wrong[:MOST_SAID], f"and {len(wrong) - MOST_SAID:,} lines more."][: len(wrong)]
        raise Refused(Why.WRONG, "\n".join([*said, "Nothing was loaded; what was there before is still there."]))
    if not names:
        raise Refused(Why.WRONG, "There is no code in this file. Nothing was changed.")
    return names


def _take(system: CodeSystem, line: Line, names: dict[str, list[str]]) -> str:
    """Adds what the line names; answers what is wrong with it, or nothing."""
    code, name = codes.read_code(system, line.code), words.one_line(line.words)
    if code is None:
        heading = system is CodeSystem.ICD10 and _HEADING.fullmatch(line.code)
        sentence = f"{line.place}: “{line.code[:40]}” is no {system.label} code like {system.example}."
        return "" if heading else sentence
    if not codes.folded(name):
        return f"{line.place}: no words stand beside {code}."
    known = names.setdefault(code, [])
    if name not in known:
        known.insert(0 if line.preferred else len(known), name)
    return ""


def _decoded(file: bytes) -> str:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        raise Refused(Why.WRONG, f"Line {line} is not UTF-8. Save the file as UTF-8 and load it again.") from error


def _table_lines(text: str) -> Iterator[Line]:
    separator = _CELL.search(text)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator[0] if separator else ",", strict=True)
    try:
        rows = [(reader.line_num, [each.strip() for each in row]) for row in reader]
    except csv.Error as error:
        raise Refused(Why.WRONG, f"Line {reader.line_num}: a quotation mark is left open or stands alone.") from error
    filled = [(number, cells) for number, cells in rows if any(cells)]
    columns = _columns(filled[0][1]) if filled else None
    for number, cells in filled[1:] if columns else filled:
        yield _line(f"Line {number}", cells, *(columns or (0, 1)))


def _columns(first: list[str]) -> tuple[int, int] | None:
    """Where code and words stand, as the headings say; none where the first line is no headings."""
    headings = [each.lower() for each in first]
    code = next((place for place, each in enumerate(headings) if each.endswith("code")), None)
    if code is None:
        return None
    name = next((headings.index(each) for each in WORDS if each in headings), None)
    if name is None:
        raise Refused(Why.WRONG, f"No column of this file has the words. Call it one of: {', '.join(WORDS)}.")
    return code, name


def _line(place: str, cells: list[str], code: int, name: int) -> Line:
    cells = [*cells, *[""] * (max(code, name, 2) + 1 - len(cells))]
    if _BEHAVIOR.fullmatch(cells[1]):
        return Line(place, f"{cells[0]}/{cells[1]}", cells[2], preferred=cells[3:4] == ["preferred"])
    return Line(place, cells[code], cells[name])


def _json_lines(text: str) -> Iterator[Line]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Refused(Why.WRONG, f"This is not JSON: {error}.") from error
    rows = found.get("concept") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise Refused(Why.WRONG, "Give a list of rows with code and words, or a FHIR CodeSystem with its concepts.")
    for number, row in enumerate(_with_narrower(rows), start=1):
        name = next((row[each] for each in WORDS if each in row), "")
        yield Line(f"Row {number}", str(row.get("code", "")).strip(), str(name))


def _with_narrower(rows: list[Any]) -> Iterator[Mapping[str, Any]]:
    """The rows, and those within them, as FHIR nests narrower concepts."""
    for each in rows:
        row = each if isinstance(each, dict) else {}
        yield row
        narrower = row.get("concept")
        yield from _with_narrower(narrower if isinstance(narrower, list) else [])
