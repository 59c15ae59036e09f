"""Whether a place may be offered, the date that stands with it, and how amounts are written."""

import re
from datetime import date

from tumorboard.domain.report_rules.dates import StandingDate
from tumorboard.domain.report_rules.report import Report
from tumorboard.domain.report_rules.struck import is_earlier, is_said_of_now

_WORDS = (
    ("greater than or equal to", "≥"), ("greater than", ">"), ("more than", ">"), ("over", ">"), ("less than", "<"),
    ("fewer than", "<"), ("at least", "≥"), ("up to", "≤"), (">=", "≥"), ("<=", "≤"), ("percent", ""), (" to ", "-"),
)  # fmt: skip


class NotOffered(Exception):  # noqa: N818 - no error: the text speaks of something else
    """What stands there is not said of this patient now."""


def date_of_result(report: Report, start: int, end: int) -> date | None:
    """The date that stands with a result.

    Raises ``NotOffered`` for a relative's result, a condition, a question, and an earlier one without its date.
    """
    beside = _beside(report, start, end)
    return beside.day if beside else None


def date_of_specimen(report: Report, start: int, end: int) -> date | None:
    """The date that stands with what a specimen shows, else the day on which the report's only specimen was taken."""
    beside = _beside(report, start, end)
    return beside.day if beside else report.collected_on


def _beside(report: Report, start: int, end: int) -> StandingDate | None:
    since = report.sentence(start)[0]
    beside = report.date_beside(start, end)
    if not is_said_of_now(report.text, since, start, end):
        raise NotOffered
    if is_earlier(report.text, since, start, end) and not (beside and beside.day):
        raise NotOffered
    return beside


def date_of_statement(report: Report, start: int, end: int) -> date | None:
    """The date quoted with an earlier stage or status; what is said of now has none. Raises as ``date_of_result``."""
    dated_on = date_of_result(report, start, end)
    return dated_on if is_earlier(report.text, report.sentence(start)[0], start, end) else None


def amount(words: str) -> str:
    """``greater than 10 %`` is ``>10``, ``8,4`` is ``8.4`` and ``1,200`` is ``1200``."""
    written = words.lower()
    for word, sign in _WORDS:
        written = written.replace(word, sign)
    written = re.sub(r"[\s%]", "", written)
    written = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", written)
    return written.replace(",", ".").rstrip(".")


def said(label: str, answer: str, value: str, unit: str) -> str:
    """``ER positive, 90 %``"""
    name = f"{label} {lower(answer)}" if answer else label
    measured = f"{unit} {value}" if unit in {"CPS", "ratio"} else f"{value} {unit}".strip()
    return f"{name}{', ' if answer else ' '}{measured}" if measured else name


def lower(answer: str) -> str:
    """``positive``, but ``MSI-low``."""
    return answer if answer[:2].isupper() else answer[:1].lower() + answer[1:]
