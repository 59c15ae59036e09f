"""VTIMEZONE against zoneinfo, as readers see it that know nothing but the text."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Timezone

from tests.golden import assert_golden
from tumorboard.calendars.zones import vtimezone
from tumorboard.clock import ZONES

START = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

zones = st.sampled_from(sorted(ZONES))
starts = st.integers(0, 10 * 365 * 24 * 3600).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


def text_of(zone: str, start: datetime = START) -> str:
    return vtimezone(zone, start, start + HOUR).to_ical().decode()


def by_icalendar(text: str):
    """Under a name that nobody knows, so that the reader has to use the text."""
    return Timezone.from_ical(text).to_tz(lookup_tzid=False)


def by_dateutil(text: str):
    return tzical(StringIO(text)).get()


def has_one_reading(local: datetime) -> bool:
    """Whether the clocks show this once: not in the hour that spring leaves out, nor in the one that autumn repeats."""
    return local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset()


def assert_reads_as_zoneinfo(text: str, zone: str, instants) -> None:
    readers = [by_icalendar(text), by_dateutil(text)]
    for instant in instants:
        local = instant.astimezone(ZoneInfo(zone))
        if has_one_reading(local):
            for reader in readers:
                assert local.replace(tzinfo=reader).utcoffset() == local.utcoffset(), (instant, reader)


@settings(max_examples=150, deadline=None)
@given(zones, starts)
def test_any_zone_reads_right_at_the_event_and_two_years_on(zone, start):
    days = [start + timedelta(days=9 * n, hours=n % 24) for n in range(80)]
    assert_reads_as_zoneinfo(text_of(zone, start), zone, [start, start + HOUR, *days])


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Jerusalem"])
def test_a_yearly_rule_reads_right_for_ten_years(zone):
    days = [START + timedelta(days=n) for n in range(3653)]
    assert_reads_as_zoneinfo(text_of(zone), zone, days)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Nuuk", "Asia/Jerusalem"]
)
def test_a_yearly_rule_is_open_ended_and_began_before_the_event(zone):
    observances = Timezone.from_ical(text_of(zone)).subcomponents
    assert sorted(observance.name for observance in observances) == ["DAYLIGHT", "STANDARD"]
    for observance in observances:
        assert not {"UNTIL", "COUNT"} & set(observance["RRULE"])
        assert observance["DTSTART"].dt.year == START.year - 1


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/Phoenix", "UTC", "America/Sao_Paulo"])
def test_a_zone_without_changes_is_one_standard(zone):
    (observance,) = Timezone.from_ical(text_of(zone)).subcomponents
    assert observance.name == "STANDARD"
    assert "RRULE" not in observance


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Africa/Cairo", "Asia/Gaza"])
def test_a_zone_without_a_rule_has_each_change_written_out(zone):
    observances = Timezone.from_ical(text_of(zone)).subcomponents
    assert not any("RRULE" in observance for observance in observances)
    assert max(observance["DTSTART"].dt.year for observance in observances) >= 2028


@given(zones, starts)
@settings(max_examples=100, deadline=None)
def test_no_zone_has_a_list_of_dates(zone, start):
    assert "RDATE" not in text_of(zone, start)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Jerusalem", "Africa/Casablanca", "Africa/Cairo"]
)
def test_the_text_is_as_reviewed(zone):
    assert_golden(f"calendars/{zone.replace('/', '_')}.txt", text_of(zone).replace("\r\n", "\n"))


def test_the_same_meeting_builds_its_zone_once():
    assert vtimezone("Europe/Berlin", START, START + HOUR) is vtimezone("Europe/Berlin", START, START + HOUR)
