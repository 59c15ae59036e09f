"""A pasted text made ready: one kind of blank and dash, what must not be read struck out, every place kept."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

from tumorboard.domain.report_rules.dates import DATE, StandingDate, dates_in
from tumorboard.domain.report_rules.struck import struck_out

_PLAIN = {ord(blank): " " for blank in "\t\r\v\f\u00a0\u2007\u2009\u200b\u202f\ufeff"}
_PLAIN |= {ord(dash): "-" for dash in "‐‑‒–—−"} | {ord("≤"): "≤", ord("\u2028"): "\n", ord("\u2029"): "\n"}
_FULL_STOP = re.compile(
    r"(?<!approx)(?<!\bca)(?<!\bvs)(?<!\bDr)(?<!\bdr)(?<!\bMs)(?<!\bno)(?<!\bNo)[.!?;](?=\s)|\x00{1,80}", re.ASCII
)
_NEW_ITEM = re.compile(rf" {{0,20}}(?:\n|[-*•|]|[0-9A-Za-z]{{1,2}}[.)] |{DATE}|[A-Z][\w /()-]{{1,40}}:)", re.ASCII)
_WRAPPED = 60
"""A line shorter than this was ended on purpose, not by the width of a page."""
_COLLECTED = re.compile(
    rf"\b(?:(?:specimen )?collected|collection date|date collected|date of collection)(?: on)?[: ]{{1,3}}({DATE})",
    re.ASCII | re.IGNORECASE,
)
_BEFORE_ITS_DATE = re.compile(r"[ ,(:]{0,60}(?:(?:as )?(?:on|from|dated|of|reported|collected)[ :]{1,2})?", re.ASCII)


_RIGHT_BEFORE_ITS_DATE = re.compile(r"[ %]{0,2}(?:, )?(?:\(?(?:on|from|dated|of)[ :]{1,2}|\()", re.ASCII)
_LEADS = re.compile(r"[\s\-*•(]{0,20}(?:(?:on|in|dated|from) )?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """``text`` is as long as what was pasted: a place in one is the same place in the other."""

    text: str
    breaks: tuple[int, ...]
    dates: tuple[StandingDate, ...]
    collected_on: date | None
    """The day on which the one specimen of the report was taken; None where the text names none or several."""

    def sentence(self, place: int) -> tuple[int, int]:
        """From where to where the sentence, or the item of a list, goes that holds the place."""
        after = bisect_right(self.breaks, place)
        return (
            self.breaks[after - 1] if after else 0,
            self.breaks[after] if after < len(self.breaks) else len(self.text),
        )

    def dates_within(self, since: int, until: int) -> tuple[StandingDate, ...]:
        """The dates that begin between two places."""
        first, last = (bisect_left(self.dates, place, key=lambda dated: dated.start) for place in (since, until))
        return self.dates[first:last]

    def date_beside(self, start: int, end: int) -> StandingDate | None:
        """The last date in the sentence before the place, the one right after it, or the one that heads its line.

        ``PSA 8.4 (02-Jan-2026), PSA 9.1 (04-Mar-2026)``: where the first date follows what it dates, so do the others.
        """
        sentence = self.sentence(start)[0]
        since = max(sentence, start - 200)
        before = bisect_left(self.dates, start, key=lambda dated: dated.start)
        after = self.dates[before] if before < len(self.dates) else None
        if before and self.dates[before - 1].start >= since:
            follows = after and _RIGHT_BEFORE_ITS_DATE.fullmatch(self.text, end, max(end, after.start))
            first = bisect_left(self.dates, sentence, key=lambda dated: dated.start)
            leads = _LEADS.fullmatch(self.text, sentence, self.dates[first].start)
            return after if follows and not leads else self.dates[before - 1]
        if after and after.start - end <= 80 and _BEFORE_ITS_DATE.fullmatch(self.text, end, max(end, after.start)):
            return after
        return self._heading(start)

    def _heading(self, start: int) -> StandingDate | None:
        line = self.text.rfind("\n", max(0, start - 500), start) + 1
        first = bisect_left(self.dates, line, key=lambda dated: dated.start)
        if (not line and start > 500) or first >= len(self.dates):
            return None
        heading = self.dates[first]
        return heading if heading.end <= start and not self.text[line : heading.start].strip(" -*•") else None


def plain(text: str) -> str:
    """The text with one kind of blank and of dash, as long as before."""
    return text.translate(_PLAIN)


def prepared(text: str, today: date) -> Report:
    """The text as the rules read it."""
    read = struck_out(plain(text))
    dates = dates_in(read, today)
    labelled = {found.start(1) for found in _COLLECTED.finditer(read)}
    collected = {dated.day for dated in dates if dated.start in labelled}
    return Report(read, _breaks(read), dates, collected.pop() if len(collected) == 1 else None)


def _breaks(text: str) -> tuple[int, ...]:
    stops = [stop.end() for stop in _FULL_STOP.finditer(text)]
    line = 0
    for newline in re.finditer("\n", text):
        end = newline.start()
        wrapped = end - line >= _WRAPPED and text[end - 1] not in ".:;!?" and not _NEW_ITEM.match(text, end + 1)
        line = newline.end()
        if not wrapped:
            stops.append(line)
    return tuple(sorted(stops))
