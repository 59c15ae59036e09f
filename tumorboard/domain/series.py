"""Beginning a series of meetings, and changing it: its dates from some day on, all of them, or where it ends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.calendars.recurrence import Recurrence
from tumorboard.domain import audit, invitations, series_dates, series_entries
from tumorboard.domain.actor import Actor
from tumorboard.domain.held_dates import recurrence_of
from tumorboard.domain.lifecycle import require_version
from tumorboard.domain.mail_text import require_no_patient
from tumorboard.domain.permissions import demand
from tumorboard.domain.series_dates import coming
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Meeting, Notice, Series
from tumorboard.storage.queries import board_members, boards, meetings
from tumorboard.storage.queries import series as questions
from tumorboard.vocabulary import AuditAct, Frequency, MeetingState, Permission

FURTHEST_BEGIN = timedelta(days=366)
LONGEST = timedelta(days=10 * 366)
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 600


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When and where a series meets; hours are those of the board's zone."""

    frequency: Frequency
    first_day: date
    start: time
    minutes: int
    week: int | None
    """Of a monthly rule: which weekday of its kind in the month, -1 for the last."""
    last_day: date | None
    room: str
    video_link: str

    @property
    def place(self) -> tuple[str, str]:
        return self.room, self.video_link


@dataclass(frozen=True, kw_only=True)
class ChangeSeries:
    """A new rule for the dates from one of them on (``since`` is when that begins by the old rule), or for all coming.

    Its ``first_day`` is the first date under the new rule. ``why`` goes into mails and is never about a patient.
    """

    rule: Rule
    since: datetime | None
    why: str
    version: int


def begin(board: Board, rule: Rule, by: Actor, *, skipped: Iterable[date] = ()) -> tuple[Series, list[Notice]]:
    """Plans a series' dates a year ahead and invites the board's members; days ``skipped`` are cancelled at once."""
    demand(by, Permission.PLAN_MEETING, board)
    boards.hold(board.id)
    series = _made(board, rule, by)
    _require_sense(rule, board, by.at)
    db.session.add(series)
    db.session.flush()
    dates = series_dates.plan(series, by.at + series_dates.AHEAD)
    _skip(dates, set(skipped), board)
    _require_one_at_a_time(series, by)
    audit.record(by, AuditAct.SERIES_BEGUN, subjects=[board.id, series.id])
    owed = series_entries.settle(series, by)
    return series, owed + _settle_dates(dates, by)


def open_series(series_id: UUID, board: Board, by: Actor, permission: Permission = Permission.PLAN_MEETING) -> Series:
    """The board's series, locked until the transaction ends, for somebody who may change it."""
    demand(by, permission, board)
    series = questions.series_to_change(series_id)
    if series is None or series.board_id != board.id:
        raise absent()
    return series


def change(series: Series, act: ChangeSeries, by: Actor) -> list[Notice]:
    """Gives the series' coming dates another rule, place or end; answers with every mail that this owes.

    Where dates have been, they stay as they were: the old entry ends before the first changed date, and another series
    with entries of its own begins with it (calendar.md 22). Where none has been, or nothing but the place or the end
    of the whole changes, entries keep their identity.
    """
    demand(by, Permission.PLAN_MEETING, series.board)
    require_version(series, act.version)
    require_no_patient(series.board_id, by, reason=act.why, room=act.rule.room, video_link=act.rule.video_link)
    boards.hold(series.board_id)
    _require_change(series, act.rule, same_hours=_keeps_hours(series, act, by.at))
    return _change(series, act, by)


def _change(series: Series, act: ChangeSeries, by: Actor) -> list[Notice]:
    first, same_hours = act.since or _first_coming(series, by.at), _keeps_hours(series, act, by.at)
    _require_sense(act.rule, series.board, by.at)
    audit.record(by, AuditAct.SERIES_CHANGED, subjects=[series.board_id, series.id])
    if same_hours and (act.since is None or act.rule.place == (series.room, series.video_link)):
        return _change_place_and_end(series, act, by)
    if series_dates.has_dates_before(series, first):
        return _continue_as_another(series, first, act, by)
    return _change_whole(series, act, by)


def _keeps_hours(series: Series, act: ChangeSeries, at: datetime) -> bool:
    """Whether each date stays at the instant that it is at."""
    first = act.since or _first_coming(series, at)
    same_hours = _hours(rule_of(series)) == _hours(act.rule) and act.rule.first_day == _day(series, first)
    return same_hours and series.zone == series.board.time_zone


def plan_ahead(series: Series, by: Actor) -> list[Notice]:
    """Plans the dates that have come within reach since the last time; who is absent on one of them is told so."""
    planned = series_dates.plan(series, by.at + series_dates.AHEAD)
    return series_entries.settle(series, by) + _settle_dates(planned, by) if planned else []


def keep_planned(series_id: UUID, at: datetime) -> list[Notice]:
    """What is due by the day: dates a year ahead, in the name of who coordinates the board."""
    series = questions.series_to_change(series_id)
    coordinators = board_members.coordinators_of(series.board_id, at) if series else []
    if series is None or not coordinators:
        return []
    return plan_ahead(series, Actor(coordinators[0], at, request_id="series", address=""))


def follow_board(board: Board, old_place: tuple[str, str], by: Actor) -> list[Notice]:
    """After the board got another name, place or time zone: its series go along, and who holds them is told.

    A series in a place of its own keeps that. On other clocks the dates keep their hour, and so take place at another
    instant.
    """
    today = by.at.astimezone(ZoneInfo(board.time_zone)).date()
    owed: list[Notice] = []
    for series in questions.lasting_series(today, board.id):
        if (series.room, series.video_link) == old_place:
            series.room, series.video_link = board.room, board.video_link
        change_of_clocks = _to_other_clocks(series, by) if series.zone != board.time_zone else None
        owed += _change(series, change_of_clocks, by) if change_of_clocks else series_entries.settle(series, by)
    return owed


def _to_other_clocks(series: Series, by: Actor) -> ChangeSeries | None:
    """The same rule by the board's clocks, from the first date on that is still to come by both, if there is one."""
    rule, zone = rule_of(series), ZoneInfo(series.board.time_zone)
    for meeting in coming(series, by.at):
        day = meeting.recurs_at.astimezone(ZoneInfo(series.zone)).date() if meeting.recurs_at else rule.first_day
        if datetime.combine(day, rule.start, zone) > by.at:
            return ChangeSeries(
                rule=replace(rule, first_day=day), since=meeting.recurs_at, why="", version=series.version
            )
    return None


def rule_of(series: Series) -> Rule:
    return Rule(
        frequency=series.frequency,
        first_day=series.first_day,
        start=series.start,
        minutes=series.minutes,
        week=series.week,
        last_day=series.last_day,
        room=series.room,
        video_link=series.video_link,
    )


def _made(board: Board, rule: Rule, by: Actor, follows: Series | None = None) -> Series:
    return Series(
        board=board,
        frequency=rule.frequency,
        week=rule.week,
        first_day=rule.first_day,
        start=rule.start,
        minutes=rule.minutes,
        zone=board.time_zone,
        last_day=rule.last_day,
        room=rule.room,
        video_link=rule.video_link,
        follows_id=follows.id if follows else None,
        made_at=by.at,
    )


def _change_place_and_end(series: Series, act: ChangeSeries, by: Actor) -> list[Notice]:
    dates = coming(series, by.at)
    if act.rule.place != (series.room, series.video_link):
        series_dates.move_house(dates, (series.room, series.video_link), act.rule.place)
        series.room, series.video_link = act.rule.place
    series.last_day = act.rule.last_day
    beyond = [each for each in dates if each.recurs_at and _is_beyond(series, each.recurs_at)]
    series_dates.let_go([each for each in dates if each in beyond], by)
    planned = series_dates.plan(series, by.at + series_dates.AHEAD)
    _require_one_at_a_time(series, by)
    return series_entries.settle(series, by, why=act.why) + _settle_dates([*dates, *planned], by)


def _change_whole(series: Series, act: ChangeSeries, by: Actor) -> list[Notice]:
    """Nothing of it has been: the entry itself takes the new rule, and its dates are known by new instants."""
    before, dates = recurrence_of(series), coming(series, by.at)
    old_place = series.room, series.video_link
    rule = act.rule
    series.frequency, series.week, series.first_day, series.last_day = (
        rule.frequency,
        rule.week,
        rule.first_day,
        rule.last_day,
    )
    series.start, series.minutes, series.zone = rule.start, rule.minutes, series.board.time_zone
    series.room, series.video_link = rule.place
    planned = series_dates.carry_over(dates, before, old_place, series, by)
    _require_one_at_a_time(series, by)
    return series_entries.settle(series, by, why=act.why) + _settle_dates([*dates, *planned], by)


def _continue_as_another(series: Series, first: datetime, act: ChangeSeries, by: Actor) -> list[Notice]:
    before, place = recurrence_of(series), (series.room, series.video_link)
    dates = [each for each in coming(series, by.at) if each.recurs_at and each.recurs_at >= first]
    last = series_dates.last_before(series, first)
    if act.rule.first_day <= last:
        raise Refused(Code.WRONG, f"Choose a first date after {words.date_words(last)}.", field="first_day")
    following = _made(series.board, act.rule, by, follows=series)
    series.last_day = last
    db.session.add(following)
    db.session.flush()
    planned = series_dates.carry_over(dates, before, place, following, by)
    _require_one_at_a_time(following, by)
    ends = f"It goes on from {words.date_words(following.first_day)}: another mail brings those dates."
    begins = f"It continues the dates until {words.date_words(last)}, which another mail brings up to date."
    return [
        *series_entries.settle(series, by, why=act.why, note=ends),
        *series_entries.settle(following, by, why=act.why, note=begins),
        *_settle_dates([*dates, *planned], by),
    ]


def _settle_dates(dates: Iterable[Meeting], by: Actor) -> list[Notice]:
    """Who holds one of these dates alone follows it where it has gone, or lets it go where the series now has it."""
    owed: list[Notice] = []
    for meeting in dates:
        if meeting.is_known or meeting.state is MeetingState.CANCELLED:
            owed += invitations.settle(meeting, invitations.facts_of(meeting), by)
    return owed


def _skip(dates: Iterable[Meeting], days: set[date], board: Board) -> None:
    for meeting in dates:
        if meeting.starts_at.astimezone(ZoneInfo(board.time_zone)).date() in days:
            meeting.state = MeetingState.CANCELLED
    db.session.flush()


def _first_coming(series: Series, at: datetime) -> datetime:
    dates = coming(series, at)
    if not dates or dates[0].recurs_at is None:
        raise Refused(Code.NOT_NOW, "This series is over. Begin another one.")
    return dates[0].recurs_at


def _hours(rule: Rule) -> tuple[object, ...]:
    week = rule.week or rule.first_day.weekday()
    return rule.frequency, rule.first_day.weekday(), week, rule.start, rule.minutes


def _day(series: Series, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(series.zone)).date()


def _is_beyond(series: Series, instant: datetime) -> bool:
    return series.last_day is not None and _day(series, instant) > series.last_day


def _require_one_at_a_time(series: Series, by: Actor) -> None:
    """Refuses dates of the series at hours that are another meeting's of the board."""
    taken = meetings.taken_twice(series.id, by.at)
    if taken:
        first = words.moment_words(taken[0], series.zone)
        more = f" and at {words.count_words(len(taken) - 1, 'later date')}" if len(taken) > 1 else ""
        sentence = f"The board meets then already: {first}{more}. Choose another day or hour, or change those dates."
        raise Refused(Code.WRONG, sentence, field="start")


def _require_change(series: Series, rule: Rule, *, same_hours: bool) -> None:
    if same_hours and (series.room, series.video_link, series.last_day) == (*rule.place, rule.last_day):
        raise Refused(Code.NOT_NOW, "The series is so already. Change the day, the hour, the place or the end.")


def _require_sense(rule: Rule, board: Board, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(board.time_zone)).date()
    if rule.first_day < today:
        raise Refused(Code.WRONG, "Choose a first date that is still to come.", field="first_day")
    if rule.first_day > today + FURTHEST_BEGIN:
        raise Refused(Code.WRONG, "Choose a first date within a year.", field="first_day")
    if not SHORTEST_MINUTES <= rule.minutes <= LONGEST_MINUTES:
        raise Refused(Code.WRONG, "Give each meeting between 5 minutes and 10 hours.", field="end")
    if rule.last_day is not None and not rule.first_day <= rule.last_day <= rule.first_day + LONGEST:
        raise Refused(Code.WRONG, "Choose a last date after the first, within ten years.", field="last_day")
    try:
        recurrence = Recurrence(
            frequency=rule.frequency,
            first_day=rule.first_day,
            start=rule.start,
            minutes=rule.minutes,
            zone=board.time_zone,
            week=rule.week,
        )
    except ValueError as error:
        sentence = "Choose the week of the month in which the first date is."
        raise Refused(Code.WRONG, sentence, field="week") from error
    if recurrence.first <= at:
        raise Refused(Code.WRONG, "Choose a first date that is still to come.", field="first_day")
