"""An amended or corrected report that holds the older text too: what it says anew counts, and says that it does."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from tumorboard.domain.report_rules.reading import Reading

_RULES = re.ASCII | re.IGNORECASE | re.MULTILINE
_WHAT = r"(?:report|diagnos[ie]s|results?|text|version|findings?|interpretation)\b"
_ALONE = r"(?=[ \t]*(?:[:(]|\W{0,12}$))"
_HEADS = re.compile(
    r"^[ \t*#=>_-]{0,12}(?:this is an? )?(?:"
    rf"(?P<amended>(?:amended|corrected|revised) (?:\w{{1,20}} ){{0,3}}{_WHAT}"
    rf"|(?:amendment|correction|corrigendum|amended|corrected)(?: (?:no\.? ?)?#?[0-9]{{1,2}})?{_ALONE})"
    r"|(?P<older>(?:original|previous|prior|earlier|initial|superseded|uncorrected)(?:ly)? (?:\w{1,20} ){0,3}"
    rf"(?:{_WHAT}|reported\b)|original{_ALONE}))",
    _RULES,
)
_FIRST, _AMENDED = "first", "amended"


def as_amended(text: str, readings: list[Reading]) -> list[Reading]:
    """The readings that still count, in their order.

    What is headed as the older text is not read. What an amendment says again is its own, and marked where the older
    text says otherwise; what it does not speak of stands as the report has it.
    """
    heads = list(_HEADS.finditer(text))
    starts, kinds = [0, *(head.start() for head in heads)], [_FIRST, *(str(head.lastgroup) for head in heads)]
    if _AMENDED not in kinds:
        return readings
    return list(_counting([(kinds[bisect_right(starts, each.start) - 1], each) for each in readings]))


def _counting(readings: list[tuple[str, Reading]]) -> Iterator[Reading]:
    anew = {reading.about for kind, reading in readings if kind == _AMENDED} - {"examination"}
    was = defaultdict(set)
    for kind, reading in readings:
        if kind != _AMENDED:
            was[reading.about].add(reading.said)
    for kind, reading in readings:
        if kind == _AMENDED and reading.about in anew and was[reading.about] - {reading.said}:
            yield replace(reading, words=f"{reading.words}, as amended")
        elif kind == _AMENDED or (kind == _FIRST and reading.about not in anew):
            yield reading
