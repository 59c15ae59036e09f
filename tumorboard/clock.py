"""The only reader of the clock. Everything below ``web`` and ``workers`` is handed the time."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

ZONES = frozenset(available_timezones() - {"Factory", "localtime"})
"""The IANA zones a person, a board or a hospital may have: not the two names that stand for "not set yet"."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
