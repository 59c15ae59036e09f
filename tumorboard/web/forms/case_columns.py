"""Which box of the case form each column of a pasted list goes to: guessed by its head or by what stands in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tumorboard.web.forms.pasted_table import Table

LEFT_OUT = ""


@dataclass(frozen=True)
class Kind:
    """One box, or several at once: what its list says, how a head names it, what its cells look like."""

    label: str
    heads: tuple[str, ...]
    looks: str = ""


_DAY = r"\d{1,4}[-./ ]([A-Za-z]{3,9}|\d{1,2})[-./ ]\d{2,4}( 00:00:00)?"
KINDS: Mapping[str, Kind] = {
    "mrn": Kind(
        "MRN",
        ("mrn", "medical record number", "record number", "patient id", "hospital number"),
        r"[A-Z]{0,3} ?[\d ./-]{5,15}",
    ),
    "name": Kind("Family, Given", ("name", "patient", "patient name"), r"[^\W\d]+[\w' -]*, [^\W\d][\w' .-]*"),
    "family_name": Kind("Family name", ("family name", "family", "last name", "surname")),
    "given_name": Kind("Given name", ("given name", "given", "first name", "forename")),
    "birth_date": Kind("Date of birth", ("date of birth", "dob", "born", "birth date", "birthdate", "birthday"), _DAY),
    "birth_date_dmy": Kind("Date of birth, 14/03/1971", ()),
    "birth_date_mdy": Kind("Date of birth, 03/14/1971", ()),
    "sex": Kind("Sex", ("sex", "gender"), r"(?i:f|m|female|male)"),
    "tumor_type": Kind("Tumor type", ("tumor type", "tumor", "tumour", "cancer", "entity", "site")),
    "case_type": Kind("Why the case comes", ("why the case comes", "case type", "reason", "why")),
    "question_type": Kind("Kind of question", ("kind of question", "question type")),
    "question": Kind("Question for the board", ("question", "question for the board", "questions"), r"(?s).{12,}\?"),
    "clinical_summary": Kind("Clinical summary", ("clinical summary", "summary", "history", "clinical history")),
    "submitter": Kind(
        "Submitted by",
        ("submitted by", "submitter", "lead", "doctor", "dr", "physician", "oncologist", "consultant", "referred by"),
        r"(?i:dr\.? .+|[^\s@]+@[^\s@]+)",
    ),
    "icd10": Kind(
        "Diagnosis, ICD-10",
        ("diagnosis code", "icd", "icd 10", "icd10", "diagnosis icd 10", "code"),
        r"[A-Z]\d\d(\.\d{1,2})?( .*)?",
    ),
    "laterality": Kind("Side", ("side", "laterality"), r"(?i:left|right|bilateral)"),
    "tnm": Kind("T, N, M and prefix", ("tnm", "stage", "stage tnm"), r"(?i)[ycpra]{0,2}T[0-4xai]\S*( .*)?"),
    "stage_t": Kind("T", ("t", "ct", "pt")),
    "stage_n": Kind("N", ("n", "cn", "pn")),
    "stage_m": Kind("M", ("m", "cm", "pm")),
    "stage_group": Kind("Stage group", ("stage group", "group")),
    "performance_status": Kind("Performance status (ECOG)", ("ecog", "performance status", "ps")),
    "prior_treatment": Kind("Prior treatment", ("prior treatment", "treatment", "previous treatment")),
    "urgency": Kind("When the answer is needed", ("urgency", "priority")),
    "separate_why": Kind("Why it is a separate question", ("why it is a separate question", "why separate")),
}
"""In the order of the case form; ``tumorboard.web.forms.case_rows`` says how each is read."""

_BY_HEAD = {head: kind for kind, each in KINDS.items() for head in each.heads}
HEAD_WORDS = frozenset(_BY_HEAD)
_ENOUGH = 0.7
"""So much of a column must look like what it is taken for."""


def guessed(table: Table) -> list[str]:
    """For each column the box it most likely goes to, each box once; a day's order is told by days after the 12th."""
    by_head = [_BY_HEAD.get(_folded(head), LEFT_OUT) for head in table.head] or [LEFT_OUT] * table.width
    taken: list[str] = []
    for number, kind in enumerate(by_head):
        found = kind or (
            "" if table.head and table.head[number] else _by_looks(table.column(number), {*taken, *by_head})
        )
        taken.append(LEFT_OUT if found in taken else found)
    return [_with_order(kind, table.column(number)) for number, kind in enumerate(taken)]


def chosen(table: Table, typed: Mapping[str, str]) -> list[str]:
    """As the page says, as long as it says it of this table; else guessed."""
    if typed.get("shape") != table.shape:
        return guessed(table)
    return [kind if (kind := typed.get(f"column-{n}", "")) in KINDS else LEFT_OUT for n in range(table.width)]


def box_of(kind: str) -> str:
    """The box of the case form that a column is about."""
    return "birth_date" if kind.startswith("birth_date") else kind


def _by_looks(cells: list[str], taken: Iterable[str]) -> str:
    for kind, each in KINDS.items():
        alike = sum(bool(each.looks and re.fullmatch(each.looks, cell)) for cell in cells)
        if kind not in taken and cells and alike >= _ENOUGH * len(cells):
            return kind
    return LEFT_OUT


def _with_order(kind: str, cells: list[str]) -> str:
    if kind != "birth_date":
        return kind
    both = [(int(found[1]), int(found[2])) for cell in cells if (found := re.match(r"(\d{1,2})/(\d{1,2})/\d{4}", cell))]
    if any(first > 12 for first, _ in both):
        return "birth_date_dmy"
    return "birth_date_mdy" if any(second > 12 for _, second in both) else kind


def _folded(head: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", head.casefold()).split())
