"""A pasted or uploaded list of people to invite: read line by line, each wrong line named with what to do."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tumorboard.domain.people import InvitePerson
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Hospital
from tumorboard.vocabulary import Discipline

MOST_LINES = 500
_ADDRESS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>\s]+)>$")


@dataclass(frozen=True)
class Line:
    """One line of the list: whom it names, or what to do about it."""

    number: int
    text: str
    act: InvitePerson | None = None
    problem: str = ""


def decoded(file: bytes) -> str:
    """A file's text. Refused when it is not in UTF-8; no request may be larger than 1 MiB in any case."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Code.WRONG, "Save the file as “CSV UTF-8”, then choose it again.", field="file") from None


def read_list(text: str, hospitals: list[Hospital], own: Hospital) -> list[Line]:
    """Every line with something on it. Cells may stand in any order; whoever names no hospital is of ``own``."""
    filled = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not filled:
        raise Refused(Code.WRONG, "Paste a list, or choose a file.", field="text")
    if len(filled) > MOST_LINES:
        raise Refused(Code.WRONG, f"These are {len(filled)} lines. Send at most {MOST_LINES} at once.", field="text")
    headless = filled[1:] if len(filled) > 1 and _is_head(filled[0][1]) else filled
    return [_read(number, line, hospitals, own) for number, line in headless]


def _is_head(line: str) -> bool:
    return "@" not in line and re.search(r"\be-?mail\b|\baddress\b", line, re.IGNORECASE) is not None


def _read(number: int, line: str, hospitals: list[Hospital], own: Hospital) -> Line:
    disciplines = {folded(name): each for each in Discipline for name in (each.label, each.value, each.code)}
    named = {folded(name): each for each in hospitals for name in (each.name, each.short_name)}
    email, discipline, hospital, names = "", None, own, []
    try:
        cells = list(cells_of(line))
    except csv.Error:
        return Line(number, line[:120], problem="This line cannot be read. Type it again.")
    for cell in cells:
        words = folded(cell)
        if "@" in cell and not email:
            email = cell
        elif words in disciplines and discipline is None:
            discipline = disciplines[words]
        elif words in named:
            hospital = named[words]
        else:
            names.append(cell)
    if len(names) == 1:
        names = list(parts_of(names[0]))  # a family name with a comma of its own stands in a cell of its own
    problem = _problem(email, discipline, names)
    if problem or discipline is None:
        return Line(number, line, problem=problem)
    family_name, given_name = names
    return Line(number, line, InvitePerson(email, family_name, given_name, discipline, hospital.id))


def _problem(email: str, discipline: Discipline | None, names: list[str]) -> str:
    if not email:
        return "There is no e-mail address in this line: nothing in it has an @. Add it."
    if len(names) < 2:
        return "Write family name and given name, separated by a comma."
    if discipline is None:
        return f"Name the discipline as in the list, like “{Discipline.MEDICAL_ONCOLOGY.label}”."
    if len(names) > 2:
        return f"“{names[2][:40]}” is neither a discipline nor a hospital here. Correct it, or take it out."
    if any(len(name) > 120 or not name.isprintable() for name in names) or len(email) > 254:
        return "There is a name or an address here that cannot be right. Type it again."
    return ""


def cells_of(line: str) -> Iterator[str]:
    """The parts of a line: of a table's row, a CSV line, or ``Ashgrove, Theo <t.ashgrove@…>; medical oncology``."""
    separator = next((each for each in "\t;" if each in line), ",")
    for raw in next(csv.reader([line], delimiter=separator, skipinitialspace=True)):
        cell = raw.strip().strip('"').strip()
        address = _ADDRESS.match(cell)
        if address:
            yield from parts_of(address["name"])
            yield address["email"]
        elif cell:
            yield cell


def parts_of(cell: str) -> Iterator[str]:
    """Family and given name of a cell that holds both, with a comma between."""
    yield from (part.strip().strip('"').strip() for part in cell.split(",") if part.strip())


def folded(text: str) -> str:
    """So that “Haematology-oncology” is found as “Hematology oncology”."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("haem", "hem")).strip()
