"""Adding a board, opening one, and changing its policy."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tumorboard.domain import audit, invitations, series
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_kinds import first_policy, kind_called
from tumorboard.domain.board_policy import Policy, policy_of, put_in_force
from tumorboard.domain.lifecycle import require_version
from tumorboard.domain.mail_text import require_no_patient
from tumorboard.domain.notices import refresh_meeting_notices
from tumorboard.domain.permissions import demand
from tumorboard.domain.policy_words import sentences
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, BoardMember, BoardVersion, Meeting, Notice, Person
from tumorboard.storage.queries import board_versions, boards, meetings, people
from tumorboard.vocabulary import AuditAct, BoardRole, MeetingState, Permission, PolicyPart


@dataclass(frozen=True)
class AddBoard:
    """A new board, and who coordinates it, as the command line says it."""

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


@dataclass(frozen=True)
class ChangePolicy:
    """The policy as it is to be; ``version`` is the board's as the person had it in sight."""

    policy: Policy
    version: int


@dataclass(frozen=True)
class PolicyEffect:
    """What a change did: to the board's coming meetings, and whom it tells."""

    parts: list[PolicyPart]
    """What reads differently now; none where nothing has changed."""
    follow: list[Meeting] = field(default_factory=list)
    """Planned meetings that were moved to the new place or length."""
    stay: list[Meeting] = field(default_factory=list)
    """Coming meetings that keep another: published ones, and those that somebody has given a place of their own."""
    owed: list[Notice] = field(default_factory=list)


def add_board(act: AddBoard, at: datetime) -> Board:
    """A board with its coordinator, who adds the other members."""
    hospital, coordinator = people.hospital_called(act.hospital), people.person_with_email(act.coordinator_email)
    if hospital is None or coordinator is None:
        raise Refused(Code.WRONG, "Add the hospital and the coordinator first, then the board.")
    policy = first_policy(
        kind_called(act.name), name=act.name, hospital=hospital, time_zone=act.time_zone, room=act.room
    )
    policy = replace(
        policy,
        video_link=act.video_link,
        minutes_per_case=act.minutes_per_case,
        meeting_minutes=act.meeting_minutes,
    )
    return found_board(policy, coordinator, at)


def begin_board(policy: Policy, coordinator: Person, by: Actor) -> Board:
    """A new board in the browser. Whoever coordinates by discipline coordinates it; an administrator names somebody."""
    held = demand(by, Permission.ADD_BOARD)
    if by.person.id != coordinator.id and not held.may(Permission.CHANGE_PERSON):
        raise Refused(Code.NOT_ALLOWED, "Only an administrator founds a board for somebody else.")
    if coordinator.has_left(by.at) or coordinator.office is not None or coordinator.external:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="coordinator")
    _refuse_taken(policy.name)
    _refuse_unfit_deadlines(policy)
    board = found_board(policy, coordinator, by.at)
    audit.record(by, AuditAct.BOARD_ADDED, subjects=[board.id, coordinator.id])
    return board


def found_board(policy: Policy, coordinator: Person, at: datetime) -> Board:
    """A board with the first version of its policy and with its coordinator."""
    board = Board(slug=_slug_of(policy.name), version=1)
    put_in_force(board, policy)
    db.session.add(BoardMember(board=board, person=coordinator, board_role=BoardRole.COORDINATOR, joined_at=at))
    db.session.flush()
    _keep_version(board, at, None)
    return board


def open_board(slug: str, by: Actor, permission: Permission = Permission.SEE_BOARD) -> Board:
    """The board at this address, for somebody who may see it."""
    board = boards.board_at(slug)
    if board is None:
        raise absent()
    demand(by, permission, board)
    return board


def change_policy(board: Board, act: ChangePolicy, by: Actor) -> PolicyEffect:
    """Puts the policy in force, keeps it as the next version, and lets coming planned meetings follow.

    A meeting whose agenda is published stays where people were invited to. Refused when it says what cannot be, or
    when somebody else has changed the policy since.
    """
    demand(by, Permission.EDIT_POLICY, board)
    boards.hold(board.id)
    db.session.refresh(board)
    require_version(board, act.version)
    before = policy_of(board)
    changed = _differing(before, act.policy)
    if not changed:
        return PolicyEffect([])
    _refuse_unfit(board, act.policy, by)
    if board_versions.latest(board.id) is None:
        _keep_version(board, None, None)
    put_in_force(board, act.policy)
    board.version += 1
    db.session.flush()
    _keep_version(board, by.at, by.person)
    for part in changed:
        details: dict[str, str | int] = {"part": part.value, "version": board.version}
        audit.record(by, AuditAct.POLICY_CHANGED, subjects=[board.id], details=details)
    follow, stay = _let_meetings_follow(board, before, by.at)
    hours = {each: each.starts_at for each in meetings.coming_meetings_of_board(board.id, by.at)}
    owed = series.follow_board(board, (before.room, before.video_link), by)
    follow += [each for each, starts_at in hours.items() if each.starts_at != starts_at and each not in follow]
    return PolicyEffect(
        changed,
        follow,
        [each for each in stay if each not in follow],
        owed + _rename(board, before, by),
    )


def _rename(board: Board, before: Policy, by: Actor) -> list[Notice]:
    """Who holds a single date has the board's new name in their calendar, and in what still waits for them."""
    if board.name == before.name:
        return []
    owed: list[Notice] = []
    for meeting in meetings.coming_meetings_of_board(board.id, by.at):
        if meeting.is_known:
            facts = invitations.facts_of(meeting)
            refresh_meeting_notices(meeting, facts)
            owed += invitations.settle(meeting, facts, by)
    return owed


def _let_meetings_follow(board: Board, before: Policy, at: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """Moves meetings without invitations that are as the policy was ``before``; those that follow, those that stay."""
    old = (before.room, before.video_link, before.meeting_minutes)
    new = (board.room, board.video_link, board.meeting_minutes)
    if old == new:
        return [], []
    coming = [each for each in meetings.coming_meetings_of_board(board.id, at) if each.starts_at > at]
    open_ones = [each for each in coming if each.state in (MeetingState.PLANNED, MeetingState.PUBLISHED)]
    follow = [each for each in open_ones if not each.is_known and _follows(each, board, before)]
    for meeting in follow:
        _move(meeting, board, before)
    db.session.flush()
    return follow, [each for each in open_ones if each not in follow]


def _follows(meeting: Meeting, board: Board, before: Policy) -> bool:
    same_place = (meeting.room, meeting.video_link) == (before.room, before.video_link)
    place_changes = (board.room, board.video_link) != (before.room, before.video_link)
    return (same_place and place_changes) or _gets_other_length(meeting, board, before)


def _gets_other_length(meeting: Meeting, board: Board, before: Policy) -> bool:
    """Dates of a series are as long as its rule has them."""
    return meeting.series_id is None and board.meeting_minutes != before.meeting_minutes == meeting.minutes


def _move(meeting: Meeting, board: Board, before: Policy) -> None:
    if (meeting.room, meeting.video_link) == (before.room, before.video_link):
        meeting.room, meeting.video_link = board.room, board.video_link
    if _gets_other_length(meeting, board, before):
        meeting.ends_at = meeting.starts_at + timedelta(minutes=board.meeting_minutes)


def _differing(before: Policy, after: Policy) -> list[PolicyPart]:
    """The parts that read differently; of what no sentence says, the link of the video, the place where it stands."""
    was, now = sentences(before), sentences(after)
    changed = {part for part in PolicyPart if was[part] != now[part]}
    if before.video_link != after.video_link:
        changed.add(PolicyPart.WHERE)
    if before.kind != after.kind:
        changed.add(PolicyPart.TAKES)
    return [part for part in PolicyPart if part in changed]


def _refuse_unfit(board: Board, policy: Policy, by: Actor) -> None:
    _refuse_unfit_deadlines(policy)
    _refuse_taken(policy.name, but=board)
    places = {"name": policy.name, "room": policy.room, "video_link": policy.video_link}
    require_no_patient(board.id, by, standing_text=policy.standing_text, **places)


def _refuse_unfit_deadlines(policy: Policy) -> None:
    if policy.cutoff.is_after(policy.freeze):
        raise Refused(Code.WRONG, "The cut-off comes before the freeze: choose an earlier one.", field="cutoff_days")


def _refuse_taken(name: str, *, but: Board | None = None) -> None:
    called = boards.board_called(name)
    if called is not None and called is not but:
        raise Refused(Code.WRONG, f"There is a {called.full_name} already. Choose another name.", field="name")
    if but is None and (not re.match("[a-z]", _slug_of(name)) or boards.board_at(_slug_of(name))):
        raise Refused(Code.WRONG, "Choose a name that begins with another word in plain letters.", field="name")


def _keep_version(board: Board, at: datetime | None, by: Person | None) -> None:
    content = {part.value: sentence for part, sentence in sentences(policy_of(board)).items()}
    db.session.add(
        BoardVersion(board_id=board.id, version=board.version, content=content, written_at=at, written_by=by)
    )
    db.session.flush()


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
