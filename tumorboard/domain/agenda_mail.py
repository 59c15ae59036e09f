"""The hour of the agenda mail: a first version published before it waits, and a later one replaces it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tumorboard.storage.models import AgendaVersion, Meeting
from tumorboard.storage.queries import notices

AHEAD = timedelta(hours=2)
"""Nearer to the meeting an agenda that waits would come too late to be read: it goes out at once."""


def waits_until(meeting: Meeting, before: AgendaVersion | None, at: datetime) -> datetime | None:
    """From when the mails of a version published now go out; none where that is at once.

    A first version waits for the board's hour of that day. One after it waits as long as the one ``before`` still does:
    whoever has an agenda already hears of a change at once.
    """
    due = notices.agenda_waits_until(meeting.id, at) if before else _hour_of(meeting, at)
    return due if due and at < due <= meeting.starts_at - AHEAD else None


def wait_no_longer_than(meeting: Meeting, due_at: datetime) -> None:
    """After the meeting was moved: what would now come too late goes out with the word of the move."""
    for notice in notices.agendas_waiting(meeting.id):
        if notice.due_at and notice.due_at > max(due_at, meeting.starts_at - AHEAD):
            notice.due_at = due_at


def _hour_of(meeting: Meeting, at: datetime) -> datetime | None:
    """The board's hour of the day of ``at``, on its own clocks."""
    hour, zone = meeting.board.agenda_mail_at, ZoneInfo(meeting.board.time_zone)
    return datetime.combine(at.astimezone(zone).date(), hour, zone) if hour else None
