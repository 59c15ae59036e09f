"""The pattern of one kind of biomarker: what stands after its name, and what may stand right before it."""

import re
from functools import cache

from tumorboard.domain.report_rules.answers import GAP, RULES, SIGN, Kind


def answer_after(kind: Kind) -> re.Pattern[str]:
    """A sign, or words, a measure, words, an answer, words, a measure: each may be missing."""
    return _after(tuple(kind.answers.values()), kind.measure)


def answer_before(kind: Kind) -> re.Pattern[str]:
    """``wild-type`` of ``wild-type KRAS``, ``Pending:`` of ``Pending: EGFR``; anchored at the end."""
    return _before(tuple(kind.answers.values()))


def button(kind: Kind, found: re.Match[str]) -> str:
    """The button that says the answer found, empty where there is none."""
    groups = found.groupdict()
    if groups.get("plus") is not None:
        return kind.positive
    if groups.get("minus") is not None:
        return kind.negative
    return next((said for at, said in enumerate(kind.answers) if groups[f"a{at}"] is not None), "")


@cache
def _after(answers: tuple[str, ...], measure: str) -> re.Pattern[str]:
    measured = measure or "(?!)"
    return re.compile(
        rf"(?:{SIGN}(?:(?:{GAP})(?P<m0>{measured}))?"
        rf"|(?P<gap>{GAP})(?:(?P<m1>{measured})(?P<gap1>{GAP}))?"
        rf"(?:(?P<answer>{_numbered(answers)})(?:(?:{GAP})(?P<m2>{measured}))?)?)",
        RULES,
    )


@cache
def _before(answers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_numbered(answers)}) ?(?::|of|for)? ?(?:the )?\Z", RULES)


def _numbered(answers: tuple[str, ...]) -> str:
    return "|".join(f"(?P<a{at}>{pattern})" for at, pattern in enumerate(answers))
