"""Adding a board, and opening one."""

import re
from dataclasses import dataclass
from datetime import datetime

from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember
from tumorboard.storage.queries import boards, people
from tumorboard.vocabulary import BoardRole, Permission


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
    demand(by, permission, board)
    return board
