"""Receptors, mutations, fusions and the like: a name, what may stand between, and the answer that the text gives it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from tumorboard.domain.report_rules.answering import answer_after, answer_before, button
from tumorboard.domain.report_rules.answers import AMOUNT, FOUND, INDEX, MUTATION, RECEPTOR, RULES, SCORED, SHARE, Kind
from tumorboard.domain.report_rules.marker_table import MARKERS, Marker
from tumorboard.domain.report_rules.names import marker_named, named_together
from tumorboard.domain.report_rules.offering import NotOffered, amount, date_of_specimen, lower, said
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import Report

_HER2_ISH = next(marker for marker in MARKERS if marker.about == "her2_ish")
_DENIED = re.compile(
    r"\b(?:no|without|absence of|lack of|negative for|neither|nor)(?: evidence of)?"
    r"(?: (?:a|an|any|the|detectable|known|pathogenic|activating|sensiti[sz]ing|actionable|targetable|clinically"
    r"|relevant"
    r"|significant)){0,4}"
    r"(?: (?:mutations?|rearrangements?|alterations?|amplifications?|fusions?|variants?)"
    r"(?: (?:were|was|is|are))?(?: (?:detected|identified|found|seen))?(?: (?:in|of|involving|the|for)){1,3})? ?\Z",
    RULES,
)
_AFFIRMED = re.compile(r"\bpositive for(?: (?:a|an|the)){0,1} ?\Z", RULES)
_CELLS_NEXT_LINE = re.compile(
    rf"[^\n]{{0,80}}\n[ \n]{{0,20}}(?:percentage|percent"
    rf"|proportion) of [^\n:]{{0,60}}:[ \n]{{0,6}}(?P<cells>{AMOUNT}) ?%",
    RULES,
)
_IN_SITU = re.compile(r"ish\b|in[- ]situ|amplif", RULES)
_OF_HER2 = re.compile(r"(?:her-?2|erbb2)(?![^\0]{0,120}\b(?:alk|ros1|ret|myc|bcl-?[26]|egfr|met)\b)", RULES)
_ANOTHER_UNIT = re.compile(r" ?(?:mg|days?|weeks?|months?|years?|patients|/)", RULES)
_BELOW_ZERO = re.compile(r"[ :=(]-[0-9]")
_SPAN = re.compile(rf" ?(?:-|to\b) ?{AMOUNT} ?%", RULES)
"""``10 % to 90 %``, read as no answer."""
_NO_RESULT_OF_ITS_OWN = re.compile(r"test|analys|status|assay|express|sequenc", RULES)
_MEANT_FOR_A_DRUG = re.compile(
    r"[ -]{0,2}(?:inhibit|direct|target|test|specif|status|sequenc|anal|therap|assay)", RULES
)


@dataclass(frozen=True)
class _Finding:
    """What stands at a name, before it is known whether it may be offered."""

    marker: Marker
    start: int
    end: int
    answer: str
    measure: str
    between: str
    """The words from the name to the end: by which method, of which kind of score."""


def read_markers(report: Report) -> Iterator[Reading]:
    """Each biomarker of which the text says something, in the order of the text."""
    read_up_to = 0
    for names in named_together(report.text):
        if names[0].start() < read_up_to:
            continue
        findings = [finding for name in names if (finding := _finding(report, names, name, read_up_to))]
        read_up_to = max([read_up_to, *(finding.end for finding in findings)])
        for finding in findings:
            with suppress(NotOffered):
                yield _reading(report, finding)
                if len(names) == 1:
                    yield from _more_readings(report, finding)


def _finding(report: Report, names: list[re.Match[str]], name: re.Match[str], since: int) -> _Finding | None:
    marker = _marker(report, name)
    found = answer_after(marker.kind).match(report.text, names[-1].end())
    if found and marker.about == "her2" and _IN_SITU.search(found["gap"] or ""):
        marker = _HER2_ISH
        found = answer_after(marker.kind).match(report.text, names[-1].end())
    if not found:
        return None
    start, answer = _answered(report.text, marker.kind, found, names[0].start(), since)
    measure = "" if len(names) > 1 and name is not names[-1] else (found["m0"] or found["m1"] or found["m2"] or "")
    if len(names) > 1 and marker.kind.unit:
        measure = ""
    if len(names) > 1 and found["m1"] and (name is not names[-1] or marker.kind.unit):
        answer = ""
    own_start = start if start < names[0].start() else name.start()
    end = _end(found)
    if marker.kind is SCORED and found["m1"] and _IN_SITU.search(found["gap1"]):
        answer, end = "", found.end("m1")
    finding = _Finding(
        marker, own_start, end, answer, measure, report.text[name.start() : _score_named(report.text, _end(found))]
    )
    return _meant(report.text, finding, found)


def _marker(report: Report, name: re.Match[str]) -> Marker:
    marker = marker_named(name)
    if marker.about == "ish" and _OF_HER2.search(report.text, max(0, name.start() - 120), name.start()):
        return _HER2_ISH
    return marker


def _answered(text: str, kind: Kind, found: re.Match[str], start: int, since: int) -> tuple[int, str]:
    """Where the finding begins, and its answer: after the name, or, where none is, right before it."""
    answer = button(kind, found)
    before = text[max(since, start - 90) : start]
    offset = start - len(before)
    if answer in {"", kind.positive} and (denied := _DENIED.search(before)):
        return offset + denied.start(), kind.negative if answer or found["m1"] or kind.negative else ""
    if not answer and (affirmed := _AFFIRMED.search(before)):
        return offset + affirmed.start(), kind.positive
    if not answer and not found["m1"] and (earlier := answer_before(kind).search(before)):
        return offset + earlier.start(), button(kind, earlier)
    return start, answer


def _end(found: re.Match[str]) -> int:
    """The end of what was read, without the words that might have led to more."""
    read = [found.end(group) for group in ("plus", "minus", "m0", "m1", "answer", "m2") if found[group] is not None]
    return max(read, default=found.start())


def _score_named(text: str, end: int) -> int:
    """Past ``TPS`` of ``60 % (TPS)``."""
    named = re.compile(r"[ (]{1,2}(?:TPS|TC|IC)\b").match(text, end)
    return named.end() if named else end


def _meant(text: str, finding: _Finding, found: re.Match[str]) -> _Finding | None:
    """The finding as its kind of biomarker means it; None where nothing is said."""
    kind = finding.marker.kind
    if kind is MUTATION:
        return _of_gene(text, finding, found)
    if kind is FOUND and "amplif" in finding.between.lower():
        return None
    if kind is SHARE and finding.measure and not re.search(r"%|CPS|combined", finding.between):
        finding = replace(finding, measure="")
    if finding.measure and "%" not in finding.measure and _ANOTHER_UNIT.match(text, finding.end):
        finding = replace(finding, measure="")
    return finding if finding.answer or finding.measure else None


def _of_gene(text: str, finding: _Finding, found: re.Match[str]) -> _Finding | None:
    kind = finding.marker.kind
    if "amplif" in finding.between.lower():
        renamed = {kind.negative: "Not amplified", kind.positive: "Amplified"}
        return replace(finding, answer=renamed.get(finding.answer, finding.answer)) if finding.answer else None
    if finding.measure and not finding.answer:
        only_tested = _NO_RESULT_OF_ITS_OWN.search(found["gap1"] or "") or _MEANT_FOR_A_DRUG.match(text, finding.end)
        return None if only_tested else replace(finding, answer=kind.positive)
    if finding.measure and finding.answer == kind.negative:
        return replace(finding, answer="Negative")
    return finding if finding.answer else None


def _reading(report: Report, finding: _Finding) -> Reading:
    marker, end = finding.marker, finding.end
    value, unit = _measured(finding)
    if marker.kind is RECEPTOR and finding.answer and (cells := _CELLS_NEXT_LINE.match(report.text, end)):
        value, unit, end = amount(cells["cells"]), "%", cells.end()
    answer, words = finding.answer, said(marker.label, finding.answer, value, unit)
    if marker.kind is SCORED and finding.measure:
        answer = finding.measure.replace(" ", "")
        words = f"{marker.label} {answer}" + (f" ({lower(finding.answer)})" if finding.answer else "")
    if marker.kind.unit == "%":
        _require_share(report.text, value, finding.start, end)
    dated_on = date_of_specimen(report, finding.start, end)
    return Reading(
        about=marker.about,
        answer=answer,
        value=value,
        unit=unit,
        dated_on=dated_on,
        start=finding.start,
        end=end,
        words=words,
    )


def _require_share(text: str, value: str, start: int, end: int) -> None:
    """Raises ``NotOffered`` for what is no part of a hundred: ``190 %``, ``-5 %``, ``10 % to 90 %``."""
    too_much = any(float(number) > 100 for number in re.findall(r"[0-9.]*[0-9]", value))
    if value and (too_much or _BELOW_ZERO.search(text, start, end) or _SPAN.match(text, end)):
        raise NotOffered


def _more_readings(report: Report, finding: _Finding) -> Iterator[Reading]:
    """Further values after the first, each at its own place: ``HER2 2+ (core), 3+ (resection)``."""
    kind = finding.marker.kind
    end = finding.end
    while (
        finding.measure and kind in (RECEPTOR, INDEX, SCORED) and (found := _more(kind.measure).match(report.text, end))
    ):
        start, end = found.span("measure")
        yield _reading(report, replace(finding, start=start, end=end, answer="", measure=found["measure"]))


@cache
def _more(measure: str) -> re.Pattern[str]:
    return re.compile(
        rf"[) ]{{0,2}}(?:\([^()\n]{{1,40}}\))?(?:,|;| ?->| and| then){{1,2}}(?: (?:then|later|now))? ?"
        rf"(?P<measure>{measure})(?= ?[.,;)(\n]| ?\Z| (?:in|on|at)\b)",
        RULES,
    )


def _measured(finding: _Finding) -> tuple[str, str]:
    kind, measure = finding.marker.kind, finding.measure
    if not measure or kind is SCORED:
        return "", ""
    if kind is MUTATION:
        return re.sub(r"^p\.", "", measure.strip("()")).strip("()"), ""
    if kind is SHARE:
        return amount(measure), _share(finding)
    has_unit = kind is not INDEX or re.search("%|percent", measure)
    return amount(re.sub("^ratio[ :=of]{1,5}", "", measure)), kind.unit if has_unit else ""


def _share(finding: _Finding) -> str:
    """Of what the share is, where the text says it: tumor cells, or the combined score, which is no percentage."""
    words = finding.between
    if re.search("CPS|combined", words):
        return "CPS"
    named = re.search(r"\b(?:TPS|TC|IC)\b", words)
    return "% TPS" if re.search("proportion", words, RULES) else f"% {named[0]}" if named else "%"
