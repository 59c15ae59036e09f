"""The public holidays of a hospital's country or state, from the ``holidays`` package."""

from collections.abc import Iterable
from datetime import date

import holidays

from tumorboard.storage.models import Hospital


def holidays_on(hospital: Hospital, days: Iterable[date]) -> dict[date, str]:
    """Those of these days that are public holidays there, with their names in English where the package has them."""
    asked = set(days)
    if not hospital.holidays or not asked:
        return {}
    country, _, state = hospital.holidays.partition("-")
    known = holidays.country_holidays(
        country, subdiv=state or None, years={day.year for day in asked}, language=_english(country)
    )
    return {day: str(known[day]) for day in asked if day in known}


def is_known(code: str) -> bool:
    """Whether ``US``, or ``US-NY``, is a country or state whose holidays are known."""
    country, _, state = code.partition("-")
    states = holidays.list_supported_countries(include_aliases=False).get(country)
    return states is not None and (not state or state in states)


def _english(country: str) -> str | None:
    spoken = holidays.list_localized_countries(include_aliases=False).get(country, [])
    return next((each for each in ("en_US", "en_GB", "en") if each in spoken), None)
