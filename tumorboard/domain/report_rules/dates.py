"""The dates of a text. Only what can mean one day is a day.

Read: ``2026-11-23``, ``23-Nov-2026``, ``2 November 2026``, ``November 2, 2026``, and ``11/23/2026`` or ``23.11.2026``
where one of the two numbers cannot be a month. ``11/02/2026`` may be two days and is none here; so is a year of two
digits, and a day to come. Such a date keeps its place, so that what stands with it is not given another's.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"

DATE = (
    rf"(?<![0-9./-])(?:{_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?![0-9])"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]{{1,2}}(?:of )?{_MONTH}[ ,-]{{1,2}}{_YEAR}"
    rf"|[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.](?:{_YEAR}|[0-9]{{2}}(?![0-9])))"
    rf"|\b{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? {{1,2}}{_YEAR}"
)
_DATE = re.compile(DATE, re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class StandingDate:
    """A date and its place; ``day`` is None where it may be more than one day, no day, or a day to come."""

    start: int
    end: int
    day: date | None


def dates_in(text: str, today: date) -> tuple[StandingDate, ...]:
    """The dates of the text in order, none after today."""
    return tuple(StandingDate(found.start(), found.end(), _past(found[0], today)) for found in _DATE.finditer(text))


def _past(words: str, today: date) -> date | None:
    day = _day(words.lower())
    return day if day and day <= today else None


def _day(words: str) -> date | None:
    numbers = [int(number) for number in re.findall(r"[0-9]+", words)]
    month = re.search(r"[a-z]{3,}", words.replace("of ", " "))
    try:
        if month:
            return date(numbers[1], MONTHS.index(month[0][:3]) + 1, numbers[0])
        if numbers[0] > 99:
            return date(*numbers)
        return _slashed(numbers[0], numbers[1], numbers[2])
    except ValueError:
        return None


def _slashed(first: int, second: int, year: int) -> date | None:
    if year < 100 or (first <= 12 and second <= 12 and first != second):
        return None
    return date(year, first, second) if second > 12 else date(year, second, first)
