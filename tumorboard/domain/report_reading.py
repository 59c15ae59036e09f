"""A pasted report, read for what a person may take from it: stage, biomarkers, fitness, examinations, numbers.

Own plain rules (``domain.report_rules``): what the text does not say is in no reading, and nothing is decided here.
"""

from collections.abc import Iterator
from datetime import date

from tumorboard.domain.report_rules.examinations import read_examinations
from tumorboard.domain.report_rules.levels import read_fitness, read_grades, read_levels
from tumorboard.domain.report_rules.markers import read_markers
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import prepared
from tumorboard.domain.report_rules.stages import read_stages

__all__ = ["Reading", "read_report"]


def read_report(text: str, today: date) -> list[Reading]:
    """What the text offers, in its order; each with its place, ``text[start:end]``.

    The same said twice is offered once, where it stands first; two that differ are both offered. A date after ``today``
    is not read.
    """
    report = prepared(text, today)
    rules = (read_stages, read_fitness, read_markers, read_levels, read_grades, read_examinations)
    return list(_once(sorted((found for rule in rules for found in rule(report)), key=_place)))


def _place(reading: Reading) -> tuple[int, int]:
    return reading.start, reading.end


def _once(readings: list[Reading]) -> Iterator[Reading]:
    seen = set()
    for reading in readings:
        said = (reading.about, reading.answer, reading.value, reading.unit, reading.dated_on, reading.number)
        if said not in seen:
            seen.add(said)
            yield reading
