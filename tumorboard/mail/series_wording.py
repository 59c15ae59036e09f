"""What is new about the dates somebody holds of a series, in sentences with the hours of the reader's own clocks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.calendars.held_dates import HeldDates, MovedDate
from tumorboard.calendars.wording import hours_words, rule_words

DATES_SHOWN = 4
_SEEN = timedelta(days=400)
"""How far ahead dates are compared one by one; beyond it the rule speaks for itself."""


class DateNews(NamedTuple):
    """What has become of one date."""

    what: str
    """As the subject begins: ``Moved``, ``Cancelled``, ``Back in your calendar``, ``Changed``."""
    text: str
    date: MovedDate
    was: MovedDate | None


def rule_line(held: HeldDates) -> str:
    """``Every Wednesday, 13:00 to 14:30 (Eastern Time)``"""
    rule = held.recurrence
    text = f"{rule_words(rule)}, {hours_words(rule)} ({words.zone_name(rule.zone)})"
    return text[0].upper() + text[1:]


def first_moment(held: HeldDates, at: datetime, zone: str) -> str:
    """``25-Nov-2026 13:00 EST``: the next date, on the rule's own clocks where the reader's day is another."""
    coming = held.coming(at, 1)
    instant, there = coming[0].starts_at if coming else held.recurrence.first, held.recurrence.zone
    same_day = instant.astimezone(ZoneInfo(zone)).date() == instant.astimezone(ZoneInfo(there)).date()
    return words.moment_words(instant, zone if same_day else there)


def next_dates(held: HeldDates, at: datetime, zone: str) -> list[str]:
    """The next dates in the reader's own hours."""
    return [words.span_words(each.starts_at, each.ends_at, zone) for each in held.coming(at, DATES_SHOWN)]


def end_line(held: HeldDates, zone: str) -> str:
    """Which date is the last one; nothing without an end."""
    return f"The last date is {words.span_words(*_last_hours(held), zone)}." if held.last else ""


def is_another_rule(was: HeldDates, now: HeldDates) -> bool:
    """Whether the hours or the rhythm are others, so that every date is new."""
    return _rhythm(was) != _rhythm(now)


def news_of_dates(was: HeldDates, now: HeldDates, at: datetime, zone: str) -> list[DateNews]:
    """One for each coming date that was cancelled, taken up again, moved, or is in another place; soonest first."""
    return sorted(_news(was, now, at, zone), key=lambda news: news.date.recurs_at)


def news_of_the_whole(was: HeldDates, now: HeldDates, zone: str) -> list[str]:
    """Where the series is from now on, and where it ends."""
    news = []
    if was.room != now.room:
        news.append(f"The room is {now.room} now." if now.room else "There is no room any more.")
    if was.video_link != now.video_link:
        news.append("The video link is new." if now.video_link else "There is no video link any more.")
    if was.last != now.last:
        news.append(end_line(now, zone) or "There is no last date any more.")
    return news


def _news(was: HeldDates, now: HeldDates, at: datetime, zone: str) -> Iterator[DateNews]:
    until = min(each for each in (was.last, now.last, at + _SEEN) if each) + timedelta(seconds=1)
    before = {each.recurs_at: each for each in was.dates(until)}
    after = {each.recurs_at: each for each in now.dates(until)}
    since = max(was.recurrence.first, now.recurrence.first)
    for instant in before.keys() | after.keys():
        old, new = before.get(instant), after.get(instant)
        latest = max(each.ends_at for each in (old, new) if each)
        if latest <= at or instant < since:
            continue
        if old is None and new is not None:
            yield DateNews("Back in your calendar", f"{_hours(new, zone)} is in your calendar again.", new, None)
        elif new is None and old is not None:
            yield DateNews("Cancelled", f"{_hours(old, zone)} does not take place for you.", old, None)
        elif old is not None and new is not None:
            yield from _changed(old, new, _place(old, new, was, now), zone)


def _changed(old: MovedDate, new: MovedDate, place: str, zone: str) -> Iterator[DateNews]:
    if (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at):
        yield DateNews("Moved", f"{_hours(new, zone)}, not {_hours(old, zone)}. {place}".strip(), new, old)
    elif place:
        yield DateNews("Changed", f"{_hours(new, zone)}: {place[0].lower()}{place[1:]}", new, None)


def _place(old: MovedDate, new: MovedDate, was: HeldDates, now: HeldDates) -> str:
    """What is new about one date's place, where what is said of the whole series' place does not say it."""
    news = []
    if (old.room, new.room) != (was.room, now.room) and new.room != old.room:
        where = "In the usual room." if new.room == now.room else f"In {new.room}."
        news.append(where if new.room else "Without a room.")
    elif now.room not in {was.room, new.room}:
        news.append(f"It stays in {new.room}." if new.room else "It stays without a room.")
    if (old.video_link, new.video_link) != (was.video_link, now.video_link) and new.video_link != old.video_link:
        news.append("The video link is new." if new.video_link else "Without a video link.")
    return " ".join(news)


def _hours(date: MovedDate, zone: str) -> str:
    return words.span_words(date.starts_at, date.ends_at, zone)


def _last_hours(held: HeldDates) -> tuple[datetime, datetime]:
    last = max(held.dates((held.last or held.recurrence.first) + timedelta(seconds=1)), key=lambda each: each.starts_at)
    return last.starts_at, last.ends_at


def _rhythm(held: HeldDates) -> tuple[object, ...]:
    rule = held.recurrence
    return rule.frequency, rule.week, rule.first_day.weekday(), rule.start, rule.minutes, rule.zone
