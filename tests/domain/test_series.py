"""A series in everybody's calendar: what each person holds after the mails that went out, read by other readers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Tell
from tests.domain.town import CLOCK, NOW, Town, by_hand, dates, rule
from tests.factories import (
    a_care_team_member,
    a_case,
    a_listed_case,
    a_member,
    a_patient,
    a_person,
    an_actor,
)
from tests.web.test_query_counts import questions as questions_asked
from tumorboard.domain import absences, agenda, board_members, meetings, series, series_entries
from tumorboard.domain.absences import AddAbsence
from tumorboard.domain.meetings import CancelMeeting, PlanMeeting
from tumorboard.errors import Refused
from tumorboard.storage.db import db
from tumorboard.storage.models import Notice
from tumorboard.storage.queries import board_members as member_questions
from tumorboard.storage.queries import meetings as meeting_questions
from tumorboard.storage.queries import series as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency, MeetingState, NoticeKind, Permission

_CHANGE = Permission.CHANGE_MEETING
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def test_members_get_one_invitation_for_every_date_over_the_change_of_clocks(town: Town) -> None:
    made = town.begin(rule())
    assert town.post() == {
        town.coordinator: [NoticeKind.SERIES_INVITATION],
        town.pathologist: [NoticeKind.SERIES_INVITATION],
    }
    assert town.starts(town.pathologist) == by_hand(made.first_day, time(13))
    assert len(dates(made)) in (51, 52)


def test_one_date_is_moved_cancelled_and_restored_for_everybody_and_once(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    second, third = dates(made)[1:3]
    with transaction():
        to = replace(meetings.as_it_is(second), starts_at=second.starts_at + timedelta(hours=2), why="theatre")
        to = replace(to, ends_at=to.starts_at + timedelta(minutes=60))
        meetings.move(meetings.meeting_to_change(second.id, town.by, _CHANGE), to, town.by, mails_wait=timedelta())
        meetings.cancel(third, CancelMeeting("holiday", third.version), town.by)
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    expected = by_hand(made.first_day, time(13))
    expected[1] += timedelta(hours=2)
    assert town.starts(town.pathologist) == sorted(expected[:2] + expected[3:])
    town.later(timedelta(minutes=5))
    with transaction():
        meetings.restore(third, town.by, version=third.version)
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    assert town.starts(town.pathologist) == sorted(expected)


def test_a_moved_date_that_is_moved_back_in_time_is_never_heard_of(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    second = dates(made)[1]
    before = meetings.as_it_is(second)
    for hours in (1, 0):
        with transaction():
            to = replace(before, starts_at=before.starts_at + timedelta(hours=hours), version=second.version)
            to = replace(to, ends_at=to.starts_at + timedelta(minutes=90))
            meetings.move(second, to, town.by, mails_wait=timedelta(seconds=60))
    assert town.post() == {}


def test_who_joins_gets_the_dates_from_then_on_and_who_leaves_later_keeps_those_until_then(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    begins = made.first_day + timedelta(days=21)
    with transaction():
        board_members.add(town.board, town.other, BoardRole.CORE, town.by, first_day=begins)
    assert town.post() == {town.other: [NoticeKind.SERIES_INVITATION]}
    assert town.starts(town.other) == by_hand(begins, time(13))
    member = member_questions.memberships_since(town.board.id, town.other.id, town.at)[0]
    with transaction():
        board_members.leave(member, town.by, last_day=begins + timedelta(days=14))
    assert town.post() == {town.other: [NoticeKind.SERIES_CHANGED]}
    assert town.starts(town.other) == by_hand(begins, time(13))[:3]


def test_a_date_that_took_place_before_its_turn_is_not_one_for_who_joins_after_it(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    first, third = dates(made)[0], dates(made)[2]
    sooner = first.starts_at - timedelta(days=2)
    with transaction():
        to = replace(meetings.as_it_is(third), starts_at=sooner, ends_at=sooner + timedelta(minutes=90))
        meetings.move(third, to, town.by, mails_wait=timedelta())
    town.post()
    town.at = sooner + timedelta(hours=3)
    with transaction():
        board_members.add(town.board, town.other, BoardRole.CORE, town.by)
    town.post()
    expected = by_hand(made.first_day, time(13))
    assert town.starts(town.other) == expected[:2] + expected[3:]


def test_the_same_series_begins_once(town: Town) -> None:
    town.begin(rule())
    with pytest.raises(Refused) as refused:
        town.begin(rule())
    assert refused.value.field == "start"
    assert "meets then already" in refused.value.sentence


def test_a_series_does_not_change_onto_a_date_of_another(town: Town) -> None:
    wednesdays = town.begin(rule())
    other_day = town.begin(rule(wednesdays.first_day + timedelta(days=1)))
    town.post()
    with pytest.raises(Refused) as refused:
        town.change(other_day, first_day=wednesdays.first_day + timedelta(days=14))
    assert "meets then already" in refused.value.sentence
    assert town.post() == {}


@pytest.mark.parametrize(
    ("frequency", "days", "rhythm"), [(Frequency.WEEKLY, 1, 7), (Frequency.WEEKLY, 7, 7), (Frequency.TWO_WEEKLY, 7, 14)]
)
def test_another_first_day_alone_is_a_change(town: Town, frequency: Frequency, days: int, rhythm: int) -> None:
    made = town.begin(rule(frequency=frequency))
    town.post()
    fourth = dates(made)[3].starts_at
    day = made.first_day + timedelta(days=3 * rhythm + days)
    town.change(made, fourth, first_day=day)
    town.post()
    before = by_hand(made.first_day, time(13), days=rhythm)[:3]
    assert town.starts(town.pathologist) == before + by_hand(day, time(13), days=rhythm)


def test_dates_cut_off_by_an_end_are_back_when_the_end_is_taken_back(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    known = dates(made)[5]
    with transaction():
        to = replace(meetings.as_it_is(known), room="Birch 3")
        meetings.move(known, to, town.by, mails_wait=timedelta())
    town.post()
    town.change(made, last_day=made.first_day + timedelta(days=14))
    town.post()
    assert town.starts(town.pathologist) == by_hand(made.first_day, time(13))[:3]
    town.change(made, last_day=None)
    town.post()
    assert town.starts(town.pathologist) == by_hand(made.first_day, time(13))


def test_who_leaves_now_lets_go_of_all_and_comes_back_under_the_same_identity(town: Town) -> None:
    town.begin(rule())
    town.post()
    (uid,) = town.calendar(town.pathologist).entries
    member = member_questions.memberships_since(town.board.id, town.pathologist.id, town.at)[0]
    town.later(timedelta(minutes=1))
    with transaction():
        board_members.leave(member, town.by)
    assert town.post() == {town.pathologist: [NoticeKind.SERIES_OVER]}
    assert town.starts(town.pathologist) == []
    town.later(timedelta(minutes=1))
    with transaction():
        board_members.add(town.board, town.pathologist, BoardRole.CORE, town.by)
    assert town.post() == {town.pathologist: [NoticeKind.SERIES_INVITATION]}
    assert list(town.calendar(town.pathologist).entries) == [uid]


def test_this_and_later_ends_the_old_entry_and_begins_another(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    old = by_hand(made.first_day, time(13))
    fourth = dates(made)[3]
    fifth = dates(made)[4]
    with transaction():
        to = replace(meetings.as_it_is(fifth), starts_at=fifth.starts_at + timedelta(days=1))
        to = replace(to, ends_at=to.starts_at + timedelta(minutes=90))
        meetings.move(fifth, to, town.by, mails_wait=timedelta())
    town.post()
    assert fourth.recurs_at
    day = made.first_day + timedelta(days=22)
    town.change(made, fourth.recurs_at, first_day=day, start=time(12))
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED, NoticeKind.SERIES_INVITATION]
    later = by_hand(day, time(12))
    moved = old[4] + timedelta(days=1)
    assert town.starts(town.pathologist) == sorted([*old[:3], later[0], moved, *later[2:]])
    assert made.last_day == made.first_day + timedelta(days=14)
    assert dates(made)[-1].recurs_at == old[2]


def test_where_nothing_has_been_yet_the_whole_series_changes_under_its_identity(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    (uid,) = town.calendar(town.pathologist).entries
    day = made.first_day + timedelta(days=2)
    town.change(made, first_day=day, frequency=Frequency.TWO_WEEKLY, start=time(8, 30))
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    assert town.starts(town.pathologist) == by_hand(day, time(8, 30), days=14)
    assert list(town.calendar(town.pathologist).entries) == [uid]


def test_another_room_for_all_keeps_dates_and_identity(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    town.change(made, room="Linden 1")
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    assert {meeting.room for meeting in dates(made)} == {"Linden 1"}
    (calendar,) = town.calendar(town.pathologist).entries.values()
    assert [str(event["LOCATION"]) for event in calendar.walk("VEVENT")] == ["Linden 1"]


def test_a_series_that_gets_an_end_has_no_date_after_it(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    town.change(made, last_day=made.first_day + timedelta(days=30))
    town.post()
    assert town.starts(town.pathologist) == by_hand(made.first_day, time(13))[:5]
    assert len(dates(made)) == 5


def test_an_absence_takes_its_dates_and_gives_them_back(town: Town) -> None:
    deputy = a_person(hospital=town.pathologist.hospital)
    made = town.begin(rule())
    town.post()
    away = AddAbsence(made.first_day + timedelta(days=6), made.first_day + timedelta(days=15), deputy.id)
    with transaction():
        absences.add(town.pathologist, away, an_actor(town.pathologist, town.at))
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    expected = by_hand(made.first_day, time(13))
    assert town.starts(town.pathologist) == [expected[0], *expected[3:]]
    town.later(timedelta(minutes=1))
    with transaction():
        (absence,) = questions.absences_of([town.pathologist.id])
        absences.end(absence, an_actor(town.pathologist, town.at))
    town.post()
    assert town.starts(town.pathologist) == expected


def test_a_guest_who_becomes_a_member_changes_from_one_date_to_the_series(town: Town) -> None:
    made = town.begin(rule())
    patient = a_patient()
    a_care_team_member(patient, town.other)
    first = dates(made)[0]
    a_listed_case(first, a_case(town.board, town.coordinator, patient=patient))
    with transaction():
        agenda.publish(first, town.by, version=first.version)
    got = town.post()
    assert got[town.other] == [NoticeKind.INVITATION, NoticeKind.AGENDA]
    assert got[town.pathologist] == [NoticeKind.SERIES_INVITATION, NoticeKind.AGENDA]
    assert town.starts(town.other) == [first.starts_at]
    town.later(timedelta(minutes=1))
    with transaction():
        board_members.add(town.board, town.other, BoardRole.CORE, town.by)
    assert set(town.post()[town.other]) == {NoticeKind.SERIES_INVITATION, NoticeKind.REMOVED}
    [taken_out] = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMOVED))
    assert taken_out.facts["with_series"]
    assert town.starts(town.other) == by_hand(made.first_day, time(13))
    town.later(timedelta(minutes=1))
    member = member_questions.memberships_since(town.board.id, town.other.id, town.at)[0]
    with transaction():
        board_members.leave(member, town.by)
    assert {NoticeKind.SERIES_OVER, NoticeKind.INVITATION} < set(town.post()[town.other])
    assert town.starts(town.other) == [first.starts_at]


def test_a_board_that_is_called_otherwise_is_so_in_everybodys_entry(town: Town) -> None:
    made = town.begin(rule())
    patient = a_patient()
    a_care_team_member(patient, town.other)
    first = dates(made)[0]
    a_listed_case(first, a_case(town.board, town.coordinator, patient=patient))
    with transaction():
        agenda.publish(first, town.by, version=first.version)
    town.post()
    town.later(timedelta(minutes=1))
    town.change_policy(name="Breast and axilla")
    assert town.post() == {
        town.coordinator: [NoticeKind.SERIES_CHANGED],
        town.pathologist: [NoticeKind.SERIES_CHANGED],
        town.other: [NoticeKind.MOVED],
    }
    for person in (town.coordinator, town.other):
        assert town.calendar(person).names() == {"Breast and axilla board"}
    assert town.starts(town.other) == [first.starts_at]
    town.later(timedelta(minutes=1))
    town.change_policy(name="Breast and armpit")
    town.later(timedelta(minutes=1))
    town.change_policy(name="Breast and axilla")
    assert town.post() == {}, "taken back unheard"


def test_a_board_on_other_clocks_meets_at_the_same_hour_by_them(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    town.later(timedelta(days=15))
    assert town.change_policy(time_zone="Europe/Berlin").follow[0].starts_at > town.at
    assert set(town.post()[town.pathologist]) == {NoticeKind.SERIES_CHANGED, NoticeKind.SERIES_INVITATION}
    berlin = ZoneInfo("Europe/Berlin")
    coming = [datetime.combine(made.first_day + timedelta(days=7 * week), time(13), berlin) for week in range(2, 20)]
    expected = [each.astimezone(UTC) for each in coming if each > town.at]
    assert town.starts(town.pathologist)[: len(expected)] == expected
    assert [each.starts_at for each in meeting_questions.open_meetings_from(town.board.id, town.at)][:3] == expected[:3]


def test_a_series_that_has_not_begun_keeps_its_entries_on_other_clocks(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    town.later(timedelta(minutes=1))
    town.change_policy(time_zone="Asia/Kolkata")
    assert town.post()[town.pathologist] == [NoticeKind.SERIES_CHANGED]
    assert made.zone == "Asia/Kolkata"
    first = datetime.combine(made.first_day, time(13), ZoneInfo("Asia/Kolkata"))
    assert town.starts(town.pathologist)[0] == first.astimezone(UTC)


def test_an_extra_date_beside_a_series_is_in_the_members_calendars_at_once(town: Town) -> None:
    plan = PlanMeeting(NOW + timedelta(days=3), NOW + timedelta(days=3, hours=1))
    with transaction():
        _, owed = meetings.add_meeting(town.board, plan, town.by)
    assert owed == [], "no series yet: invited with its agenda"
    town.begin(rule())
    town.post()
    with transaction():
        beside = PlanMeeting(NOW + timedelta(days=4), NOW + timedelta(days=4, hours=1))
        extra, _ = meetings.add_meeting(town.board, beside, town.by)
    assert town.post() == {town.coordinator: [NoticeKind.INVITATION], town.pathologist: [NoticeKind.INVITATION]}
    assert town.starts(town.pathologist)[0] == extra.starts_at
    town.later(timedelta(minutes=1))
    with transaction():
        meetings.cancel(extra, CancelMeeting("Holiday", extra.version), town.by)
    assert town.post()[town.pathologist] == [NoticeKind.CANCELLED]


def test_a_holiday_is_skipped_from_the_beginning(town: Town) -> None:
    day = NOW.astimezone(CLOCK).date() + timedelta(days=7)
    made = town.begin(rule(day), day + timedelta(days=7))
    town.post()
    expected = by_hand(day, time(13))
    assert town.starts(town.pathologist) == [expected[0], *expected[2:]]
    assert dates(made)[1].state is MeetingState.CANCELLED


def test_a_meeting_planned_by_itself_becomes_one_of_the_series(town: Town) -> None:
    day = NOW.astimezone(CLOCK).date() + timedelta(days=7)
    starts_at = datetime.combine(day, time(13), CLOCK)
    with transaction():
        plan = meetings.PlanMeeting(starts_at, starts_at + timedelta(minutes=90))
        alone = meetings.plan_meeting(town.board, plan, town.by)
    made = town.begin(rule(day))
    assert dates(made)[0].id == alone.id


def test_a_change_costs_the_same_questions_for_few_members_and_many(town: Town, tell: Tell) -> None:
    made = town.begin(rule())
    town.post()
    counts = []
    for room, members in (("Linden 1", 5), ("Birch 3", 60)):
        for _ in range(members):
            a_member(town.board, a_person())
        with transaction():
            series_entries.settle(made, town.by)
        town.post()
        town.later(timedelta(minutes=1))
        with questions_asked() as asked:
            town.change(made, room=room)
        counts.append(len(asked))
    tell(f"a series changed for 7 members asks {counts[0]} questions, for 67 members {counts[1]}")
    assert counts[0] == counts[1]


def test_dates_that_come_within_reach_are_planned_without_a_mail(town: Town) -> None:
    made = town.begin(rule())
    town.post()
    count = len(dates(made))
    town.later(timedelta(days=70))
    with transaction():
        series.plan_ahead(made, town.by)
    assert len(dates(made)) == count + 10
    assert town.post() == {}


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"first_day": date(2020, 1, 1)}, "first_day"),
        ({"minutes": 0}, "end"),
        ({"frequency": Frequency.MONTHLY, "week": 5}, "week"),
        ({"last_day": date(2020, 1, 1)}, "last_day"),
    ],
)
def test_a_rule_without_sense_is_refused_at_its_field(town: Town, what: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        town.begin(rule(**what))
    assert refused.value.field == field


def test_a_member_alone_may_not_begin_one(town: Town) -> None:
    with pytest.raises(Refused), transaction():
        series.begin(town.board, rule(), an_actor(town.pathologist))


@pytest.mark.parametrize("days", [0, 1])
def test_a_date_restored_after_its_series_let_go_of_it_is_in_every_calendar_once(town: Town, days: int) -> None:
    day = NOW.astimezone(CLOCK).date() + timedelta(days=7)
    made = town.begin(rule(day))
    town.post()
    fifth = dates(made)[4]
    town.later(timedelta(minutes=1))
    if days:
        with transaction():
            starts_at, ends_at = fifth.starts_at + timedelta(days=days), fifth.ends_at + timedelta(days=days)
            there = replace(meetings.as_it_is(fifth), starts_at=starts_at, ends_at=ends_at)
            meetings.move(fifth, there, town.by, mails_wait=timedelta())
        town.post()
    with transaction():
        meetings.cancel(fifth, CancelMeeting("Holiday", fifth.version), town.by)
    town.post()
    town.later(timedelta(minutes=1))
    town.change(made, last_day=day + timedelta(days=21))
    town.post()
    assert fifth.series is None
    town.later(timedelta(minutes=1))
    with transaction():
        owed = meetings.restore(fifth, town.by, version=fifth.version)
    assert [notice.kind for notice in owed] == [NoticeKind.INVITATION] * 2, "each member once"
    town.post()
    expected = [*by_hand(day, time(13))[:4], fifth.starts_at]
    assert [town.starts(each) for each in (town.coordinator, town.pathologist)] == [expected, expected]
    town.later(timedelta(minutes=1))
    town.change(made, last_day=None)
    town.post()
    expected = sorted({*by_hand(day, time(13)), fifth.starts_at})
    assert town.starts(town.pathologist) == expected, "and once when the series takes the day up again"


def test_a_date_restored_when_its_series_is_long_over_is_in_every_calendar(town: Town) -> None:
    """What its members once held and were told to take out stands there again, whatever became of the series."""
    day = NOW.astimezone(CLOCK).date() + timedelta(days=7)
    made = town.begin(rule(day))
    town.post()
    fifth = dates(made)[4]
    town.later(timedelta(minutes=1))
    with transaction():
        meetings.cancel(fifth, CancelMeeting("Holiday", fifth.version), town.by)
    town.change(made, last_day=day)
    town.post()
    town.later(timedelta(days=14))
    with transaction():
        owed = meetings.restore(fifth, town.by, version=fifth.version)
    assert [notice.kind for notice in owed] == [NoticeKind.INVITATION] * 2
