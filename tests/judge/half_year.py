"""The half-year itself: each act is done by the service and written into the truth by hand, board by board."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine

from tests.factories import (
    a_board,
    a_care_team_member,
    a_case,
    a_hospital,
    a_listed_case,
    a_patient,
    a_person,
    an_actor,
)
from tests.judge.truth import Slot, Truth, monthly, weekly
from tumorboard.domain import agenda, board_members, boards, meetings, series
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import policy_of
from tumorboard.domain.boards import ChangePolicy
from tumorboard.domain.meetings import CancelMeeting
from tumorboard.domain.series import ChangeSeries, Rule
from tumorboard.storage.models import Board, BoardMember, Meeting, Person
from tumorboard.storage.queries import board_members as member_questions
from tumorboard.storage.queries import series as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency

BEGIN = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
END = BEGIN + timedelta(days=130)
RANGE = (datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 4, 15, tzinfo=UTC))
MARKER = "Quillmarker"
"""The family name of every patient: in no mail."""
LAST_DAY = date(2027, 4, 14)

ZONES = {
    "America/New_York": Frequency.WEEKLY,
    "Europe/Berlin": Frequency.TWO_WEEKLY,
    "Europe/London": Frequency.MONTHLY,
    "Asia/Kolkata": Frequency.WEEKLY,
    "Australia/Lord_Howe": Frequency.WEEKLY,
    "Pacific/Apia": Frequency.TWO_WEEKLY,
    "America/Sao_Paulo": Frequency.MONTHLY,
    "Africa/Casablanca": Frequency.WEEKLY,
}
ELSEWHERE = {"Europe/Berlin": "Asia/Kolkata", "Asia/Kolkata": "America/New_York"}


@dataclass
class Story:
    """One board's half-year."""

    zone: str
    frequency: Frequency
    truth: Truth

    def __post_init__(self) -> None:
        elsewhere = ELSEWHERE.get(self.zone, "Europe/Berlin")
        hospital = a_hospital()
        self.coordinator = a_person(hospital=hospital, time_zone=self.zone)
        self.member = a_person(hospital=hospital, time_zone=elsewhere)
        self.comer = a_person(hospital=hospital, time_zone=self.zone)
        self.guest = a_person(hospital=hospital, time_zone=elsewhere)
        self.board: Board = a_board(
            (self.coordinator, BoardRole.COORDINATOR),
            (self.member, BoardRole.CORE),
            hospital=hospital,
            time_zone=self.zone,
        )
        self.slots: dict[Slot, datetime] = {}
        self.gone: set[Slot] = set()

    @property
    def by(self) -> Actor:
        return an_actor(self.coordinator, datetime.now(UTC).replace(microsecond=0))

    def acts(self) -> Iterator[Callable[[], None]]:
        """Each act of the half-year, a fortnight between two."""
        yield self.begins
        # Before any date is moved: sabre/vobject 2.1.7 shows a first date that is moved at both its hours.
        yield self.somebody_comes
        yield self.one_is_moved
        yield self.one_is_cancelled
        yield self.one_is_restored
        yield self.a_guest_is_invited
        yield self.this_and_later
        yield self.the_room_changes
        yield self.the_name_changes
        yield self.a_member_leaves_later
        yield self.somebody_leaves_now
        yield self.somebody_comes_back
        yield self.an_extra_date

    def begins(self) -> None:
        first = date(2026, 8, 12)
        week = (first.day - 1) // 7 + 1 if self.frequency is Frequency.MONTHLY else None
        place = {"room": self.board.room, "video_link": self.board.video_link}
        rule = Rule(
            frequency=self.frequency,
            first_day=first,
            start=time(9, 30),
            minutes=60,
            week=week,
            last_day=None,
            **place,
        )
        self.series, _ = series.begin(self.board, rule, self.by)
        self._now_hold(self._by_hand(first, time(9, 30)), self.coordinator, self.member)

    def one_is_moved(self) -> None:
        meeting, slot = self._coming(1)
        to = meeting.starts_at + timedelta(hours=26, minutes=30)
        act = replace(meetings.as_it_is(meeting), starts_at=to, ends_at=to + timedelta(minutes=45), why="theatre")
        meetings.move(meeting, act, self.by, mails_wait=timedelta())
        self._now_hold({slot: to}, *self._members())

    def one_is_cancelled(self) -> None:
        meeting, slot = self._coming(2)
        meetings.cancel(meeting, CancelMeeting("holiday", meeting.version), self.by)
        self.cancelled, self.cancelled_slot = meeting, slot
        self.gone.add(slot)
        for person in self._members():
            self.truth.take_out(person.email, slot)

    def one_is_restored(self) -> None:
        if self.cancelled.starts_at <= self.by.at:
            return
        meetings.restore(self.cancelled, self.by, version=self.cancelled.version)
        self.gone.clear()
        self._now_hold({self.cancelled_slot: self.slots[self.cancelled_slot]}, *self._members())

    def somebody_comes(self) -> None:
        board_members.add(self.board, self.comer, BoardRole.CORE, self.by)
        self.truth.put(self.comer.email, self._from(self.by.at))

    def a_guest_is_invited(self) -> None:
        meeting, slot = self._coming(1)
        patient = a_patient(MARKER)
        a_care_team_member(patient, self.guest)
        a_listed_case(meeting, a_case(self.board, self.coordinator, patient=patient))
        agenda.publish(meeting, self.by, version=meeting.version)
        self.truth.put(self.guest.email, {slot: self.slots[slot]})
        self.published = slot

    def this_and_later(self) -> None:
        meeting, _ = self._coming(3)
        assert meeting.recurs_at
        kept = meeting.recurs_at
        old = meeting.recurs_at.astimezone(ZoneInfo(self.zone)).date()
        first = old + timedelta(days=1)
        rule = series.rule_of(self.series)
        week = (first.day - 1) // 7 + 1 if rule.week else None
        new = replace(rule, first_day=first, start=time(15, 15), week=week)
        change = ChangeSeries(rule=new, since=kept, why="another theatre list", version=self.series.version)
        series.change(self.series, change, self.by)
        self.entry_begins = kept
        self._restart(kept, first, time(15, 15), week)
        self.series = questions.series_of_board(self.board.id)[-1]

    def the_room_changes(self) -> None:
        act = replace(series.rule_of(self.series), room="Linden 1")
        series.change(self.series, ChangeSeries(rule=act, since=None, why="", version=self.series.version), self.by)

    def the_name_changes(self) -> None:
        policy = replace(policy_of(self.board), name=f"{self.board.name} and sarcoma")
        boards.change_policy(self.board, ChangePolicy(policy, self.board.version), self.by)

    def a_member_leaves_later(self) -> None:
        last_day = self.by.at.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=20)
        board_members.leave(self._membership(self.member), self.by, last_day=last_day)
        end = datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(self.zone)).astimezone(UTC)
        self.truth.drop_from(self.member.email, self.board.slug, end)

    def somebody_leaves_now(self) -> None:
        board_members.leave(self._membership(self.comer), self.by)
        older = [each for each in self.slots.values() if self.by.at < each < self.entry_begins]
        # An entry whose dates are all over stays; one with a date to come goes whole.
        since = RANGE[0] if older else self.entry_begins
        self.truth.drop_from(self.comer.email, self.board.slug, since)

    def somebody_comes_back(self) -> None:
        board_members.add(self.board, self.comer, BoardRole.CORE, self.by)
        self.truth.put(self.comer.email, self._from(self.by.at))

    def an_extra_date(self) -> None:
        """Beside the series: everybody on the board is invited to it at once."""
        starts_at = self.by.at + timedelta(days=3, hours=2)
        meetings.add_meeting(self.board, meetings.PlanMeeting(starts_at, starts_at + timedelta(minutes=30)), self.by)
        slot = (self.board.slug, 9999)
        self._now_hold({slot: starts_at}, self.coordinator, self.comer)

    def _by_hand(self, first: date, at: time, week: int | None = None) -> dict[Slot, datetime]:
        if self.frequency is Frequency.MONTHLY:
            found = monthly(first, at, self.zone, LAST_DAY, week=week or (first.day - 1) // 7 + 1)
        else:
            days = 7 if self.frequency is Frequency.WEEKLY else 14
            found = weekly(first, at, self.zone, LAST_DAY, days=days)
        return {(self.board.slug, number): start for number, start in enumerate(found)}

    def _now_hold(self, slots: dict[Slot, datetime], *who: Person) -> None:
        self.slots |= slots
        for person in who:
            self.truth.put(person.email, slots)

    def _restart(self, kept: datetime, first: date, at: time, week: int | None) -> None:
        """From that date on the dates by the new rule, in order, under the old names; moved ones stay as they are."""
        by_old = sorted(self._by_hand(date(2026, 8, 12), time(9, 30)).items(), key=lambda each: each[0][1])
        names = [slot for slot, start in by_old if start >= kept]
        new = [start for _, start in sorted(self._by_hand(first, at, week).items(), key=lambda each: each[0][1])]
        old = dict(by_old)
        for person in self._members():
            for name in names:
                if self.slots[name] == old[name]:
                    self.truth.take_out(person.email, name)
        moved = {name: self.slots[name] for name in names if self.slots[name] != old[name]}
        for name in names:
            if name not in moved:
                del self.slots[name]
        renamed = {name: start for name, start in zip(names, new, strict=False) if name not in moved}
        extra = {(self.board.slug, 500 + place): start for place, start in enumerate(new[len(names) :])}
        self._now_hold(renamed | moved | extra, *self._members())
        if self.published in renamed:
            self.truth.put(self.guest.email, {self.published: renamed[self.published]})

    def _coming(self, place: int) -> tuple[Meeting, Slot]:
        """The date so many places ahead, none of them moved, with its name."""
        found = [
            each
            for each in questions.dates_of(self.series.id)
            if each.starts_at > self.by.at and each.recurs_at == each.starts_at and each.state.value != "cancelled"
        ]
        meeting = found[place]
        (slot,) = [slot for slot, start in self.slots.items() if start == meeting.starts_at]
        return meeting, slot

    def _from(self, instant: datetime) -> dict[Slot, datetime]:
        return {slot: start for slot, start in self.slots.items() if start > instant and slot not in self.gone}

    def _members(self) -> list[Person]:
        present = member_questions.present_members(self.board.id, self.by.at)
        return [member.person for member in present]

    def _membership(self, person: Person) -> BoardMember:
        return member_questions.memberships_since(self.board.id, person.id, self.by.at)[0]


def tell(truth: Truth) -> Iterator[str]:
    """Lives the half-year, an act of every board each fortnight; names each round once its acts are committed."""
    with time_machine.travel(BEGIN, tick=True):
        stories = [Story(zone, frequency, truth) for zone, frequency in ZONES.items()]
    rounds = list(zip(*(story.acts() for story in stories), strict=True))
    for number, acts in enumerate(rounds):
        with time_machine.travel(BEGIN + timedelta(days=1 + 9 * number), tick=True):
            for act in acts:
                with transaction():
                    act()
            yield acts[0].__name__
