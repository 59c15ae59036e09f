"""What becomes of one date, before its button: when and where it was and would be, and what stands in the way of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tumorboard import words
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Board, Meeting
from tumorboard.storage.queries import board_members
from tumorboard.web.dates_shown import DatePreview, preview_of
from tumorboard.web.hears import Line


@dataclass(frozen=True)
class Fact:
    """One line of the comparison; ``was`` is empty of a date that is new."""

    label: str
    was: str
    now: str

    @property
    def stays(self) -> bool:
        return self.was == self.now


@dataclass(frozen=True)
class OneDate:
    """An act on one date as it was rehearsed; ``lines`` is empty where nobody hears of it."""

    was: DatePreview | None
    now: DatePreview
    facts: list[Fact]
    lines: list[Line]
    button: str


def as_it_is(meeting: Meeting) -> DatePreview:
    """Taken down before a rehearsal, or inside one before that is undone."""
    return preview_of([meeting], meeting.board)[0]


def planned(meeting: Meeting, by: Actor, lines: list[Line], button: str) -> OneDate:
    """A date that an act brings into the plan; taken down inside the rehearsal of that act."""
    now = as_it_is(meeting)
    facts = facts_of(meeting.board, None, now, by.person.time_zone, by.at)
    return OneDate(was=None, now=now, facts=facts, lines=lines, button=button)


def facts_of(board: Board, was: DatePreview | None, now: DatePreview, reader_zone: str, at: datetime) -> list[Fact]:
    """The date on the clocks of the board, the reader and the members elsewhere; then its place."""
    facts = [Fact(label, _span(was, zone), _span(now, zone)) for label, zone in _clocks(board, reader_zone, at)]
    for place, label in enumerate(("Room", "Video")):
        before, after = was.place[place] if was else "", now.place[place]
        if before or after:
            facts.append(Fact(label, (before or "None") if was else "", after or "None"))
    return facts


def elsewhere(board: Board, at: datetime) -> Counter[str]:
    """The zones of members whose clocks are not the board's, and how many people have each."""
    zones = Counter(member.person.time_zone for member in board_members.present_members(board.id, at))
    del zones[board.time_zone]
    return zones


def _clocks(board: Board, reader_zone: str, at: datetime) -> Iterator[tuple[str, str]]:
    yield f"Board, {words.zone_name(board.time_zone)}", board.time_zone
    others = elsewhere(board, at)
    if reader_zone != board.time_zone:
        yield f"You, {words.zone_name(reader_zone)}", reader_zone
    for zone, count in others.items():
        if zone != reader_zone:
            yield f"{words.count_words(count, 'member')}, {words.zone_name(zone)}", zone


def _span(date: DatePreview | None, zone: str) -> str:
    return words.span_words(date.starts_at, date.ends_at, zone) if date else ""
