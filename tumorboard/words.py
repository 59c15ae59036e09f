"""How facts read for people: dates, times, spans, zones, durations, ages and names (design: "Words").

English and fixed: the same in mail, on pages and on paper, whatever the locale of the machine. Instants are aware;
a zone is an IANA name such as ``America/New_York`` (``zoneinfo.ZoneInfoNotFoundError`` where there is none).
"""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ZONE_NAMES = {
    "America/Anchorage": "Alaska Time",
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "America/Detroit": "Eastern Time",
    "America/Halifax": "Atlantic Time",
    "America/Los_Angeles": "Pacific Time",
    "America/New_York": "Eastern Time",
    "America/Phoenix": "Arizona Time",
    "America/Toronto": "Eastern Time",
    "America/Vancouver": "Pacific Time",
    "Asia/Kolkata": "India Time",
    "Asia/Tokyo": "Japan Time",
    "Europe/Amsterdam": "Central European Time",
    "Europe/Berlin": "Central European Time",
    "Europe/London": "UK Time",
    "Europe/Madrid": "Central European Time",
    "Europe/Paris": "Central European Time",
    "Europe/Rome": "Central European Time",
    "Europe/Vienna": "Central European Time",
    "Europe/Zurich": "Central European Time",
    "Pacific/Honolulu": "Hawaii Time",
}


def date_words(day: date) -> str:
    """``23-Nov-2026``"""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def weekday_date_words(day: date) -> str:
    """``Wednesday 25-Nov-2026``"""
    return f"{_WEEKDAYS[day.weekday()]} {date_words(day)}"


def time_words(instant: datetime, zone: str) -> str:
    """``13:00 EST``; a zone without a spoken abbreviation reads ``13:00 UTC+3``."""
    local = _local(instant, zone)
    return f"{local:%H:%M} {_abbreviation(local)}"


def time_elsewhere_words(instant: datetime, zone: str, beside: str) -> str:
    """``17:00 EST``, beside the same in another zone; ``14-Dec-2026 17:00 EST`` where there it is another day."""
    same_day = _local(instant, zone).date() == _local(instant, beside).date()
    return time_words(instant, zone) if same_day else moment_words(instant, zone)


def some_words(said: Sequence[str], most: int) -> str:
    """``15-Feb-2027, 31-May-2027 and 4 more``: at most so many by name."""
    more = len(said) - most
    return ", ".join(said[:most]) + (f" and {more} more" if more > 0 else "")


def second_words(instant: datetime, zone: str) -> str:
    """``10:41:07 EST``: for what happens again within the minute."""
    local = _local(instant, zone)
    return f"{local:%H:%M:%S} {_abbreviation(local)}"


def moment_words(instant: datetime, zone: str) -> str:
    """``25-Nov-2026 13:00 EST``"""
    return f"{date_words(_local(instant, zone))} {time_words(instant, zone)}"


def span_words(start: datetime, end: datetime, zone: str) -> str:
    """``Wednesday 25-Nov-2026, 13:00 to 14:30 EST``

    The second date is said when it is another day, and the first abbreviation when the clocks change in between.
    """
    first, last = _local(start, zone), _local(end, zone)
    since, until = weekday_date_words(first), weekday_date_words(last)
    begin = time_words(start, zone) if _abbreviation(first) != _abbreviation(last) else f"{first:%H:%M}"
    finish = time_words(end, zone)
    return f"{since}, {begin} to {finish}" if since == until else f"{since}, {begin} to {until}, {finish}"


def period_words(since: datetime, until: datetime | None, zone: str) -> str:
    """``15-Mar-2022 – 06-Dec-2026``: first and last day; without an end ``15-Mar-2022 – open``."""
    return f"{date_words(_local(since, zone))} – {last_day_words(until, zone) if until else 'open'}"


def last_day_words(until: datetime, zone: str) -> str:
    """``06-Dec-2026``: what ends with midnight ended with the day before."""
    return date_words(_local(until - timedelta(microseconds=1), zone))


def zone_words(zone: str, at: datetime) -> str:
    """``Eastern Time, UTC-5``: a name people use, else the zone's city, and its distance from UTC at that instant."""
    return f"{zone_name(zone)}, {_utc_words(_local(at, zone))}"


def zone_name(zone: str) -> str:
    """``Eastern Time``: the same all year, for a date that is still to be chosen."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return _ZONE_NAMES.get(zone, f"{city} Time")


def duration_words(duration: timedelta) -> str:
    """``48 s``, ``7 min``, ``2 h 19 min``, ``3 d``, ``3 d 4 h``: the two largest units, rounded down.

    Raises ``ValueError`` for a negative duration.
    """
    if duration < timedelta(0):
        raise ValueError("a duration that ends before it begins")
    if duration < timedelta(minutes=1):
        return f"{duration.seconds} s"
    hours, minutes = divmod(duration.seconds // 60, 60)
    parts = ((duration.days, "d"), (hours, "h"), (0 if duration.days else minutes, "min"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount)


def age_words(born: date, on: date) -> str:
    """``55 y``; under two years ``14 mo``. Whole units lived by that day.

    A newborn seen from further west, where the day of birth has not come yet, is ``0 mo``.
    """
    months = max(0, (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day))
    return f"{months} mo" if months < 24 else f"{months // 12} y"


def years_old(born: date, on: date) -> int:
    """Whole years lived by that day; 0 before the birth."""
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def ago_words(then: date, on: date) -> str:
    """``today``, ``1 day ago``, ``40 days ago``, ``3 months ago``, ``2 years ago``: whole units, rounded down."""
    days = (on - then).days
    months = (on.year - then.year) * 12 + on.month - then.month - (on.day < then.day)
    if days < 1:
        return "today"
    if months < 2:
        return f"{count_words(days, 'day')} ago"
    return f"{count_words(months, 'month')} ago" if months < 24 else f"{months // 12} years ago"


def name_words(family: str, given: str) -> str:
    """``Quillfeather, Anneliese``; who has one name reads as that name."""
    return ", ".join(part for part in (family, given) if part)


def count_words(count: int, noun: str) -> str:
    """``1 case``, ``11 cases``: nouns whose plural ends in s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def size_words(size: int) -> str:
    """``812 B``, ``40 KB``, ``2.4 MB``: of 1,024 bytes to a KB, as the windows show it from which a file is taken."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size // 1024} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def one_line(text: str) -> str:
    """The text as one line that is safe in a header, a calendar line and a log.

    Line breaks and control characters become one space, and so do runs of spaces; half characters (lone surrogates)
    become the replacement character. Joiners and accents stay: names need them.
    """
    plain = text if text.isprintable() else "".join(_in_a_line(character) for character in text)
    return " ".join(plain.split())


def _in_a_line(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else character


def _local(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant.astimezone(ZoneInfo(zone))


def _abbreviation(local: datetime) -> str:
    name = local.tzname() or ""
    return name if name.isalpha() else _utc_words(local)


def _utc_words(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")
