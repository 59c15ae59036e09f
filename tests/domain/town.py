"""A board with its people and their calendars, half a year of dates ahead: where tests of series take place."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.calendars.holder import Holder
from tests.factories import (
    NEW_YORK,
    a_board,
    a_person,
    an_actor,
    an_instant,
)
from tumorboard.domain import boards, series
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import policy_of
from tumorboard.domain.boards import ChangePolicy, PolicyEffect
from tumorboard.domain.series import ChangeSeries, Rule
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.render import render
from tumorboard.storage.db import db
from tumorboard.storage.models import Meeting, Notice, Person, Series
from tumorboard.storage.queries import series as questions
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency, NoticeKind, NoticeState

CLOCK = ZoneInfo(NEW_YORK)
NOW = an_instant() + timedelta(hours=1)
"""Beyond the instant at which the rows of a test begin."""
HALF_A_YEAR = timedelta(days=182)


class Town:
    """A board with its people, each with a calendar that takes every mail as it goes out."""

    def __init__(self) -> None:
        self.at = NOW
        self.coordinator, self.pathologist, self.other = a_person(), a_person(), a_person()
        self.board = a_board((self.coordinator, BoardRole.COORDINATOR), (self.pathologist, BoardRole.CORE))
        self.calendars: dict[object, Holder] = {}

    @property
    def by(self) -> Actor:
        return an_actor(self.coordinator, self.at)

    def later(self, time: timedelta) -> None:
        self.at += time

    def post(self) -> dict[Person, list[NoticeKind]]:
        """Sends what waits, as the workers would, and says who got what."""
        got: dict[Person, list[NoticeKind]] = {}
        waiting = select(Notice).where(Notice.state == NoticeState.OWED).order_by(Notice.created_at, Notice.id)
        for notice in db.session.scalars(waiting).all():
            raw = render(letter_of(notice, base_url="https://tb.example", mail_from="boards@tb.example"))
            self.calendar(notice.person).receive(message_from_bytes(raw, policy=default))
            notice.state, notice.sent_at, notice.due_at = NoticeState.SENT, self.at, None
            got.setdefault(notice.person, []).append(notice.kind)
        db.session.commit()
        return got

    def calendar(self, person: Person) -> Holder:
        return self.calendars.setdefault(person.id, Holder())

    def starts(self, person: Person, until: timedelta = HALF_A_YEAR) -> list[datetime]:
        return self.calendar(person).starts(self.at, NOW + until)

    def begin(self, rule: Rule, *skipped: date) -> Series:
        with transaction():
            made, _ = series.begin(self.board, rule, self.by, skipped=skipped)
        return made

    def change_policy(self, **parts: object) -> PolicyEffect:
        with transaction():
            policy = replace(policy_of(self.board), **parts)  # type: ignore[arg-type]
            return boards.change_policy(self.board, ChangePolicy(policy, self.board.version), self.by)

    def change(self, of: Series, since: datetime | None = None, **what: object) -> None:
        rule = replace(series.rule_of(of), **what)  # type: ignore[arg-type]
        with transaction():
            held = series.open_series(of.id, self.board, self.by)
            series.change(held, ChangeSeries(rule=rule, since=since, why="theatre", version=held.version), self.by)


def rule(first_day: date | None = None, **what: object) -> Rule:
    """Every week from a week from now on, at 13:00 for 90 minutes."""
    day = first_day or (NOW.astimezone(CLOCK).date() + timedelta(days=7))
    usual = Rule(
        frequency=Frequency.WEEKLY,
        first_day=day,
        start=time(13),
        minutes=90,
        week=None,
        last_day=None,
        room="Aspen 2",
        video_link="https://video.larkmoor.example/aspen-2",
    )
    return replace(usual, **what)  # type: ignore[arg-type]


def by_hand(first: date, start: time, *, days: int = 7, until: timedelta = HALF_A_YEAR) -> list[datetime]:
    """The dates by plain reckoning on the board's clocks."""
    found, day = [], first
    while (instant := datetime.combine(day, start, CLOCK).astimezone(UTC)) < NOW + until:
        found.append(instant)
        day += timedelta(days=days)
    return found


def dates(of: Series) -> list[Meeting]:
    return questions.dates_of(of.id)
