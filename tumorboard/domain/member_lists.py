"""Many people put on a board at once: those who are here join, and who has no account is invited and joins."""

from dataclasses import dataclass

from tumorboard.domain import board_members, people
from tumorboard.domain.actor import Actor
from tumorboard.domain.people import InvitePerson
from tumorboard.storage.models import Board, Person
from tumorboard.vocabulary import BoardRole


@dataclass(frozen=True)
class Joining:
    """Somebody of the directory, or whom to invite, and what they are to be on the board."""

    who: Person | InvitePerson
    board_role: BoardRole


def take(board: Board, joining: list[Joining], by: Actor, domains: tuple[str, ...]) -> int:
    """Puts all of them on the board, or nobody; how many of them were invited to join the service."""
    for each in joining:
        person = people.invite(each.who, by, domains) if isinstance(each.who, InvitePerson) else each.who
        board_members.add(board, person, each.board_role, by)
    return sum(isinstance(each.who, InvitePerson) for each in joining)
