"""Imaging, specimens and endoscopies that the text names with a date, and accession or specimen numbers."""

import re
from collections.abc import Iterator
from datetime import date

from tumorboard.domain.report_rules.answers import RULES
from tumorboard.domain.report_rules.dates import DATE, StandingDate
from tumorboard.domain.report_rules.reading import Reading
from tumorboard.domain.report_rules.report import Report
from tumorboard.domain.report_rules.struck import is_said_of_now
from tumorboard.words import date_words, one_line

KINDS = {
    "Imaging": (
        r"(?:(?:psma|fdg|dotatate)[ -])?pet(?: ?[/-] ?(?:ct|mri?))?(?: scan)?|(?-i:CT|ct|Ct)(?: scan)?|mp-?mri"
        r"|mri|mammogra(?:m|phy)"
        r"|tomosynthesis|ultrasound|sonogra(?:m|phy)|bone scan|scintigraphy|(?:chest )?x-?ray|radiograph"
    ),
    "Pathology": (
        r"(?:(?:core|needle|excisional|incisional|punch|prostate|breast|liver|lymph node|bone marrow"
        r"|stereotactic) ){0,3}"
        r"(?:biops(?:y|ies))|fna|fine needle aspirat(?:ion|e)|cytology|lumpectomy|mastectomy|prostatectomy"
        r"|(?:hemi)?colectomy"
        r"|lobectomy|craniotomy|resection|excision|surgical pathology|pathology(?: report)?"
    ),
    "Endoscopy": r"(?:bronchoscopy|ebus|egd|gastroscopy|(?:flexible )?sigmoidoscopy|colonoscopy|cystoscopy|ercp"
    r"|eus|laparoscopy)",
}
# Taken whole or not at all: as "{0,8}+" Python 3.11.2 finds nothing where there is one.
_PLACES = (
    r"(?=(?P<places>"
    r"(?:[ /,]{1,2}(?:chest|abdomen|pelvis|brain|head|neck|thorax|liver|breasts?|spine|prostate|rectum|axilla"
    r"|bilateral|left"
    r"|right|whole|body|skull base to mid-thigh|ap|cap|and|(?:of|on) the|with|without|w/o|w/|iv|contrast"
    r"|screening|diagnostic|scan"
    r"|ebus-guided|guided|fna|biopsy)\b){0,8}))(?P=places)"
)
_WHAT = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items())
_EXAMINATION = re.compile(
    rf"(?<![\w/-])(?:(?:chest|brain|liver|breast|pelvic|rectal|prostate) )?(?:{_WHAT}){_PLACES}(?![\w])", RULES
)
_ON = re.compile(
    rf"[ ,:(]{{0,3}}(?:(?:results? |report |study |exam |scan )?(?:was |were )?(?:performed |done |obtained "
    rf"|collected )?"
    rf"(?:on|of|from|dated|date|in)?[ :]{{0,2}})?(?={DATE})",
    RULES,
)
_AFTER_ITS_DATE = re.compile(
    r"[ :,.)-]{1,4}(?:(?:repeat|follow-?up|staging|restaging|diagnostic|the|a|an|outside|patient|she|he|they"
    r"|underwent|had|was) ){0,4}",
    RULES,
)
_STARTS_ITEM = re.compile(r"(?:^|[\n.;])[ \-*•(]{0,6}(?:on )?\Z", RULES)
_PLANNED = re.compile(
    r"\b(?:re-?)?(?:schedul|plann?(?:ed|ing)\b|will\b|order(?:ed)?\b|due\b|appointment|awaiting|pending)", RULES
)

_LETTERS = (
    r"(?:[A-Z]{1,4}-?[0-9]{2}-?(?:[A-Z]{1,3}-?)?[-: ]?[0-9]{3,8}|[0-9]{2}-?[A-Z]{1,3}-?[0-9]{3,8}"
    r"|[A-Z]{1,4}[0-9]{2,4}-[0-9]{2,8})"
)
_NUMBER = re.compile(
    r"(?<![\w-])(?:(?:accession|acc|access(?:ion)? no)(?:[ /]{1,2}(?:number|no|num|id))?\.?[ :#]{1,4}"
    rf"(?P<accession>(?![0-9]{{3}}-[0-9]{{3}}-[0-9]{{4}})(?=[\w-]{{0,12}}[0-9]{{3}})[\w-]{{4,24}})"
    r"|(?:case|specimen|report|pathology|slide|surgical|cytology|lab)(?: (?:report|case|specimen))?(?: (?:number"
    r"|no|num|id))?\.?[ :#]{1,4}"
    rf"(?P<labelled>{_LETTERS})"
    rf"|(?<!grant )(?<!trial )(?<!protocol )(?<!room )(?P<bare>[A-Z]{{1,3}}[0-9]{{2}}-[0-9]{{3,7}}))(?![\w-])",
    RULES,
)
_LABEL_OF_DATE = re.compile(
    r"\b(?:(?:specimen )?collected|collection date|date (?:of collection|collected)|exam(?:ination)? date"
    r"|date of exam(?:ination)?"
    rf"|study date|date of study|date of procedure|procedure date)(?: on)?[: ]{{1,3}}(?={DATE})",
    RULES,
)
_HEADS_KIND = {
    "Pathology": re.compile(
        r"pathology report|synoptic|final diagnosis|gross description|microscopic description|specimens?:", RULES
    ),
    "Imaging": re.compile(r"\b(?:technique|impression|findings)[ :]", RULES),
}
_NAMES_KIND = {
    "Pathology": re.compile(r"patholog|specimen|histolog|cytolog|microscopic|biops|surgical|slide|block", RULES),
    "Imaging": re.compile(r"\b(?:radiolog|imaging|technique|(?-i:CT|PET|MRI?)\b|mammogra|ultrasound|scan\b)", RULES),
}


def read_examinations(report: Report) -> Iterator[Reading]:
    """Examinations with their dates; accession numbers with the date and the kind that the text gives them."""
    starts = {dated.start: dated for dated in report.dates}
    headed = _kind_named(report.text, _HEADS_KIND)
    for found in _EXAMINATION.finditer(report.text):
        dated = _dated(report, found, starts)
        if dated and dated.day and _took_place(report, found, dated):
            yield _examination(found, dated, dated.day)
    labelled = [starts[found.end()] for found in _LABEL_OF_DATE.finditer(report.text) if found.end() in starts]
    numbers = list(_NUMBER.finditer(report.text))
    days = {dated.day for dated in labelled if dated.day}
    only_day = days.pop() if len(days) == 1 and len({_group(found)[1] for found in numbers}) <= 1 else None
    for found in numbers:
        yield _numbered(report, found, only_day, headed)
    if only_day and not numbers:
        yield _only_dated(report, next(dated for dated in labelled if dated.day), only_day, headed)


def _only_dated(report: Report, dated: StandingDate, day: date, headed: str) -> Reading:
    kind = _kind_beside(report, dated.start, dated.end) or headed
    words = f"{kind or 'Examination'}, {date_words(day)}"
    return Reading(about="examination", answer=kind, dated_on=day, start=dated.start, end=dated.end, words=words)


def _dated(report: Report, found: re.Match[str], starts: dict[int, StandingDate]) -> StandingDate | None:
    after = _ON.match(report.text, found.end())
    if after and after.end() in starts:
        return starts[after.end()]
    beside = report.date_beside(found.start(), found.start())
    if beside and beside.end <= found.start() and _AFTER_ITS_DATE.fullmatch(report.text, beside.end, found.start()):
        before = report.text[max(0, beside.start - 12) : beside.start]
        return beside if not before or _STARTS_ITEM.search(before) else None
    return None


def _took_place(report: Report, found: re.Match[str], dated: StandingDate) -> bool:
    since, until = report.sentence(found.start())
    start, end = min(found.start(), dated.start), max(found.end(), dated.end)
    nearby = report.text[max(since, start - 60) : min(until, end + 40)]
    return not _PLANNED.search(nearby) and is_said_of_now(report.text, since, start, end)


def _examination(found: re.Match[str], dated: StandingDate, day: date) -> Reading:
    kind = next(kind for kind in KINDS if found[kind])
    what = one_line(found[0]).rstrip(" ,/")
    start, end = min(found.start(), dated.start), max(found.end(), dated.end)
    return Reading(
        about="examination",
        answer=kind,
        value=what,
        dated_on=day,
        start=start,
        end=end,
        words=f"{what}, {date_words(day)}",
    )


def _group(found: re.Match[str]) -> tuple[str, str]:
    group = next(group for group in ("accession", "labelled", "bare") if found[group])
    return group, found[group]


def _numbered(report: Report, found: re.Match[str], only_day: date | None, headed: str) -> Reading:
    """A number has the date beside it, else the one day that the report names for its only number."""
    group, number = _group(found)
    start, end = found.span(group)
    since, until = report.sentence(start)
    beside = {dated.day for dated in report.dates_within(since, until)}
    day = beside.pop() if len(beside) == 1 else only_day
    kind = _kind_beside(report, found.start(), found.end()) or headed
    words = f"{kind or 'Accession number'} {number}" + (f", {date_words(day)}" if day else "")
    return Reading(about="examination", answer=kind, dated_on=day, number=number, start=start, end=end, words=words)


def _kind_beside(report: Report, start: int, end: int) -> str:
    since, until = report.sentence(start)
    return _kind_named(report.text[max(since, start - 80) : min(until, end + 80)], _NAMES_KIND)


def _kind_named(text: str, names: dict[str, re.Pattern[str]]) -> str:
    """The one kind of which the text has words; empty where it has none, or of both."""
    kinds = [kind for kind, pattern in names.items() if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else ""
