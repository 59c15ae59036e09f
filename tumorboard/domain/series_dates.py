"""The meetings of a series: planned a year ahead, carried over to another rule, or let go."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tumorboard.calendars.recurrence import Recurrence
from tumorboard.domain import cases
from tumorboard.domain.actor import Actor
from tumorboard.domain.held_dates import recurrence_of
from tumorboard.domain.notices import cancel_meeting_notices
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Series
from tumorboard.storage.queries import agendas, meetings
from tumorboard.storage.queries import series as questions
from tumorboard.vocabulary import CaseAction, MeetingState

AHEAD = timedelta(days=366)
"""How far ahead meetings stand in the board's plan; calendars know the rule and need no such end."""
NEAR = timedelta(days=3, hours=12)
"""A date and one of a rarer rule are the same meeting if no more than half a week is between them."""


def plan(series: Series, until: datetime) -> list[Meeting]:
    """Makes the meetings that the rule yields before that instant and that are not there yet; answers with those.

    A meeting that the board has planned by itself for the same instant becomes the series'.
    """
    known = {each.recurs_at for each in questions.dates_of(series.id)}
    alone = {each.starts_at: each for each in meetings.meetings_of_no_series(series.board_id)}
    rule, made = recurrence_of(series), []
    for instant in rule.starts(until):
        if instant in known:
            continue
        meeting = alone.get(instant) or _made(series, instant)
        meeting.series, meeting.recurs_at = series, instant
        db.session.add(meeting)
        made.append(meeting)
    db.session.flush()
    return made


def coming(series: Series, at: datetime) -> list[Meeting]:
    """Dates that are neither over nor begun, by the rule and as they were moved, cancelled ones too."""
    dates = questions.dates_of(series.id)
    return [each for each in dates if each.recurs_at and min(each.recurs_at, each.starts_at) > at]


def has_dates_before(series: Series, first: datetime) -> bool:
    """Whether the rule has a date before that one, so that what has been is to stay."""
    return next(recurrence_of(series).starts(first), None) is not None


def last_before(series: Series, first: datetime) -> date:
    """The day of the last date by the rule before that one."""
    last = max(recurrence_of(series).starts(first))
    return last.astimezone(ZoneInfo(series.zone)).date()


def move_house(dates: Iterable[Meeting], old: tuple[str, str], new: tuple[str, str]) -> None:
    """Dates that were where the series was go where it is; who had been given another place keeps that."""
    for meeting in dates:
        if (meeting.room, meeting.video_link) == old:
            meeting.room, meeting.video_link = new


def carry_over(
    dates: Sequence[Meeting], before: Recurrence, old_place: tuple[str, str], series: Series, by: Actor
) -> list[Meeting]:
    """Makes these dates of an older rule the dates of ``series``: agenda, moved hours and cancelling stay with each.

    A date of which the new rule has nothing near is let go. Answers with those that are the series' for the first time.
    """
    starts = list(recurrence_of(series).starts(by.at + AHEAD))
    pairs = _pairs(dates, before, starts, series)
    for meeting in dates:
        meeting.series = meeting.recurs_at = None
    was = {meeting.id: instant for meeting, _, instant in pairs}
    db.session.flush()
    move_house(dates, old_place, (series.room, series.video_link))
    for meeting, start, _ in pairs:
        _carry(meeting, start, was[meeting.id], before, series)
    kept = {meeting.id for meeting, *_ in pairs}
    let_go([meeting for meeting in dates if meeting.id not in kept], by)
    db.session.flush()
    return plan(series, by.at + AHEAD)


def let_go(dates: Iterable[Meeting], by: Actor) -> None:
    """Dates that no rule yields any more: forgotten where nobody was ever told of them, else cancelled.

    Members held them with the series: whoever restores one invites them to it as to any date beside a series.
    """
    listed = list(dates)
    touched = meetings.touched_among([meeting.id for meeting in listed])
    for meeting in listed:
        if meeting.id not in touched:
            db.session.delete(meeting)
            continue
        meeting.series = meeting.recurs_at = None
        meeting.invites_at_once = True
        if meeting.state is MeetingState.CANCELLED:
            continue
        for item in agendas.listed_items(meeting.id):
            item.taken_off_at = by.at
            cases.move_on(item.case, CaseAction.TAKE_OFF_AGENDA, by, note="The meeting was cancelled.")
        meeting.state, meeting.state_note = MeetingState.CANCELLED, "The board meets by another rule from then on."
        cancel_meeting_notices(meeting)
    db.session.flush()


def _made(series: Series, instant: datetime) -> Meeting:
    return Meeting(
        board=series.board,
        starts_at=instant,
        ends_at=instant + timedelta(minutes=series.minutes),
        room=series.room,
        video_link=series.video_link,
        state=MeetingState.PLANNED,
    )


def _pairs(
    dates: Sequence[Meeting], before: Recurrence, starts: Sequence[datetime], series: Series
) -> list[tuple[Meeting, datetime, datetime]]:
    """Each date with its new instant and its old one: in order under the same rhythm, else the nearest."""
    known = [(meeting, meeting.recurs_at) for meeting in dates if meeting.recurs_at]
    if before.frequency is series.frequency:
        return [(meeting, start, old) for (meeting, old), start in zip(known, starts, strict=False)]
    free, found = list(starts), []
    for meeting, old in known:
        near = min(free, key=lambda start: abs(start - old), default=None)
        if near is not None and abs(near - old) <= NEAR:
            free.remove(near)
            found.append((meeting, near, old))
    return found


def _carry(meeting: Meeting, start: datetime, old: datetime, before: Recurrence, series: Series) -> None:
    follows_rule = (meeting.starts_at, meeting.ends_at) == (old, old + before.length)
    meeting.series, meeting.recurs_at = series, start
    if follows_rule:
        meeting.starts_at, meeting.ends_at = start, start + timedelta(minutes=series.minutes)
