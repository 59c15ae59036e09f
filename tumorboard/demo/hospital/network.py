"""Founds the invented network: the rows that no act of the domain makes, and whoever acts in what follows."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from tumorboard.demo.hospital.boards import BoardRecord
from tumorboard.demo.hospital.people import HOSPITALS, PASSWORD, PEOPLE
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import board_members, boards, passwords
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_kinds import first_policy, kind_called
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Hospital, Person
from tumorboard.storage.queries import board_members as questions
from tumorboard.vocabulary import BoardRole, Office

FOUNDED = timedelta(days=400)
"""How long before the seeding the network began."""


@dataclass(frozen=True)
class Network:
    """Hospitals by short name, and people by family name."""

    hospitals: dict[str, Hospital]
    people: dict[str, Person]

    def actor(self, family_name: str, at: datetime) -> Actor:
        """This person at that time, at the machine that seeds."""
        return Actor(self.people[family_name], at, request_id="demo-seed", address="127.0.0.1")


def found_network(now: datetime) -> Network:
    """Hospitals and people, everybody with the one password of the demo."""
    hospitals = {each.short_name: Hospital(**asdict(each)) for each in HOSPITALS}
    password_hash = passwords.hash_password(PASSWORD)  # once: it is slow on purpose
    people = {
        each.family_name: Person(
            email=each.email,
            family_name=each.family_name,
            given_name=each.given_name,
            discipline=each.discipline,
            office=each.office,
            hospital=hospitals[each.hospital],
            time_zone=each.time_zone,
            password_hash=password_hash,
            demo=True,
            created_at=now - FOUNDED,
            joined_at=now - FOUNDED,
        )
        for each in PEOPLE
    }
    db.session.add_all([*hospitals.values(), *people.values()])
    db.session.flush()
    return Network(hospitals, people)


def found_board(record: BoardRecord, network: Network, now: datetime) -> Board:
    """The board, with its members as the administrator put them on it."""
    kind = kind_called(record.name)
    hospital = network.hospitals[record.hospital]
    usual = first_policy(kind, name=record.name, hospital=hospital, time_zone=record.time_zone, room=record.room)
    policy = replace(
        usual,
        further_hospitals=tuple(each for each in network.hospitals.values() if each is not hospital),
        video_link=record.video_link,
        minutes_per_case=record.minutes_per_case,
        case_type_minutes={},
        meeting_minutes=record.meeting_minutes,
        standing_text=record.standing_text,
    )
    board = boards.found_board(policy, network.people[record.coordinator], now - FOUNDED)
    administrator = next(name for name, person in network.people.items() if person.office is Office.ADMINISTRATOR)
    by = network.actor(administrator, now - FOUNDED)
    for name, board_role in record.members:
        if board_role is not BoardRole.COORDINATOR:
            board_members.add(board, network.people[name], board_role, by)
    return board


def tell_changes(record: BoardRecord, board: Board, network: Network, story: Story, now: datetime) -> None:
    """Who leaves the board and who comes, on days that are still to be."""
    by, today = network.actor(record.coordinator, now), board_members.today_of(board, now)
    for name, days in record.leaving:
        (member,) = questions.memberships_since(board.id, network.people[name].id, now)
        story.add(now, partial(board_members.leave, member, by, last_day=today + timedelta(days=days)))
    for name, board_role, days in record.coming:
        first_day = today + timedelta(days=days)
        story.add(now, partial(board_members.add, board, network.people[name], board_role, by, first_day=first_day))
