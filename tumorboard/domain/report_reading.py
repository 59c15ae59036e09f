"""A pasted report, read for what a person may take from it: stage, biomarkers, fitness, examinations, numbers.

Own plain rules (``domain.report_rules``): what the text does not say is in no reading, and nothing is decided here.
"""

import re
from collections.abc import Iterator
from datetime import date

from tumorboard.domain.report_rules.amended import as_amended
from tumorboard.domain.report_rules.examinations import read_examinations
from tumorboard.domain.report_rules.levels import read_fitness, read_grades, read_levels
from tumorboard.domain.report_rules.markers import read_markers
from tumorboard.domain.report_rules.patients import is_of_several_patients, is_of_somebody_else
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import prepared
from tumorboard.domain.report_rules.stages import read_stages

__all__ = ["Reading", "is_of_several_patients", "is_of_somebody_else", "read_report"]


def read_report(text: str, today: date) -> list[Reading]:
    """What the text offers, in its order; each with its place, ``text[start:end]``.

    The same said twice is offered once, where it stands first; two that differ are both offered, but of an amended
    report what the amendment says. A date after ``today`` is not read, and a text of several patients not at all.
    """
    if is_of_several_patients(text):
        return []
    report = prepared(text, today)
    rules = (read_stages, read_fitness, read_markers, read_levels, read_grades, read_examinations)
    found = (each for rule in rules for each in rule(report) if not _is_denied(text, each))
    return list(_once(as_amended(text, sorted(found, key=_place))))


_DENIED_BEFORE = re.compile(r"\b(?:no (?:evidence|sign) of|not|never|without)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"\W{0,3}(?:(?:is|was|has been) )?(?:excluded|ruled out)\b"
    r"|\W{0,3}(?:but |and )?(?:later|now|subsequently|then) (?:was )?"
    r"(?:not|negative|positive|mutated|wild|amplified)\b",
    re.IGNORECASE,
)


def _is_denied(text: str, reading: Reading) -> bool:
    """Whether the words around it take it back: "no evidence of cT4", "positive, later negative"."""
    before = text[max(0, reading.start - 40) : reading.start]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(text, reading.end))


def _place(reading: Reading) -> tuple[int, int]:
    return reading.start, reading.end


def _once(readings: list[Reading]) -> Iterator[Reading]:
    seen: set[tuple[object, ...]] = set()
    for reading in readings:
        if reading.said not in seen:
            seen.add(reading.said)
            yield reading
