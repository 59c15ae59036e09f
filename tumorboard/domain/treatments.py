"""Earlier treatment, written in one box, as the courses that it names: each with its day where the words give one."""

import re
from dataclasses import dataclass
from datetime import date

from tumorboard.domain.report_rules.dates import StandingDate, dates_in
from tumorboard.domain.report_rules.report import plain

_ENDS = re.compile(r"\n|;|(?<=[\w)%])\.(?=\s|\Z)")
_NONE = re.compile(
    r"none|nil|no|n/a|untreated|not applicable"
    r"|no (?:(?:prior|previous|earlier|other|cancer) ){0,2}(?:treatment|therapy)(?: (?:so far|yet|for this tumou?r))*",
    re.IGNORECASE,
)
_SPAN = re.compile(r" ?(?:-|to|until|till|through) ?", re.IGNORECASE)


@dataclass(frozen=True)
class Treatment:
    """``on`` is the day that its words give, of a span the first; None where they give none, or several."""

    words: str
    on: date | None


def treatments_in(text: str, today: date) -> list[Treatment]:
    """One for each line or sentence. That there was none is no treatment."""
    courses = (" ".join(each.split()).strip(" -*•") for each in _ENDS.split(plain(text)))
    return [Treatment(each, _day(each, today)) for each in courses if each and not _NONE.fullmatch(each)]


def _day(words: str, today: date) -> date | None:
    dates = dates_in(words, today)
    return dates[0].day if len(dates) == 1 or (len(dates) == 2 and _is_span(words, *dates)) else None


def _is_span(words: str, first: StandingDate, last: StandingDate) -> bool:
    return bool(_SPAN.fullmatch(words, first.end, last.start))
