"""Opening a board, and who sits on it."""

import re
from dataclasses import dataclass
from datetime import datetime

from tumorboard.domain import audit, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Notice, Person
from tumorboard.storage.queries import board_members as questions
from tumorboard.storage.queries import boards, meetings, people
from tumorboard.vocabulary import AuditAct, BoardRole, MeetingState, Permission


@dataclass(frozen=True)
class AddBoard:
    """A new board, and who coordinates it."""

    name: str
    """The tumor's name alone: "Breast"."""
    hospital: str
    """The hospital's short name."""
    time_zone: str
    room: str
    coordinator_email: str
    video_link: str = ""
    minutes_per_case: int = 8
    meeting_minutes: int = 60


def add_board(act: AddBoard, at: datetime) -> Board:
    """A board with its coordinator, who adds the other members."""
    hospital, coordinator = people.hospital_called(act.hospital), people.person_with_email(act.coordinator_email)
    if hospital is None or coordinator is None:
        raise Refused(Code.WRONG, "Add the hospital and the coordinator first, then the board.")
    board = Board(
        name=act.name,
        slug=re.sub(r"[^a-z0-9]+", "-", act.name.lower()).strip("-"),
        hospital=hospital,
        time_zone=act.time_zone,
        room=act.room,
        video_link=act.video_link,
        minutes_per_case=act.minutes_per_case,
        meeting_minutes=act.meeting_minutes,
    )
    db.session.add(BoardMember(board=board, person=coordinator, board_role=BoardRole.COORDINATOR, joined_at=at))
    return board


def open_board(slug: str, by: Actor, permission: Permission = Permission.SEE_BOARD) -> Board:
    """The board at this address, for somebody who may see it."""
    board = boards.board_at(slug)
    if board is None:
        raise absent()
    demand(by.person, permission, board)
    return board


def add_member(board: Board, person: Person, board_role: BoardRole, by: Actor) -> list[Notice]:
    """Puts a person on the board; of its published meetings they are told, and nobody else is."""
    demand(by.person, Permission.CHANGE_MEMBERS, board)
    boards.hold(board.id)
    if person.deactivated_at is not None or person.office is not None:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    if questions.present_member(board.id, person.id):
        raise Refused(Code.NOT_NOW, "This person is on the board already.", field="person")
    db.session.add(BoardMember(board=board, person=person, board_role=board_role, joined_at=by.at))
    return _tell(board, person, by)


def remove_member(board: Board, person: Person, by: Actor) -> list[Notice]:
    """Takes a person off the board; their calendar lets go of its meetings, and nobody else hears of it."""
    demand(by.person, Permission.CHANGE_MEMBERS, board)
    boards.hold(board.id)
    member = questions.present_member(board.id, person.id)
    if member is None:
        raise Refused(Code.NOT_NOW, "This person is not on the board any more.")
    if member.board_role is BoardRole.COORDINATOR and _is_last_coordinator(board):
        raise Refused(Code.NOT_NOW, "A board needs a coordinator. Add the next one first, then take this one off.")
    member.left_at = by.at
    return _tell(board, person, by)


def _tell(board: Board, person: Person, by: Actor) -> list[Notice]:
    db.session.flush()
    audit.record(by, AuditAct.MEMBERS_CHANGED, subjects=[board.id, person.id])
    published = [
        meetings.meeting_to_change(meeting.id)
        for meeting in meetings.coming_meetings_of_board(board.id, by.at)
        if meeting.state is MeetingState.PUBLISHED
    ]
    return [
        notice for meeting in published if meeting for notice in invitations.settle_people(meeting, {person.id}, by)
    ]


def _is_last_coordinator(board: Board) -> bool:
    roles = [member.board_role for member in questions.present_members(board.id)]
    return roles.count(BoardRole.COORDINATOR) == 1
