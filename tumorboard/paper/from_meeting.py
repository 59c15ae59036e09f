"""A meeting as the first page of its pack: which case when and on which page, and nothing of what is said of it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from tumorboard import words
from tumorboard.paper.sheet import CaseSheet, Index, Place
from tumorboard.storage.models import AgendaItem, Meeting


def index_of(meeting: Meeting, items: Sequence[AgendaItem], sheets: Iterable[CaseSheet]) -> Index:
    """The agenda in order, in the board's time; ``sheets`` are those of the items."""
    zone, at, places = meeting.board.time_zone, meeting.starts_at, []
    for item, sheet in zip(items, sheets, strict=True):
        places.append(Place(words.time_words(at, zone), item.minutes, sheet.number))
        at += timedelta(minutes=item.minutes)
    when = words.span_words(meeting.starts_at, meeting.ends_at, zone)
    return Index(meeting.board.full_name, when, meeting.room, meeting.board.standing_text, tuple(places))
