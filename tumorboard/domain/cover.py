"""Which disciplines a board has, and how many of each."""

from collections import Counter
from datetime import datetime

from tumorboard.storage.models import Board, BoardMember
from tumorboard.storage.queries import board_members
from tumorboard.vocabulary import BoardRole, Discipline


def of_board(board: Board, at: datetime) -> dict[Discipline, int]:
    """How many members the board has then of each discipline that its quorum needs, and of every other on it."""
    counts = Counter(member.person.discipline for member in board_members.present_members(board.id, at))
    return {each: counts[each] for each in Discipline if each in board.required_disciplines or counts[each]}


def thin(board: Board, members: list[BoardMember]) -> list[tuple[Discipline, int]]:
    """Which required disciplines depend on one member or have none, so that an absence leaves no quorum."""
    counts = Counter(member.person.discipline for member in members)
    return [(each, counts[each]) for each in map(Discipline, board.required_disciplines) if counts[each] < 2]


def leads_alone(member: BoardMember, at: datetime) -> bool:
    """Whether the board would have no chair, or no coordinator, without this member."""
    leads = (BoardRole.CHAIR, BoardRole.COORDINATOR)
    others = (each for each in board_members.present_members(member.board_id, at) if each.id != member.id)
    return member.board_role in leads and all(each.board_role is not member.board_role for each in others)


def is_alone(member: BoardMember, at: datetime) -> bool:
    """Whether the board would have nobody of the member's discipline without them."""
    return of_board(member.board, at).get(member.person.discipline, 0) <= 1
