"""The words of ``tumorboard.words`` as Jinja filters, so that a date or a name reads the same on every page."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import Flask

from tumorboard import words
from tumorboard.calendars.wording import hours_words, rule_words


class Named(Protocol):
    """A person or a patient."""

    family_name: str
    given_name: str


def name(who: Named) -> str:
    """``Quillfeather, Anneliese``"""
    return words.name_words(who.family_name, who.given_name)


class Dated(Protocol):
    """A membership of a board or a care team."""

    joined_at: datetime
    left_at: datetime | None


def period(membership: Dated, zone: str) -> str:
    """``15-Mar-2022 – open``"""
    return words.period_words(membership.joined_at, membership.left_at, zone)


def local_day(instant: datetime, zone: str) -> str:
    """``Wednesday 25-Nov-2026``, where these are the clocks."""
    return words.weekday_date_words(instant.astimezone(ZoneInfo(zone)).date())


def iso_day(instant: datetime, zone: str) -> str:
    """``2026-11-25``: a day as a form sends it back."""
    return instant.astimezone(ZoneInfo(zone)).date().isoformat()


def capitalize_first(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


FILTERS = {
    "local_day": local_day,
    "iso_day": iso_day,
    "capitalize_first": capitalize_first,
    "rule": rule_words,
    "rule_hours": hours_words,
    "date": words.date_words,
    "weekday_date": words.weekday_date_words,
    "moment": words.moment_words,
    "time": words.time_words,
    "time_elsewhere": words.time_elsewhere_words,
    "span": words.span_words,
    "age": words.age_words,
    "name": name,
    "period": period,
    "last_day": words.last_day_words,
    "duration": words.duration_words,
    "size": words.size_words,
    "zone": words.zone_words,
    "zone_name": words.zone_name,
}
"""As written in a template: ``born|date``, ``instant|moment(zone)``,
``instant|time_elsewhere(zone, zone_there)``, ``start|span(end, zone)``, ``born|age(on)``,
``person|name``, ``zone|zone(at)``, ``zone|zone_name``,
``member|period(zone)``, ``left_at|last_day(zone)``.
An instant is never handed to ``date``: its day depends on the zone."""


def register_filters(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS)
