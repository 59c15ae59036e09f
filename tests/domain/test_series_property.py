"""Whatever happens to a series, its board and its people: every calendar holds exactly what is true, each date once.

The truth is reckoned from who was put where and when, date by date, without the service's own holdings.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.town import NOW, Town, rule
from tests.factories import a_person
from tumorboard.calendars.recurrence import weeks_of_month
from tumorboard.domain import absences, board_members, meetings, series
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Absence, BoardMember, Meeting, Person
from tumorboard.storage.queries import board_members as member_questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency, MeetingState

SEEN = timedelta(days=300)
"""Within the year that is planned ahead."""

days = st.integers(1, 120)
people = st.sampled_from(["pathologist", "other"])
acts = st.one_of(
    st.tuples(st.just("join"), people, st.one_of(st.none(), days)),
    st.tuples(st.just("leave"), people, st.one_of(st.none(), days)),
    st.tuples(st.just("away"), people, days),
    st.tuples(st.just("back"), people, st.none()),
    st.tuples(st.just("move"), st.integers(0, 8), st.integers(-30, 30)),
    st.tuples(st.just("cancel"), st.integers(0, 8), st.none()),
    st.tuples(st.just("restore"), st.integers(0, 8), st.none()),
    st.tuples(st.just("later"), st.integers(1, 6), st.tuples(st.integers(0, 3), st.integers(8, 16))),
    st.tuples(st.just("room"), st.just(0), st.sampled_from(["Linden 1", "Birch 3"])),
    st.tuples(st.just("end"), st.integers(30, 200), st.none()),
    st.tuples(st.just("post"), st.just(0), st.none()),
)


@given(st.lists(acts, min_size=1, max_size=9), st.sampled_from(list(Frequency)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_calendar_holds_the_truth(app: Flask, done: list[tuple], frequency: Frequency) -> None:
    town = Town()
    day = NOW.astimezone(ZoneInfo(town.board.time_zone)).date() + timedelta(days=7)
    week = weeks_of_month(day)[0] if frequency is Frequency.MONTHLY else None
    town.begin(rule(day, frequency=frequency, week=week))
    town.post()
    for act, which, how in done:
        town.later(timedelta(hours=7))
        try:
            with transaction():
                _ACTS[act](town, which, how)
        except Refused:
            continue
    town.post()
    for person in (town.coordinator, town.pathologist, town.other):
        assert town.calendar(person).starts(town.at, NOW + SEEN) == truth(town, person)


def truth(town: Town, person: Person) -> list[datetime]:
    """Every planned date on which the person is on the board and not absent."""
    periods = [
        (each.joined_at, each.left_at)
        for each in db.session.query(BoardMember).filter_by(board_id=town.board.id, person_id=person.id)
    ]
    away = db.session.query(Absence).filter_by(person_id=person.id, taken_back_at=None).all()
    clock = ZoneInfo(person.time_zone)
    return sorted(
        meeting.starts_at.astimezone(UTC)
        for meeting in db.session.query(Meeting).filter(Meeting.board_id == town.board.id)
        if town.at <= meeting.starts_at < NOW + SEEN
        and meeting.state is not MeetingState.CANCELLED
        and any(since <= meeting.starts_at and (until is None or meeting.starts_at < until) for since, until in periods)
        and not any(each.starts_on <= meeting.starts_at.astimezone(clock).date() <= each.ends_on for each in away)
    )


def _coming(town: Town, place: int) -> Meeting:
    found = [each for each in db.session.query(Meeting).order_by(Meeting.starts_at) if each.starts_at > town.at]
    found = [each for each in found if each.board_id == town.board.id]
    return found[place % len(found)]


def _today(town: Town) -> date:
    return town.at.astimezone(ZoneInfo(town.board.time_zone)).date()


def _join(town: Town, who: str, after: int | None) -> None:
    first_day = _today(town) + timedelta(days=after) if after else None
    board_members.add(town.board, getattr(town, who), BoardRole.CORE, town.by, first_day=first_day)


def _leave(town: Town, who: str, after: int | None) -> None:
    periods = member_questions.memberships_since(town.board.id, getattr(town, who).id, town.at)
    if periods:
        last_day = _today(town) + timedelta(days=after) if after else None
        board_members.leave(periods[0], town.by, last_day=last_day)


def _away(town: Town, who: str, after: int) -> None:
    person, first = getattr(town, who), _today(town) + timedelta(days=after)
    act = AddAbsence(first, first + timedelta(days=12), a_person(hospital=person.hospital).id)
    absences.add(person, act, replace(town.by, person=person))


def _back(town: Town, who: str, _: None) -> None:
    person = getattr(town, who)
    for absence in db.session.query(Absence).filter_by(person_id=person.id, taken_back_at=None):
        absences.end(absence, replace(town.by, person=person))


def _move(town: Town, place: int, hours: int) -> None:
    meeting = _coming(town, place)
    starts_at = meeting.starts_at + timedelta(hours=hours)
    to = replace(meetings.as_it_is(meeting), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=60))
    meetings.move(meeting, to, town.by, mails_wait=timedelta(seconds=60))


def _cancel(town: Town, place: int, _: None) -> None:
    meeting = _coming(town, place)
    meetings.cancel(meeting, CancelMeeting("holiday", meeting.version), town.by)


def _restore(town: Town, place: int, _: None) -> None:
    meeting = _coming(town, place)
    meetings.restore(meeting, town.by, version=meeting.version)


def _later(town: Town, place: int, to: tuple[int, int]) -> None:
    meeting = _coming(town, place)
    if meeting.series is None or meeting.recurs_at is None:
        return
    shift, hour = to
    first = meeting.recurs_at.astimezone(ZoneInfo(meeting.series.zone)).date() + timedelta(days=shift)
    week = weeks_of_month(first)[0] if meeting.series.week else None
    new = replace(series.rule_of(meeting.series), first_day=first, start=time(hour), week=week)
    _change(town, meeting, new, since=meeting.recurs_at)


def _room(town: Town, _: int, room: str) -> None:
    meeting = _coming(town, 0)
    if meeting.series:
        _change(town, meeting, replace(series.rule_of(meeting.series), room=room), since=None)


def _end(town: Town, after: int, _: None) -> None:
    meeting = _coming(town, 0)
    if meeting.series:
        last_day = _today(town) + timedelta(days=after)
        _change(town, meeting, replace(series.rule_of(meeting.series), last_day=last_day), since=None)


def _change(town: Town, meeting: Meeting, new: series.Rule, *, since: datetime | None) -> None:
    held = meeting.series
    assert held
    if since is None:
        first = meeting.recurs_at
        assert first
        new = replace(new, first_day=first.astimezone(ZoneInfo(held.zone)).date())
    series.change(held, series.ChangeSeries(rule=new, since=since, why="", version=held.version), town.by)


def _post(town: Town, *_: object) -> None:
    town.post()


_ACTS = {
    "join": _join,
    "leave": _leave,
    "away": _away,
    "back": _back,
    "move": _move,
    "cancel": _cancel,
    "restore": _restore,
    "later": _later,
    "room": _room,
    "end": _end,
    "post": _post,
}
