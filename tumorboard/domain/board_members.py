"""Who sits on a board: from when, until when, and as what. Days are the board's own, in its zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain import audit, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, Notice, Person
from tumorboard.storage.queries import board_members as questions
from tumorboard.storage.queries import boards, meetings
from tumorboard.vocabulary import AuditAct, BoardRole, Permission

LONGEST_AHEAD = timedelta(days=3660)


@dataclass(frozen=True)
class ReplaceMember:
    """Somebody leaves after ``last_day``, or now where there is none; from then on ``successor`` sits on the board."""

    successor: Person
    board_role: BoardRole
    last_day: date | None = None


def add(
    board: Board, person: Person, board_role: BoardRole, by: Actor, *, first_day: date | None = None
) -> list[Notice]:
    """Puts a person on the board, from now or a later day on.

    Of the published meetings from then on they are told, and nobody else is.
    """
    demand(by, Permission.CHANGE_MEMBERS, board)
    _require_another(person, board_role, by)
    boards.hold(board.id)
    _join(board, person, board_role, _start_of(board, first_day, by.at), field="person")
    return _tell(board, [person.id], "join", by)


def leave(member: BoardMember, by: Actor, *, last_day: date | None = None) -> list[Notice]:
    """Ends a membership, now or after ``last_day``.

    Their calendar lets go of the meetings after it at once, and nobody else hears of it.
    """
    _hold(member, by)
    _end(member, by, last_day)
    return _tell(member.board, [member.person_id], "leave", by)


def replace(member: BoardMember, act: ReplaceMember, by: Actor) -> list[Notice]:
    """One leaves and another comes in the same instant: each of the two is told, and nobody else."""
    _require_another(act.successor, act.board_role, by)
    _hold(member, by)
    since = max(_end_of(member.board, act.last_day, by.at), member.joined_at)
    _join(member.board, act.successor, act.board_role, since, field="successor")
    _end(member, by, act.last_day)
    return _tell(member.board, [member.person_id, act.successor.id], "replace", by)


def change_role(member: BoardMember, board_role: BoardRole, by: Actor) -> None:
    """From now on another role; what the person was before stays as a row of its own. No calendar changes."""
    _hold(member, by)
    if member.board_role is board_role:
        return
    _require_another(member.person, board_role, by)
    if member.board_role is BoardRole.COORDINATOR:
        _require_another_coordinator(member, max(by.at, member.joined_at))
    if member.joined_at >= by.at:
        member.board_role = board_role
    else:
        until, member.left_at = member.left_at, by.at
        db.session.flush()
        _add_row(member.board, member.person, board_role, by.at, until)
    _record(member.board, [member.person_id], "role", by)


def open_member(board: Board, member_id: UUID, by: Actor) -> BoardMember:
    """A membership of this board that is not over, for somebody who may change it."""
    demand(by, Permission.CHANGE_MEMBERS, board)
    member = questions.member_of(board.id, member_id)
    if member is None or is_over(member, by.at):
        raise absent()
    return member


def is_over(member: BoardMember, at: datetime) -> bool:
    return member.left_at is not None and member.left_at <= max(at, member.joined_at)


def today_of(board: Board, at: datetime) -> date:
    return at.astimezone(ZoneInfo(board.time_zone)).date()


def begin_of(board: Board, day: date) -> datetime:
    """The instant at which that day begins where the board meets."""
    return datetime.combine(day, time(), ZoneInfo(board.time_zone)).astimezone(UTC)


def _hold(member: BoardMember, by: Actor) -> None:
    demand(by, Permission.CHANGE_MEMBERS, member.board)
    boards.hold(member.board_id)
    db.session.refresh(member)
    if is_over(member, by.at):
        raise Refused(Code.NOT_NOW, "This person is not on the board any more.")


def _join(board: Board, person: Person, board_role: BoardRole, since: datetime, *, field: str) -> None:
    if person.has_left(since) or person.office is not None or person.external:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field=field)
    other = questions.memberships_since(board.id, person.id, since)
    if other:
        raise Refused(Code.NOT_NOW, _already(other[0], since), field=field)
    _add_row(board, person, board_role, since, None)


def _require_another(person: Person, board_role: BoardRole, by: Actor) -> None:
    """Nobody raises their own rights: another of those who may makes somebody chair or coordinator."""
    if person.id == by.person.id and board_role in (BoardRole.CHAIR, BoardRole.COORDINATOR):
        sentence = (
            f"Nobody makes themselves {board_role.label.lower()}. Ask another who leads the board, or an administrator."
        )
        raise Refused(Code.NOT_NOW, sentence)


def _already(other: BoardMember, since: datetime) -> str:
    if other.joined_at <= since:
        return "This person is on the board already."
    day = words.date_words(today_of(other.board, other.joined_at))
    return f"This person is on the board already from {day}. Take that back first."


def _end(member: BoardMember, by: Actor, last_day: date | None) -> None:
    left_at = max(_end_of(member.board, last_day, by.at), member.joined_at)
    others = questions.memberships_since(member.board_id, member.person_id, member.joined_at)
    if any(member.joined_at <= other.joined_at < left_at for other in others if other.id != member.id):
        raise Refused(
            Code.NOT_NOW, "This person has come back to the board by then. Choose an earlier day.", "last_day"
        )
    if member.board_role is BoardRole.COORDINATOR:
        _require_another_coordinator(member, left_at)
    member.left_at = left_at


def _require_another_coordinator(member: BoardMember, at: datetime) -> None:
    db.session.flush()
    if not questions.has_lasting_coordinator(member.board_id, at, but=member.id):
        raise Refused(Code.NOT_NOW, "A board needs a coordinator. Add the next one first, then take this one off.")


def _start_of(board: Board, day: date | None, at: datetime) -> datetime:
    if day is None or day == today_of(board, at):
        return at
    _require_ahead(board, day, at, field="first_day")
    return begin_of(board, day)


def _end_of(board: Board, last_day: date | None, at: datetime) -> datetime:
    if last_day is None:
        return at
    _require_ahead(board, last_day, at, field="last_day")
    return begin_of(board, last_day + timedelta(days=1))


def _require_ahead(board: Board, day: date, at: datetime, *, field: str) -> None:
    today = today_of(board, at)
    if day < today:
        raise Refused(Code.WRONG, "This day is over. Choose today or a later day.", field=field)
    if day - today > LONGEST_AHEAD:
        raise Refused(Code.WRONG, "Choose a day within the next ten years.", field=field)


def _add_row(board: Board, person: Person, board_role: BoardRole, since: datetime, until: datetime | None) -> None:
    db.session.add(BoardMember(board=board, person=person, board_role=board_role, joined_at=since, left_at=until))
    db.session.flush()


def _tell(board: Board, people: list[UUID], action: str, by: Actor) -> list[Notice]:
    db.session.flush()
    _record(board, people, action, by)
    coming = meetings.coming_meetings_of_board(board.id, by.at)
    known = [meeting for meeting in coming if meeting.is_known]
    return invitations.settle_places(people, by, of=known)


def _record(board: Board, people: list[UUID], action: str, by: Actor) -> None:
    audit.record(by, AuditAct.MEMBERS_CHANGED, subjects=[board.id, *people], details={"action": action})
