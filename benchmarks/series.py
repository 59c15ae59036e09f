"""Changing a series that hundreds hold, against its rows alone; its mails, against mails that share nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, Uuid, cast, create_engine, event, func, insert, inspect, select, text

from benchmarks.figure import Figure, in_turns, seconds
from benchmarks.ground import Ground
from tumorboard import clock
from tumorboard.domain import series, series_dates
from tumorboard.domain.actor import Actor
from tumorboard.domain.series import ChangeSeries, Rule
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.letter import Letter
from tumorboard.mail.render import render
from tumorboard.storage.db import Base, db
from tumorboard.storage.models import Board, BoardMember, CalendarEntry, Meeting, Notice, Person, Series
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import BoardRole, Frequency

BOARDS, MEMBERS, FEW, SOME = 60, 500, 5, 50
YEARS = timedelta(weeks=104)
_NUMBERS = count(1)


@dataclass(frozen=True)
class Held:
    """A series, and who changes it."""

    series: Series
    coordinator: Person

    def change(self) -> list[Notice]:
        """Gives all its coming dates another room: one mail for each who holds it."""
        by = Actor(self.coordinator, clock.now(), "bench", "127.0.0.1")
        with transaction():
            held = series.open_series(self.series.id, self.series.board, by)
            first = series_dates.coming(held, by.at)[0].starts_at.astimezone(ZoneInfo(held.zone)).date()
            rule = replace(series.rule_of(held), first_day=first, room=f"Linden {next(_NUMBERS)}")
            return series.change(held, ChangeSeries(rule=rule, since=None, why="", version=held.version), by)


def figures(ground: Ground) -> Iterator[Figure]:
    """60 boards of 500 members each, with two years of weekly meetings behind them and one in the plan."""
    with ground.app.app_context():
        few, many = _two_years_ago("Birch", FEW), _two_years_ago("Alder", MEMBERS)
        _multiply(ground.owner_url, many.series)
        asked = " and ".join(str(_questions(held)) for held in (few, many))
        rows = [_row(notice) for notice in many.change()]
        act, floor = in_turns(lambda: seconds(lambda: _give(many)), lambda: _insert(rows))
        letters = [_letter(notice) for notice in many.change()]
        alike, anew = in_turns(lambda: _render(letters), lambda: _render(_each_anew(letters[:SOME])))
    yield Figure(f"series of {FEW} and {MEMBERS} changed, {asked} questions / its rows", act, floor)
    yield Figure(f"one of {MEMBERS} mails that say the same / one by itself", alike, anew)


def _two_years_ago(name: str, members: int) -> Held:
    """A board with so many members, whose series began then and is planned a year ahead today."""
    now = clock.now()
    begun = now - YEARS
    with transaction():
        thoracic = db.session.scalars(select(Board).where(Board.slug == "thoracic")).one()
        board = _like(thoracic, name=name, slug=name.lower())
        coordinator = db.session.scalars(select(Person).where(Person.email == "w.inchbald@larkmoor.example")).one()
        people = [
            _like(coordinator, email=f"{name}.{n}@larkmoor.example", given_name=str(n)) for n in range(members - 1)
        ]
        roles = [(coordinator, BoardRole.COORDINATOR), *((person, BoardRole.CORE) for person in people)]
        db.session.add_all([board, *people])
        db.session.flush()
        db.session.add_all(
            BoardMember(board_id=board.id, person_id=person.id, board_role=role, joined_at=begun)
            for person, role in roles
        )
        day = begun.astimezone(ZoneInfo(board.time_zone)).date() + timedelta(days=1)
        rule = Rule(
            frequency=Frequency.WEEKLY,
            first_day=day,
            start=time(13),
            minutes=60,
            week=None,
            last_day=None,
            room=board.room,
            video_link=board.video_link,
        )
        made, _ = series.begin(board, rule, Actor(coordinator, begun, "bench", "127.0.0.1"))
        series.keep_planned(made.id, now)
    return Held(made, coordinator)


def _like(row: Any, **other: Any) -> Any:
    columns = inspect(type(row)).column_attrs.keys()
    return type(row)(**{name: getattr(row, name) for name in columns if name != "id"} | other)


def _multiply(owner_url: str, of: Series) -> None:
    """As many boards as that, each with all that this one has."""
    entries = select(CalendarEntry.id).where(CalendarEntry.series_id == of.id)
    belonging: dict[type[Base], ColumnElement[bool]] = {
        Board: Board.id == of.board_id,
        BoardMember: BoardMember.board_id == of.board_id,
        Series: Series.id == of.id,
        Meeting: Meeting.series_id == of.id,
        CalendarEntry: CalendarEntry.series_id == of.id,
        Notice: Notice.calendar_entry_id.in_(entries),
    }
    engine = create_engine(owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for number in range(2, BOARDS + 1):
            for model, which in belonging.items():
                columns = list(inspect(model).columns)
                rows = select(*(_copied(column, str(number)) for column in columns)).where(which)
                connection.execute(insert(model).from_select(columns, rows, include_defaults=False))
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _copied(column: ColumnElement[Any], number: str) -> ColumnElement[Any]:
    """The column in the copy of that number, which has keys of its own."""
    if column.key in ("id", "board_id", "series_id", "meeting_id", "calendar_entry_id"):
        return cast(func.md5(cast(column, Text) + number), Uuid)
    if column.key == "token":
        return func.md5(column + number)
    return column + f"-{number}" if column.key in ("name", "slug", "uid", "dedupe_key") else column


def _questions(held: Held) -> int:
    """How many statements a change sends to the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    held.change()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def _give(held: Held) -> None:
    db.session.expire_all()
    held.change()


def _row(notice: Notice) -> dict[str, Any]:
    return {each.key: getattr(notice, each.key) for each in inspect(Notice).column_attrs}


def _insert(rows: list[dict[str, Any]]) -> float:
    """The notices of one change, as fast as they can be written."""
    fresh = [row | {"id": uuid4(), "dedupe_key": str(uuid4())} for row in rows]

    def write() -> None:
        db.session.execute(insert(Notice), fresh)
        db.session.commit()

    return seconds(write)


def _letter(notice: Notice) -> Letter:
    return letter_of(notice, base_url="https://boards.larkmoor.example", mail_from="boards@larkmoor.example")


def _render(letters: list[Letter]) -> float:
    def write() -> None:
        for letter in letters:
            render(letter)

    return seconds(write) / len(letters)


def _each_anew(letters: list[Letter]) -> list[Letter]:
    """Letters that share no word with another: each goes to somebody for a reason of their own."""
    return [replace(letter, reason=f"you are number {next(_NUMBERS)}") for letter in letters]
