from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from tests.hostile import hostile_text
from tumorboard import words

NOON_IN_NEW_YORK = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)


def test_a_date_is_said_without_doubt_about_day_and_month():
    assert words.date_words(date(2026, 11, 3)) == "03-Nov-2026"
    assert words.weekday_date_words(date(2026, 11, 25)) == "Wednesday 25-Nov-2026"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "13:00 EST"),
        ("Asia/Kolkata", "23:30 IST"),
        ("Europe/Istanbul", "21:00 UTC+3"),
        ("America/Sao_Paulo", "15:00 UTC-3"),
        ("Asia/Kathmandu", "23:45 UTC+5:45"),
        ("America/St_Johns", "14:30 NST"),
        ("Pacific/Marquesas", "08:30 UTC-9:30"),
        ("UTC", "18:00 UTC"),
    ],
)
def test_a_time_is_said_with_its_zone(zone, said):
    assert words.time_words(NOON_IN_NEW_YORK, zone) == said


def test_a_moment_is_said_in_the_zones_own_day():
    assert words.moment_words(NOON_IN_NEW_YORK, "America/New_York") == "25-Nov-2026 13:00 EST"
    assert words.moment_words(NOON_IN_NEW_YORK, "Pacific/Auckland") == "26-Nov-2026 07:00 NZDT"


def test_a_span_says_the_date_once_and_twice_over_midnight():
    end = NOON_IN_NEW_YORK + timedelta(minutes=90)
    assert words.span_words(NOON_IN_NEW_YORK, end, "America/New_York") == "Wednesday 25-Nov-2026, 13:00 to 14:30 EST"
    assert (
        words.span_words(NOON_IN_NEW_YORK, end, "Asia/Kolkata")
        == "Wednesday 25-Nov-2026, 23:30 to Thursday 26-Nov-2026, 01:00 IST"
    )


def test_a_span_in_which_the_clocks_change_says_both_zones():
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert (
        words.span_words(start, start + timedelta(hours=1), "America/New_York")
        == "Sunday 01-Nov-2026, 01:30 EDT to 01:30 EST"
    )


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("America/New_York", NOON_IN_NEW_YORK, "Eastern Time, UTC-5"),
        ("America/New_York", datetime(2026, 7, 1, tzinfo=UTC), "Eastern Time, UTC-4"),
        ("Europe/London", NOON_IN_NEW_YORK, "UK Time, UTC"),
        ("America/Argentina/Buenos_Aires", NOON_IN_NEW_YORK, "Buenos Aires Time, UTC-3"),
    ],
)
def test_a_zone_is_said_by_the_name_people_use_or_by_its_city(zone, at, said):
    assert words.zone_words(zone, at) == said


def test_a_time_without_a_zone_is_refused_instead_of_guessed():
    naive = NOON_IN_NEW_YORK.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        words.time_words(naive, "America/New_York")


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=48), "48 s"),
        (timedelta(minutes=7, seconds=59), "7 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=19), "2 h 19 min"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h"),
    ],
)
def test_a_duration_has_its_units(duration, said):
    assert words.duration_words(duration) == said


def test_a_negative_duration_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        words.duration_words(timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("born", "on", "said"),
    [
        (date(1971, 3, 14), date(2026, 3, 13), "54 y"),
        (date(1971, 3, 14), date(2026, 3, 14), "55 y"),
        (date(2024, 11, 26), date(2026, 11, 25), "23 mo"),
        (date(2024, 11, 25), date(2026, 11, 25), "2 y"),
        (date(2026, 11, 25), date(2026, 11, 25), "0 mo"),
        (date(2008, 2, 29), date(2026, 2, 28), "17 y"),
    ],
)
def test_an_age_is_in_years_and_for_the_smallest_in_months(born, on, said):
    assert words.age_words(born, on) == said


def test_a_newborn_seen_from_further_west_is_no_months_old():
    assert words.age_words(date(2026, 11, 26), date(2026, 11, 25)) == "0 mo"


def test_a_name_is_family_then_given():
    assert words.name_words("Quillfeather", "Anneliese") == "Quillfeather, Anneliese"
    assert words.name_words("Quillfeather", "") == "Quillfeather"


def test_a_count_agrees_with_its_noun():
    assert [words.count_words(count, "case") for count in (0, 1, 11)] == ["0 cases", "1 case", "11 cases"]


def test_one_line_keeps_what_names_need():
    assert words.one_line("  Zoë\r\nBcc: all\t\0Müller–Łódź 👩‍⚕️ ") == "Zoë Bcc: all Müller–Łódź 👩‍⚕️"


@given(hostile_text)
def test_one_line_is_one_line_that_can_be_written(text):
    line = words.one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
    assert words.one_line(line) == line


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1024 * 1024 - 1, "1023 KB"), (25 * 1024 * 1024, "25.0 MB")],
)
def test_a_size_is_said_as_file_windows_say_it(size, said):
    assert words.size_words(size) == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2026, 11, 25), "today"),
        (date(2026, 11, 26), "today"),
        (date(2026, 11, 24), "1 day ago"),
        (date(2026, 9, 26), "60 days ago"),
        (date(2026, 9, 25), "2 months ago"),
        (date(2024, 11, 26), "23 months ago"),
        (date(2024, 11, 25), "2 years ago"),
    ],
)
def test_how_long_ago(then: date, said: str) -> None:
    assert words.ago_words(then, date(2026, 11, 25)) == said
