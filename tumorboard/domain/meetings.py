"""Planning, opening, moving and cancelling a meeting."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.domain import agenda_mail, audit, cases, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.lifecycle import advance, require_version
from tumorboard.domain.lifecycles import MEETING
from tumorboard.domain.mail_text import require_no_patient
from tumorboard.domain.notices import cancel_meeting_notices, refresh_meeting_notices
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, Board, Case, Meeting, Notice
from tumorboard.storage.queries import agendas, boards, series
from tumorboard.storage.queries import meetings as questions
from tumorboard.vocabulary import AuditAct, CaseAction, MeetingAction, MeetingState, Permission

FURTHEST = timedelta(days=2 * 366)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=10)


@dataclass(frozen=True)
class PlanMeeting:
    """When a meeting is to be, and its room and video link: those of the board where none are given."""

    starts_at: datetime
    ends_at: datetime
    place: tuple[str, str] | None = None


@dataclass(frozen=True)
class MoveMeeting:
    """When and where a meeting is to be, and why; ``why`` goes into mails and is never about a patient."""

    starts_at: datetime
    ends_at: datetime
    room: str
    video_link: str
    why: str
    version: int

    @property
    def hours(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at

    @property
    def place(self) -> tuple[str, str]:
        return self.room, self.video_link


@dataclass(frozen=True)
class CancelMeeting:
    """Why a meeting is cancelled, in words that go into mails and are never about a patient."""

    why: str
    version: int


def add_meeting(board: Board, act: PlanMeeting, by: Actor) -> tuple[Meeting, list[Notice]]:
    """Plans a meeting; beside a series its members have it in their calendars at once, as they have the other dates."""
    meeting = plan_meeting(board, act, by)
    return meeting, invite_at_once(meeting, by) if is_in_series(board, by.at) else []


def is_in_series(board: Board, at: datetime) -> bool:
    """Whether the board's dates stand in its members' calendars before an agenda is published."""
    return bool(series.lasting_series(at.astimezone(ZoneInfo(board.time_zone)).date(), board.id))


def invite_at_once(meeting: Meeting, by: Actor) -> list[Notice]:
    """Puts a planned meeting into its members' calendars; guests come with its agenda."""
    meeting.invites_at_once = True
    db.session.flush()
    return invitations.settle_all(meeting, invitations.facts_of(meeting), by)


def plan_meeting(board: Board, act: PlanMeeting, by: Actor) -> Meeting:
    """Puts a meeting into the board's plan, of which nobody hears yet."""
    demand(by, Permission.PLAN_MEETING, board)
    boards.hold(board.id)
    require_possible(board, act, by.at)
    room, video_link = act.place or (board.room, board.video_link)
    if act.place:
        require_no_patient(board.id, by, room=room, video_link=video_link)
    meeting = Meeting(
        board=board,
        starts_at=act.starts_at,
        ends_at=act.ends_at,
        room=room,
        video_link=video_link,
        state=MeetingState.PLANNED,
    )
    db.session.add(meeting)
    db.session.flush()
    audit.record(by, AuditAct.MEETING_PLANNED, subjects=[meeting.id])
    return meeting


def require_possible(board: Board, act: PlanMeeting, at: datetime) -> None:
    """Refuses a time at which the board cannot meet: over, too far ahead, too short or long, or taken."""
    _require_sensible_time(act.starts_at, act.ends_at, at)
    _require_free_time(board, act.starts_at)


def open_meeting(meeting_id: UUID, by: Actor, permission: Permission = Permission.SEE_MEETING) -> Meeting:
    """The meeting without its cases, for somebody who may see it."""
    meeting = questions.meeting(meeting_id)
    if meeting is None:
        raise absent()
    demand(by, permission, meeting)
    return meeting


def meeting_to_change(meeting_id: UUID, by: Actor, permission: Permission) -> Meeting:
    """The meeting, locked until the transaction ends, for somebody who may change it."""
    meeting = questions.meeting_to_change(meeting_id)
    if meeting is None:
        raise absent()
    demand(by, permission, meeting)
    return meeting


def is_open(meeting: Meeting, at: datetime) -> bool:
    """Whether the meeting can still be moved or cancelled, and its agenda changed and published."""
    return meeting.state in questions.OPEN and meeting.ends_at > at


def day_of(meeting: Meeting) -> date:
    """The day on which the board meets, in its own zone: what is fresh and complete is so on that day."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.board.time_zone)).date()


def day_of_discussion(case: Case, item: AgendaItem | None, by: Actor) -> date:
    """The day on which the case is discussed as far as that is known: its meeting's, the board's next, or today."""
    board = case.board
    if board is None:
        raise absent()
    meeting = item.meeting if item else questions.next_meetings([board.id], by.at).get(board.id)
    return day_of(meeting) if meeting else by.at.astimezone(ZoneInfo(board.time_zone)).date()


def is_cancelled_yet(meeting: Meeting, at: datetime) -> bool:
    """Whether the meeting is cancelled and could still take place."""
    return meeting.state is MeetingState.CANCELLED and meeting.starts_at > at


def as_it_is(meeting: Meeting) -> MoveMeeting:
    """When and where the meeting is now, and the reason of its last change: what an undo goes back to."""
    return MoveMeeting(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        room=meeting.room,
        video_link=meeting.video_link,
        why=meeting.state_note,
        version=meeting.version,
    )


def move(meeting: Meeting, act: MoveMeeting, by: Actor, *, mails_wait: timedelta) -> list[Notice]:
    """Moves the meeting to another time, another place or both.

    Whoever holds an entry is told after ``mails_wait``, so that a slip can be undone unheard.
    """
    return _move(meeting, act, by, due_at=by.at + mails_wait, told_why=act.why)


def move_back(meeting: Meeting, act: MoveMeeting, by: Actor) -> list[Notice]:
    """Undoes a move. Whoever was told of it after all is told at once, without the reason of an older move."""
    return _move(meeting, act, by, due_at=by.at, told_why="")


def _move(meeting: Meeting, act: MoveMeeting, by: Actor, *, due_at: datetime, told_why: str) -> list[Notice]:
    demand(by, Permission.CHANGE_MEETING, meeting)
    if not is_open(meeting, by.at):
        raise Refused(Code.NOT_NOW, "This meeting cannot be moved any more: it is over, live or cancelled.")
    require_version(meeting, act.version)
    _require_another_time_or_place(meeting, act, by.at)
    require_no_patient(meeting.board_id, by, reason=act.why, room=act.room, video_link=act.video_link)
    (meeting.starts_at, meeting.ends_at), (meeting.room, meeting.video_link) = act.hours, act.place
    meeting.state_note = act.why
    facts = replace(invitations.facts_of(meeting), why=told_why)
    refresh_meeting_notices(meeting, facts)
    agenda_mail.wait_no_longer_than(meeting, due_at)
    audit.record(
        by,
        AuditAct.MEETING_MOVED,
        subjects=[meeting.id],
        details={"to": act.starts_at.isoformat(), "room": act.room},
    )
    return invitations.settle_all(meeting, facts, by, why=told_why, due_at=due_at)


def cancel(meeting: Meeting, act: CancelMeeting, by: Actor) -> list[Notice]:
    """Cancels the meeting: calendars let go of it, its cases go back to the queue as accepted."""
    advance(meeting, MeetingAction.CANCEL, MEETING, by, version=act.version)
    require_no_patient(meeting.board_id, by, reason=act.why)
    meeting.state_note = act.why
    items = agendas.listed_items(meeting.id)
    for item in items:
        item.taken_off_at = by.at
        cases.move_on(item.case, CaseAction.TAKE_OFF_AGENDA, by, note="The meeting was cancelled.")
    cancel_meeting_notices(meeting)
    audit.record(by, AuditAct.MEETING_CANCELLED, subjects=[meeting.id])
    facts = invitations.facts_of(meeting, returned_cases=len(items))
    return invitations.settle_all(meeting, facts, by, why=act.why, due_at=by.at)


def restore(meeting: Meeting, by: Actor, *, version: int) -> list[Notice]:
    """Takes the cancelling back while the hour is still to come: planned again, with an empty agenda.

    Who holds its series has the date again at once, and so have the members where its series let go of it meanwhile;
    guests hear of it when an agenda is published.
    """
    _require_future(meeting.starts_at, by.at)
    advance(meeting, MeetingAction.RESTORE, MEETING, by, version=version)
    _require_free_time(meeting.board, meeting.starts_at, but=meeting.id)
    meeting.state_note = ""
    audit.record(by, AuditAct.MEETING_RESTORED, subjects=[meeting.id])
    return invitations.settle_all(meeting, invitations.facts_of(meeting), by, due_at=by.at)


def _require_another_time_or_place(meeting: Meeting, act: MoveMeeting, at: datetime) -> None:
    now = as_it_is(meeting)
    if act.hours != now.hours:
        _require_sensible_time(act.starts_at, act.ends_at, at)
        _require_free_time(meeting.board, act.starts_at, but=meeting.id)
    elif act.place == now.place:
        raise Refused(Code.NOT_NOW, "The meeting is then and there already. Choose another time, room or link.")


def _require_free_time(board: Board, starts_at: datetime, *, but: UUID | None = None) -> None:
    if questions.is_taken(board.id, starts_at, but):
        raise Refused(Code.WRONG, "The board has a meeting at this time already. Choose another time.", field="start")


def _require_future(starts_at: datetime, at: datetime) -> None:
    if starts_at <= at:
        raise Refused(Code.WRONG, "Choose a time that is still to come.", field="date")


def _require_sensible_time(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    _require_future(starts_at, at)
    if starts_at > at + FURTHEST:
        raise Refused(Code.WRONG, "Choose a date within the next two years.", field="date")
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise Refused(Code.WRONG, "Give the meeting between 5 minutes and 10 hours.", field="minutes")
