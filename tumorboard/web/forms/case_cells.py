"""The cells of a pasted row as somebody would type them into the boxes of the case form."""

import re
from collections.abc import Iterator, Mapping

from tumorboard import words
from tumorboard.storage.models import Person
from tumorboard.vocabulary import CaseType, Laterality, PerformanceStatus, Sex, TumorType, Urgency, Word
from tumorboard.web.forms.base import read_date
from tumorboard.web.forms.inviting import folded
from tumorboard.web.forms.member_list import people_meant

CHOSEN: Mapping[str, type[Word]] = {
    "sex": Sex,
    "tumor_type": TumorType,
    "case_type": CaseType,
    "laterality": Laterality,
    "performance_status": PerformanceStatus,
    "urgency": Urgency,
}
"""The boxes that take one of a list, and its words."""
BY_ONE_LETTER = {"sex": ("f", "m"), "laterality": ("l", "r")}
NO_MRN = frozenset({"none", "none yet", "no mrn", "no mrn yet"})
_ORDERS = {"birth_date_dmy": (0, 1), "birth_date_mdy": (1, 0)}
_TITLE = re.compile(r"^(?:(?:prof|dr|md|mr|ms|mrs)\b\.?\s*)+", re.IGNORECASE)
_TNM = re.compile(
    r"(?:(?<![A-Za-z])|(?<=[0-9][a-e]))(?P<prefix>y?[cpra])?(?P<letter>[TNM])(?P<value>[0-9xai](?:(?![NM][0-9x])[\w()+-])*)",
    re.IGNORECASE,
)
_EITHER_WAY = re.compile(r"y?[cpra]T[0-9x][cpra][NM][0-9x].*", re.IGNORECASE)
"""``cT1cN0`` is T1c N0 or T1 cN0: whoever knows says it."""


def typed_boxes(said: Mapping[str, str], people: list[Person]) -> dict[str, str]:
    """What each box holds, for cells by what their column is; what cannot be understood is left for the form to say."""
    typed: dict[str, str] = {}
    for kind, cell in said.items():
        typed |= dict(_boxes(kind, cell, people))
    return {box: text for box, text in typed.items() if text}


def value_of(box: str, cell: str) -> str:
    """The value of the word that a cell means, by its label, its value or one letter; else the cell as it is."""
    meant = folded(cell)
    for word in CHOSEN[box]:
        short = folded(word.label)[:1] if box in BY_ONE_LETTER else ""
        if meant in (folded(word.label), folded(word.value)) or (meant == short and short in BY_ONE_LETTER[box]):
            return word.value
    return cell


def submitter_of(cell: str, people: list[Person]) -> str:
    """The id of the one person whom a cell names; else the cell as it is."""
    known = people_meant(*named(cell), people)
    return str(known[0].id) if len(known) == 1 else cell


def named(cell: str) -> tuple[str, str]:
    """Name and address in a cell, without titles."""
    address = re.search(r"[^\s<>,;]+@[^\s<>,;]+", cell)
    return _TITLE.sub("", cell), address[0] if address else ""


def _boxes(kind: str, cell: str, people: list[Person]) -> Iterator[tuple[str, str]]:
    if kind == "mrn" and folded(cell) in NO_MRN:
        yield "no_mrn", "y"
    elif kind == "name":
        family, _, given = cell.partition(",")
        yield from (("family_name", family.strip()), ("given_name", given.strip()))
    elif kind.startswith("birth_date"):
        yield "birth_date", _day(kind, cell)
    elif kind == "tnm":
        yield from _stage(cell)
    elif kind == "submitter":
        yield kind, submitter_of(cell, people) if cell else ""
    elif kind in CHOSEN:
        yield kind, value_of(kind, cell)
    else:
        yield kind, cell


def _day(kind: str, cell: str) -> str:
    """As the form reads it; a spreadsheet's midnight is left out."""
    text = re.sub(r"[ T]00:00(:00)?(\.0+)?$", "", cell)
    parts = re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})", text)
    if parts is None or kind not in _ORDERS:
        return text
    day, month = (parts.groups()[place] for place in _ORDERS[kind])
    read = read_date(f"{day}.{month}.{parts[3]}")
    return words.date_words(read) if read else text


def _stage(cell: str) -> Iterator[tuple[str, str]]:
    """T, N and M, all with the prefix that stands first, as js/whole_stage.js reads them; else a stage group."""
    found = [] if _EITHER_WAY.match(cell) else list(_TNM.finditer(cell))
    prefix = next((each["prefix"].lower() for each in found if each["prefix"]), "")
    for each in found:
        yield f"stage_{each['letter'].lower()}", f"{prefix}{each['letter'].upper()}{each['value']}"
    if _EITHER_WAY.match(cell):
        yield "stage_t", cell
    elif not found:
        yield "stage_group", re.sub(r"(?i)^stage ", "", cell)
