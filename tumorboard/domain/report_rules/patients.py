"""Whether a text is of one patient: its dates of birth, and its record numbers, are all the same."""

import re
from datetime import date

from tumorboard.domain.report_rules.dates import DATE, MONTHS
from tumorboard.domain.report_rules.report import plain
from tumorboard.domain.report_rules.struck import is_said_of_now

_RULES = re.ASCII | re.IGNORECASE
_BORN = re.compile(
    rf"\b(?:DOB|d\.o\.b\.?|birth ?date|date of birth|born(?: on)?)[ :(]{{1,4}}"
    rf"(?P<said>{DATE}|[0-9]{{1,4}}[/.-][0-9/.-]{{3,7}})",
    _RULES,
)
_MRN = re.compile(
    r"\b(?:MRN|medical record (?:number|no\.?))[ :#]{1,4}"
    r"(?P<said>(?=[\w-]{0,12}[0-9])[\w-]{2,20}(?: [0-9]{2,8}(?![\w/.-])){0,2})",
    _RULES,
)


def is_of_several_patients(text: str) -> bool:
    """Whether it names two dates of birth, or two record numbers, that cannot be one person's."""
    text = plain(text)
    records = {re.sub(r"[\s-]", "", found["said"]).upper() for found in _MRN.finditer(text)}
    return len(_births(text)) > 1 or len(records) > 1


def is_of_somebody_else(text: str, born: date) -> bool:
    """Whether it names a date of birth that cannot be this one. A record number may be another hospital's."""
    return bool(_births(plain(text)) - {_numbers(born.isoformat())})


def _births(text: str) -> set[tuple[int, ...]]:
    return {_numbers(found["said"]) for found in _BORN.finditer(text) if _is_the_patient_s(text, found)}


def _numbers(day: str) -> tuple[int, ...]:
    """Day, month and year whatever their order: ``04-Mar-1961`` is ``1961-03-04`` and ``03/04/61``."""
    month = re.search(r"[a-z]{3}", day.lower().replace("of ", " "))
    numbers = [int(number) % 100 for number in re.findall(r"[0-9]+", day)]
    named = [MONTHS.index(month[0]) + 1] if month else []
    return tuple(sorted(numbers + named))


def _is_the_patient_s(text: str, found: re.Match[str]) -> bool:
    """Not a relative's."""
    return is_said_of_now(text, text.rfind("\n", 0, found.start()) + 1, found.start(), found.end())
