"""Tumor markers of blood, Gleason's grades, and how fit somebody is: a name and a number."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from tumorboard.domain.report_rules.answers import AMOUNT, NUMBER, RULES
from tumorboard.domain.report_rules.dates import DATE
from tumorboard.domain.report_rules.offering import (
    NotOffered,
    amount,
    date_of_result,
    date_of_specimen,
    date_of_statement,
    said,
)
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import Report

_UNIT = r"(?:[nµu]g ?/ ?m?l|[mk]?i?u ?/ ?m?l|pmol/l|nmol/l)(?![a-z])"
_LEVEL = re.compile(
    r"(?:(?: (?:level|value|serum|total|tumor marker|was|is|of|at|measured|today|now|currently|elevated"
    r"|normal)\b|[ :=,|]|\n(?! ?\n)"
    r"|\((?:serum|total|h|l)\)){0,8}+)"
    rf"(?:(?P<pending>pending|to follow|awaited|not (?:done|performed|available))\b"
    rf"|\(?(?P<unit_first>{_UNIT})?\)?[ :=]{{0,3}}(?:(?:{AMOUNT} ?-"
    rf"|[<>]=?) ?{AMOUNT} ?(?P<unit_between>{_UNIT})? (?=[0-9]))?"
    rf"(?P<value>{AMOUNT})(?! ?(?:%|mg|days?\b|weeks?\b|months?\b|years?\b|ct\b|[/x][0-9]"
    rf"|-[a-z0-9]))(?: {{0,60}}(?P<unit>{_UNIT}))?)",
    RULES,
)
_MORE = re.compile(
    rf" ?(?:\([^()\n]{{1,40}}\)| (?:on|in) {DATE})?(?:,|;| ?->| and| then){{1,2}}(?: (?:then|later|now))? ?"
    rf"(?P<value>[<>]?{NUMBER}) ?(?P<unit>{_UNIT})(?= ?[.,;)(\n]| ?->| ?\Z| (?:in|on|at)\b)",
    RULES,
)
"""One more value after the first, with its unit: ``PSA 8.4 ng/mL in May, 9.1 ng/mL in June``."""
_FITNESS_WORDS = (
    r"(?:[ :=,]|\((?:ecog|zubrod|who|kps)\)|\(0 ?- ?[45]\)|(?:performance|status|ps|scale|score"
    r"|grade|of|is|was)\b){0,10}+"
)


@dataclass(frozen=True)
class Level:
    about: str
    label: str
    name: str


LEVELS = (
    Level(
        "psa",
        "PSA",
        r"(?<!free )(?-i:i?PSA|psa)(?! ?(?:density|doubling|velocity|dt\b|nadir|ratio|recurrence|progression))",
    ),
    Level("cea", "CEA", r"cea(?! ?(?:ratio|stain))"),
    Level("afp", "AFP", r"(?:afp|alpha[- ]?fetoprotein)"),
    Level("ca19_9", "CA 19-9", r"ca ?-?19[-.]9"),
    Level("ca125", "CA-125", r"ca ?-?125"),
    Level("ca15_3", "CA 15-3", r"ca ?-?15[-.]3"),
    Level("ldh", "LDH", r"ldh"),
    Level("hcg", "hCG", r"(?:beta-?|b-|β-?)?hcg"),
)
GRADES = (
    (
        "gleason",
        "Gleason",
        (
            r"gleason(?:'s)?(?: (?:score|sum|grade"
            r"|pattern)s?){0,2}[ :=(]{0,3}(?P<value>[1-5] ?\+ ?[1-5](?: ?= ?(?:10|[2-9])(?![0-9]))?|(?:10"
            r"|[2-9])(?![0-9]) ?\( ?[1-5] ?\+ ?[1-5] ?\))"
        ),
    ),
    ("gleason", "Gleason", r"gleason (?:score|sum)[ :=of]{0,4}(?P<value>10|[6-9])(?![0-9+/]| ?[+(])"),
    (
        "grade_group",
        "Grade group",
        r"(?:(?:who ?/ ?)?isup )?grade[ -]group[ :=]{0,3}(?P<value>[1-5])(?![0-9+-]|\.[0-9])",
    ),
    ("grade_group", "Grade group", r"(?<!/)(?<!/ )\bisup(?: grade)?[ :=]{0,3}(?P<value>[1-5])(?![0-9+-]|\.[0-9])"),
)
FITNESS = (
    (
        "ECOG",
        (
            rf"(?:ecog|zubrod|who (?=ps|performance)|performance status)"
            rf"{_FITNESS_WORDS}(?P<value>[0-4])(?![0-9%]|\.[0-9]| ?[-/] ?[0-9])"
        ),
    ),
    ("Karnofsky", rf"(?:karnofsky|kps){_FITNESS_WORDS}(?P<value>100|[1-9]0)(?![0-9]|\.[0-9]| ?- ?[0-9])(?: ?%)?"),
)

_LEVEL_NAME = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<{level.about}>{level.name})' for level in LEVELS)})(?![a-z0-9])", RULES
)
_LABELS = {level.about: level.label for level in LEVELS}
_GRADES = [(about, label, re.compile(rf"(?<!\w){pattern}", RULES)) for about, label, pattern in GRADES]
_FITNESS = [(unit, re.compile(rf"(?<!\w){pattern}", RULES)) for unit, pattern in FITNESS]


def read_levels(report: Report) -> Iterator[Reading]:
    """Tumor markers of blood with the unit that the text gives them."""
    for name in _LEVEL_NAME.finditer(report.text):
        found = _LEVEL.match(report.text, name.end())
        if not found:
            continue
        about = str(name.lastgroup)
        answer = ("Pending" if found["pending"].lower()[:3] != "not" else "Not done") if found["pending"] else ""
        value, unit = (
            amount(found["value"] or ""),
            " ".join((found["unit"] or found["unit_first"] or found["unit_between"] or "").split()),
        )
        with suppress(NotOffered):
            yield _level(report, about, answer, value, unit, (name.start(), found.end()))
            end = found.end()
            while more := _MORE.match(report.text, end):
                end = more.end("unit")
                yield _level(report, about, "", amount(more["value"]), more["unit"], (more.start("value"), end))


def _level(report: Report, about: str, answer: str, value: str, unit: str, place: tuple[int, int]) -> Reading:
    start, end = place
    words = said(_LABELS[about], answer, value, unit)
    dated_on = date_of_result(report, start, end)
    return Reading(
        about=about, answer=answer, value=value, unit=unit, dated_on=dated_on, start=start, end=end, words=words
    )


def read_grades(report: Report) -> Iterator[Reading]:
    """Gleason's score as its sum, ``3+4=7``, and the grade group (ISUP) of the prostate."""
    for about, label, pattern in _GRADES:
        for found in pattern.finditer(report.text):
            with suppress(NotOffered):
                dated_on = date_of_specimen(report, found.start(), found.end())
                value = _as_sum("".join(found["value"].split()))
                yield Reading(
                    about=about,
                    value=value,
                    dated_on=dated_on,
                    start=found.start(),
                    end=found.end(),
                    words=f"{label} {value}",
                )


def _as_sum(score: str) -> str:
    total, bracket, parts = score.partition("(")
    return f"{parts[:-1]}={total}" if bracket else score


def read_fitness(report: Report) -> Iterator[Reading]:
    """ECOG 0 to 4, Karnofsky 10 to 100; a span such as ``ECOG 0-1`` is not one answer and not read."""
    for unit, pattern in _FITNESS:
        for found in pattern.finditer(report.text):
            with suppress(NotOffered):
                dated_on = date_of_statement(report, found.start(), found.end())
                yield Reading(
                    about="performance_status", value=found["value"], unit=unit, dated_on=dated_on,
                    start=found.start(), end=found.end(), words=f"{unit} {found['value']}",
                )  # fmt: skip
