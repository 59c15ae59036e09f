"""A recurrence in words: on pages, in mails and in the title of a change."""

from datetime import date, datetime, timedelta

from tumorboard.calendars.recurrence import LAST, Recurrence
from tumorboard.vocabulary import Frequency

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


def rule_words(recurrence: Recurrence) -> str:
    """``every Wednesday``, ``every other Wednesday``, ``the second Tuesday of each month``."""
    day = WEEKDAYS[recurrence.first_day.weekday()]
    if recurrence.week is not None:
        return f"the {WEEKS[recurrence.week]} {day} of each month"
    return f"every {day}" if recurrence.frequency is Frequency.WEEKLY else f"every other {day}"


def hours_words(recurrence: Recurrence) -> str:
    """``13:00 to 14:30``, on the clocks of the rule's own zone."""
    start = datetime.combine(date(2000, 1, 1), recurrence.start)
    end = start + timedelta(minutes=recurrence.minutes)
    return f"{start:%H:%M} to {end:%H:%M}"
