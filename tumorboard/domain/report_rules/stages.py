"""T, N and M with prefix and suffixes, and the stage group: UICC TNM classification, 8th edition, in its form alone."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from tumorboard.domain.report_rules.answers import RULES
from tumorboard.domain.report_rules.offering import NotOffered, date_of_statement
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import Report

_SUFFIX = r"(?: ?\((?:i[+-]|mol[+-]|sn|f|m|s|dcis|lcis|paget|[0-9]{1,2})\)){0,2}"
_T = rf"(?:x|0(?:/(?:t?is))?|a|is|1mi|[1-4](?:[a-e][1-3]?)?){_SUFFIX}"
_N = rf"(?:x|0[a-c]?|[1-3](?:mi|[a-c])?){_SUFFIX}"
_M = rf"(?:x|0|1[a-e]?[1-3]?){_SUFFIX}"
_PREFIX = r"(?:y?m?r?[cp]|yc|yp|mr|u|r|a)?"
_OPEN = r"(?![\w+]|[/-]T?[0-9])"
"""``T3/4`` and ``T1-2`` are two answers and none is read."""
_NEXT = r"[\s,;/|]{0,3}"
_TNM = re.compile(
    rf"(?<![\w-])(?P<pt>{_PREFIX})T(?P<t>{_T})(?![0-9+-]"
    rf"|/T?[0-9]){_NEXT}(?P<pn>{_PREFIX})N(?P<n>{_N})(?![0-9+-]|/[0-9])"
    rf"(?:(?: ?\([0-9]{{1,3}}/[0-9]{{1,3}}\))?{_NEXT}(?P<pm>{_PREFIX})M ?(?P<m>{_M})(?![0-9+-]))?(?![a-z0-9])",
    RULES,
)
_ALONE = {
    letter: re.compile(rf"(?<![\w-])(?P<p>yc|yp|rp|rc|mr|[cpu]){letter} ?(?P<v>(?i:{value})){_OPEN}", re.ASCII)
    for letter, value in (("T", _T), ("N", _N), ("M", _M))
}
_ROMAN = r"(?:IV[A-E]?[1-3]?|I{1,3}(?:[A-E][1-3]?)?)"
_SPAN = rf"(?! ?(?:-|/|(?:to|through|or|and)\b) ?(?:stage )?{_ROMAN}\b)"
"""``Stage I to IIIA`` and ``II or III`` are two answers and none is read."""
_SPAN_BEFORE = re.compile(rf"\bstage {_ROMAN} ?(?:-|/|to|through|or|and) ?\Z", RULES)
_GROUP = rf"(?:0(?! ?(?:[./]|of\b) ?[0-9])|{_ROMAN})(?![\w+]|-(?!\s)|/I){_SPAN}"
_SYSTEMS = "FIGO|Lugano|Ann Arbor|Durie-Salmon|R-ISS|ISS|INRG|INSS|BCLC|Rai|Binet|AJCC|UICC|Masaoka|COG"
_STAGE = re.compile(
    r"(?P<hedge>\b(?:likely|probable|probably|possible|possibly|presumed|suspected"
    r"|at least)(?: to be)? (?:clinical |a )?)?"
    rf"(?:\b(?P<system>{_SYSTEMS})(?:[- ](?:8th|9th|7th|20[0-9]{{2}}))?(?:[- ](?:8th|9th|7th)? ?(?:ed(?:ition"
    rf"|\.)? ?)?)?(?:\(20[0-9]{{2}}\) ?)?[:, ]{{0,2}}(?:stag(?:e|ing))?"
    r"(?: group(?:ing)?)?|\b(?:(?:anatomic|prognostic|clinical|pathologic(?:al)?|overall|tnm|group"
    r"|final) )?stage(?: group(?:ing)?)?"
    r"(?: \((?:ajcc|uicc|figo)[^()\n]{0,20}\))?)"
    rf"(?: is| was)?(?:[ :=]{{1,3}}|: ?\n {{0,20}})(?P<group>{_GROUP}|(?<=INSS )[1-4]S?\b|(?<=INSS stage )[1-4]S?\b"
    rf"|(?<=Rai )[0-4]\b|(?<=Rai stage )[0-4]\b|(?<=Binet )[ABC]\b|(?<=Binet stage )[ABC]\b|(?<=BCLC )[0ABCD]\b"
    rf"|(?<=BCLC stage )[0ABCD]\b)",
    RULES,
)
_GROUP_BESIDE = re.compile(
    rf" ?(?:[(\[] ?(?P<within>{_ROMAN}) ?[)\]]|[,=] ?(?P<group>{_ROMAN})(?= ?(?:[.,;)\n\0]|\Z))){_SPAN}", RULES
)
"""``T4N3M1a (IVA)``: Roman alone, since ``pN0 (0/15)`` counts nodes."""
_LETTER_APART = re.compile(
    r" (?P<letter>[A-E][1-3]?)(?![\w-])(?P<ends>(?= ?[.,;:()\[\]\n\0]| ?\Z)| (?i:disease|cancer))?"
)
_CELLS = re.compile(r" B[ -](?:cell|symptoms)", RULES)
_ANOTHER_ILLNESS = re.compile(
    r"[ -]{0,2}(?:chronic )?(?:ckd|kidney|renal|ulcer|pressure|decubitus|hypertension|heart|lymphedema|fibrosis"
    r"|copd|trial)"
    r"|(?<=stage I) (?:would|will|have|had|am|do|did|can|could|recommend|think|feel|believe|discuss|explain"
    r"|still|favor)",
    RULES,
)
_ANOTHER_ILLNESS_BEFORE = re.compile(
    r"\b(?:ckd|kidney disease|ulcers?|copd|gold|nyha|hypertension|sarcoidosis|lymphedema|phase|in|for|this|that"
    r"|any|early|late|later|which|what|each|every|versus|vs\.?) {0,2}\Z",
    RULES,
)
_PREFIXES = ("c", "p", "yc", "yp", "r", "a")


@dataclass(frozen=True)
class _Part:
    letter: str
    prefix: str
    value: str
    start: int
    end: int


def read_stages(report: Report) -> Iterator[Reading]:
    """Prefix, T, N, M and group, each where it stands."""
    whole = [_parts(found) for found in _TNM.finditer(report.text)]
    taken = [(parts[0].start, parts[-1].end) for parts in whole]
    for parts in whole:
        yield from _of_parts(report, parts)
        yield from _group_beside(report, parts[-1].end)
    for letter, pattern in _ALONE.items():
        yield from _alone(report, letter, pattern, taken)
    yield from _stage_groups(report)


def _parts(found: re.Match[str]) -> list[_Part]:
    letters = [letter for letter in "tnm" if found[letter] is not None]
    return [
        _Part(letter.upper(), found[f"p{letter}"].lower(), found[letter], found.start(f"p{letter}"), found.end(letter))
        for letter in letters
    ]


def _alone(report: Report, letter: str, pattern: re.Pattern[str], taken: list[tuple[int, int]]) -> Iterator[Reading]:
    place = 0
    for found in pattern.finditer(report.text):
        while place < len(taken) and taken[place][1] <= found.start():
            place += 1
        if place == len(taken) or found.start() < taken[place][0]:
            yield from _of_parts(report, [_Part(letter, found["p"], found["v"], found.start(), found.end())])


def _of_parts(report: Report, parts: list[_Part]) -> Iterator[Reading]:
    """The prefixes of T and N first: an M is often clinical where all else is pathological."""
    with suppress(NotOffered):
        dated_on = date_of_statement(report, parts[0].start, parts[-1].end)
        seen: set[str] = set()
        for part in parts:
            if part.prefix in _PREFIXES and part.prefix not in seen and (part.letter != "M" or len(parts) == 1):
                seen.add(part.prefix)
                yield Reading(
                    about="stage_prefix", value=part.prefix, dated_on=dated_on,
                    start=part.start, end=part.start + len(part.prefix), words=f"Stage prefix {part.prefix}",
                )  # fmt: skip
        for part in parts:
            value = _value(part)
            yield Reading(
                about=f"stage_{part.letter.lower()}", value=value, dated_on=dated_on,
                start=part.start, end=part.end, words=f"{part.prefix}{part.letter}{value}",
            )  # fmt: skip


def _value(part: _Part) -> str:
    """In the letters that the classification uses: ``X``, small suffixes, ``(DCIS)``."""
    value = part.value.lower().replace(" ", "")
    value = re.sub(r"\((dcis|lcis)\)", lambda found: found[0].upper(), value).replace("(paget)", "(Paget)")
    return value.replace("x", "X").replace("/tis", "/is")


def _group_beside(report: Report, end: int) -> Iterator[Reading]:
    found = _GROUP_BESIDE.match(report.text, end)
    if found:
        start, end = found.span("within" if found["within"] else "group")
        with suppress(NotOffered):
            group = report.text[start:end].upper()
            dated_on = date_of_statement(report, start, end)
            yield Reading(
                about="stage_group", value=group, dated_on=dated_on, start=start, end=end, words=f"Stage {group}",
            )  # fmt: skip


def _stage_groups(report: Report) -> Iterator[Reading]:
    for found in _STAGE.finditer(report.text):
        before = report.text[max(0, found.start() - 40) : found.start()]
        if _ANOTHER_ILLNESS.match(report.text, found.end()) or _ANOTHER_ILLNESS_BEFORE.search(before):
            continue
        if _SPAN_BEFORE.search(before):
            continue
        letter, end = _letter_apart(report.text, found)
        if letter is None:
            continue
        group, system = f"{found['group']}{letter}".upper(), found["system"] or ""
        words = f"{system} {group}" if system else f"Stage {group}"
        hedge = f", “{found['hedge'].strip()}”" if found["hedge"] else ""
        with suppress(NotOffered):
            dated_on = date_of_statement(report, found.start(), end)
            yield Reading(
                about="stage_group", value=group, unit=system, dated_on=dated_on,
                start=found.start(), end=end, words=f"{words}{hedge}",
            )  # fmt: skip


def _letter_apart(text: str, found: re.Match[str]) -> tuple[str | None, int]:
    """The letter of ``stage II B`` and where it ends; None where a single letter may be the next word's."""
    apart = _LETTER_APART.match(text, found.end()) if found["group"][-1].upper() in "IV" else None
    if apart is None or _CELLS.match(text, found.end()):
        return "", found.end()
    return (apart["letter"], apart.end("letter")) if apart["ends"] is not None else (None, found.end())
