"""Days that people choose, on somebody's own clocks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tumorboard.errors import Code, Refused


def end_of(last_day: date, zone: str, at: datetime) -> datetime:
    """The instant with which that day ends; refused unless it is today or within a year."""
    today = at.astimezone(ZoneInfo(zone)).date()
    if not today <= last_day <= today + timedelta(days=366):
        raise Refused(Code.WRONG, "Choose today or a day within a year.", field="last_day")
    return after(last_day, zone)


def after(day: date, zone: str) -> datetime:
    """The instant with which that day ends there."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
