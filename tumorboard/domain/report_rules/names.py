"""Where biomarkers are named, alone or several with one answer."""

import re
from collections.abc import Iterator

from tumorboard.domain.report_rules.answers import RULES
from tumorboard.domain.report_rules.marker_table import MARKERS, Marker

_NAMES = "|".join(f"(?P<m{at}>{marker.name}{marker.ends})" for at, marker in enumerate(MARKERS))
_NAME = re.compile(rf"(?<![\w-])(?<!dr )(?<!dr\. )(?:{_NAMES})", RULES)
_JOINED = re.compile(
    r"(?: ?\((?:exons?|codons?|clone|ihc|fish|ngs)\b(?![^()\n]{0,30}(?:pos|neg|det|pend))[^()\n+%:]{0,30}\))?"
    r"(?: ?[,/&]\s?(?:(?:and|or) )?| \+ |,?[ \n](?:and/or|and|or) )",
    RULES,
)
_MOST = 12
"""More names than this share no answer; they are a list of what a panel tests."""


def named_together(text: str) -> Iterator[list[re.Match[str]]]:
    """Names that share one answer: ``EGFR, ALK and ROS1: negative``."""
    group: list[re.Match[str]] = []
    for name in _NAME.finditer(text):
        if len(group) == _MOST or (
            group and not (name.start() > group[-1].end() and _JOINED.fullmatch(text, group[-1].end(), name.start()))
        ):
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def marker_named(name: re.Match[str]) -> Marker:
    """The biomarker that is named there."""
    return MARKERS[int(str(name.lastgroup)[1:])]
