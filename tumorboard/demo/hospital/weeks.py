"""A board's meetings around the day of seeding: planned, and for the past ones published, held and closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tumorboard.demo.hospital.boards import BoardRecord
from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import agenda, meetings, series
from tumorboard.domain.actor import Actor
from tumorboard.domain.lifecycle import advance
from tumorboard.domain.lifecycles import MEETING
from tumorboard.domain.meetings import PlanMeeting
from tumorboard.domain.series import Rule
from tumorboard.storage.models import Board, Meeting, Notice
from tumorboard.vocabulary import Frequency, MeetingAction, NoticeState

COMING_WEEKS = range(6)
PLANNED_BEFORE = timedelta(days=70)
PUBLISHED_BEFORE = timedelta(hours=28)


def first_coming(record: BoardRecord, now: datetime) -> datetime:
    """When the board meets next: the first sitting that has not begun."""
    local = now.astimezone(ZoneInfo(record.time_zone))
    day = local.date() + timedelta(days=(record.weekday - local.weekday()) % 7)
    begins = datetime.combine(day, record.starts, local.tzinfo)
    return begins if begins > local else begins + timedelta(weeks=1)


def plan_meetings(
    record: BoardRecord, board: Board, weeks: Iterable[int], network: Network, now: datetime
) -> dict[int, Meeting]:
    """The board's meetings by week: 0 is the next one, -1 the last that was held."""
    by = network.actor(record.coordinator, now - PLANNED_BEFORE)
    first, length = first_coming(record, now), timedelta(minutes=record.meeting_minutes)
    # The sitting of this hour, if there is one, has not ended: the last one was a week before.
    shift = 1 if first - timedelta(weeks=1) + length > now else 0
    planned = {}
    for week in weeks:
        # Added to local time, so that the hour stays when the clocks change.
        starts_at = first + timedelta(weeks=week - shift if week < 0 else week)
        planned[week] = meetings.plan_meeting(board, PlanMeeting(starts_at, starts_at + length), by)
    return planned


def begin_series(record: BoardRecord, board: Board, first: Meeting, network: Network, now: datetime) -> None:
    """The series whose first coming date that is, begun in its time: its mails have gone out."""
    clock = ZoneInfo(record.time_zone)
    rule = Rule(
        frequency=Frequency.WEEKLY,
        first_day=first.starts_at.astimezone(clock).date(),
        start=record.starts,
        minutes=record.meeting_minutes,
        week=None,
        last_day=None,
        room=record.room,
        video_link=record.video_link,
    )
    _, owed = series.begin(board, rule, network.actor(record.coordinator, now - PLANNED_BEFORE))
    for notice in owed:
        went_out(notice)


def tell_held_meeting(meeting: Meeting, record: BoardRecord, network: Network, story: Story) -> None:
    """A meeting of the past, from its published agenda to its end."""

    def step(action: MeetingAction, at: datetime) -> None:
        story.add(at, partial(advance, meeting, action, MEETING, network.actor(record.coordinator, at)))

    published_at = meeting.starts_at - PUBLISHED_BEFORE
    story.add(published_at, partial(_publish_long_ago, meeting, network.actor(record.coordinator, published_at)))
    step(MeetingAction.OPEN, meeting.starts_at)
    step(MeetingAction.CLOSE, meeting.ends_at)


def publish(meeting: Meeting, by: Actor) -> None:
    agenda.publish(meeting, by, version=meeting.version)


def _publish_long_ago(meeting: Meeting, by: Actor) -> None:
    """Its mails went out in their time: nobody gets an invitation to last week's meeting today."""
    for notice in agenda.publish(meeting, by, version=meeting.version):
        went_out(notice)


def went_out(notice: Notice) -> None:
    """As if the mail had been taken by the server when it was announced."""
    notice.state, notice.sent_at, notice.due_at = NoticeState.SENT, notice.created_at, None
    notice.attempts, notice.last_tried_at, notice.server_said = 1, notice.created_at, "250 OK"
