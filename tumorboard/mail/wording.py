"""A letter in words: subject, plain text and HTML, from the templates of its kind under ``templates/mail``.

Readers whom an act tells the same share its words, which are written once: each has only a link to answer by of their
own.
"""

import re
import textwrap
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import escape

from tumorboard import words
from tumorboard.calendars.wording import rule_words
from tumorboard.mail import series_wording
from tumorboard.mail.letter import Letter, MeetingLetter, SeriesLetter
from tumorboard.tree import TEMPLATES

_COLUMNS = 76

_ANSWER_LINK = "https://answer.invalid/"
"""Stands for the reader's own in words that many share."""

_inliner = CSSInliner(load_remote_stylesheets=False)


class Words(NamedTuple):
    """What a letter says, whoever of its readers it is for."""

    subject: str
    text: str
    html: str


class Hours(NamedTuple):
    """When a meeting is, for one reader."""

    reader: str
    """``Wednesday 25-Nov-2026, 23:30 to 00:30 IST``"""
    zone: str
    """``India Time, UTC+5:30``"""
    board: str
    """The same in the board's zone, where the clocks there show another time; empty elsewhere."""


def subject(letter: Letter) -> str:
    return _written(_for_anybody(letter)).subject


def text(letter: Letter) -> str:
    """Plain text in lines of up to 76 columns; only a link may be longer."""
    return _written(_for_anybody(letter)).text.replace(_ANSWER_LINK, letter.answer_link)


def html(letter: Letter) -> str:
    """A whole page; every rule that matters is inline, since mail clients drop style sheets."""
    return _written(_for_anybody(letter)).html.replace(_ANSWER_LINK, escape(letter.answer_link))


def _for_anybody(letter: Letter) -> Letter:
    """The letter without what no word of it says, and with a link to answer by that is nobody's."""
    own: dict[str, Any] = dict.fromkeys(("message_id", "to_name", "to_address", "from_address"), "")
    if isinstance(letter, MeetingLetter | SeriesLetter):
        own |= {"uid": "", "sequence": 0}
    if isinstance(letter, MeetingLetter):
        own |= {"answer": None}
    return replace(letter, **own, answer_link=_ANSWER_LINK if letter.answer_link else "")


@lru_cache(maxsize=128)
def _written(letter: Letter) -> Words:
    about: dict[str, object] = {}
    if isinstance(letter, MeetingLetter):
        about = _of_meeting(letter)
    elif isinstance(letter, SeriesLetter):
        about = _of_series(letter)

    def rendered(file: str, **more: str) -> str:
        return _environment.get_template(f"{letter.kind.value}/{file}").render(letter=letter, **about, **more)

    title = words.one_line(rendered("subject.txt"))
    plain = re.sub(r"\n{3,}", "\n\n", rendered("body.txt")).strip() + "\n"
    return Words(title, plain, _inliner.inline(rendered("body.html", subject=title)))


def _of_meeting(letter: MeetingLetter) -> dict[str, object]:
    return {
        "when": _hours(letter, letter.starts_at, letter.ends_at),
        "was": _hours_before(letter),
        "was_moment": _moment_before(letter),
        "where": _where(letter.room, letter.video_link),
        "news": _news(letter),
        "due": _weekday_moment(letter.due_at, letter.zone) if letter.due_at else "",
        "length": int((letter.ends_at - letter.starts_at).total_seconds() // 60),
    }


def _of_series(letter: SeriesLetter) -> dict[str, object]:
    was, now, at, zone = letter.was, letter.held, letter.written_at, letter.zone
    another = was is not None and series_wording.is_another_rule(was, now)
    news = [] if was is None or another else series_wording.news_of_dates(was, now, at, zone)
    whole = _news_of_the_series(letter)
    return {
        "rule": rule_words(now.recurrence),
        "rule_line": series_wording.rule_line(now),
        "was_rule": series_wording.rule_line(was) if was and another else "",
        "first": series_wording.first_moment(now, at, zone),
        "next": series_wording.next_dates(now, at, zone),
        "end": series_wording.end_line(now, zone),
        "where": _where(now.room, now.video_link),
        "news": news,
        "only": news[0] if len(news) == 1 and not whole else None,
        "whole": whole,
        "asks_again": another or any(each.was for each in news),
    }


def _news_of_the_series(letter: SeriesLetter) -> list[str]:
    if letter.was is None:
        return []
    renamed = [f"It was called {letter.was_board}."] if letter.was_board != letter.board else []
    return renamed + series_wording.news_of_the_whole(letter.was, letter.held, letter.zone)


def _hours(letter: MeetingLetter, starts_at: datetime, ends_at: datetime) -> Hours:
    reader, board = ZoneInfo(letter.zone), ZoneInfo(letter.board_zone)
    instants = (starts_at, ends_at)
    same_clocks = all(at.astimezone(reader).utcoffset() == at.astimezone(board).utcoffset() for at in instants)
    return Hours(
        reader=words.span_words(starts_at, ends_at, letter.zone),
        zone=words.zone_words(letter.zone, starts_at),
        board="" if same_clocks else words.span_words(starts_at, ends_at, letter.board_zone),
    )


def _hours_before(letter: MeetingLetter) -> Hours | None:
    """The hours before a move; none when only the place has changed."""
    if letter.was_starts_at is None or letter.was_ends_at is None:
        return None
    if (letter.was_starts_at, letter.was_ends_at) == (letter.starts_at, letter.ends_at):
        return None
    return _hours(letter, letter.was_starts_at, letter.was_ends_at)


def _moment_before(letter: MeetingLetter) -> str:
    """``26-Nov-2026 08:00`` for "from … to 24-Nov-2026 08:00 EST"; with its own zone when that is another."""
    if letter.was_starts_at is None:
        return ""
    zone_now = words.moment_words(letter.starts_at, letter.zone).rpartition(" ")[2]
    return words.moment_words(letter.was_starts_at, letter.zone).removesuffix(f" {zone_now}")


def _weekday_moment(instant: datetime, zone: str) -> str:
    """``Tuesday 24-Nov-2026, 17:00 EST``"""
    return f"{words.weekday_date_words(instant.astimezone(ZoneInfo(zone)).date())}, {words.time_words(instant, zone)}"


def _where(room: str, video_link: str) -> str:
    video = "by the video link in your calendar" if video_link else ""
    if room and video:
        return f"{room}, or {video}"
    return room or video.capitalize() or "The place is not known yet"


def _news(letter: MeetingLetter) -> str:
    """What is new about name and place, in sentences; the link itself stands in the calendar part alone."""
    news = []
    if letter.was_board not in (None, letter.board):
        news.append(f"It was called {letter.was_board}.")
    if letter.was_room not in (None, letter.room):
        news.append(f"Not {letter.was_room} any more." if letter.was_room else "The room is new.")
    if letter.was_video_link not in (None, letter.video_link):
        news.append("The video link is new." if letter.video_link else "There is no video link any more.")
    return " ".join(news)


def _wrap(paragraph: str) -> str:
    return textwrap.fill(paragraph, _COLUMNS, break_long_words=False, break_on_hyphens=False)


def _row(value: str, label: str, indent: int = 6) -> str:
    """A line of a small table, its value wrapped under itself."""
    return textwrap.fill(
        value,
        _COLUMNS,
        initial_indent=label.ljust(indent),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


_environment = Environment(
    loader=FileSystemLoader(TEMPLATES / "mail"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(count=words.count_words, moment=words.moment_words, row=_row, wrap=_wrap)
