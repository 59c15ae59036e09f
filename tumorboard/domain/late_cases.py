"""Until when a case comes onto an agenda: freely until the board's cut-off, then by its rule for late additions.

A case that was submitted before the cut-off is in time until the freeze; from then on every further one is late. Taking
off, ordering and publishing the next version are not held up by either.
"""

from datetime import datetime, timedelta

from tumorboard import words
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import cutoff_of, freeze_of
from tumorboard.domain.permissions import may
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Case, Meeting
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import meetings as questions
from tumorboard.vocabulary import BoardRole, LateRule, Permission

WHY = "This case is late. Say why it cannot wait for the next meeting."


def cutoff_for(meeting: Meeting) -> datetime:
    """Until when a case is submitted for this meeting."""
    return cutoff_of(meeting.board).before(meeting.starts_at, meeting.board.time_zone)


def freeze_for(meeting: Meeting) -> datetime:
    """From when on every further case is late for it."""
    return freeze_of(meeting.board).before(meeting.starts_at, meeting.board.time_zone)


def is_late(meeting: Meeting, case: Case, at: datetime) -> bool:
    """Whether the case would come late onto the meeting's agenda at that instant."""
    return not _is_in_time(meeting, case.submitted_at or at, at)


def next_in_time(board: Board, at: datetime, submitted_at: datetime | None = None) -> Meeting | None:
    """The soonest meeting for which a case is in time that is submitted now, or was submitted then."""
    days = timedelta(days=min(board.cutoff_days, board.freeze_days) - 1)
    coming = questions.open_meetings_from(board.id, max(at, at + days))
    return next((each for each in coming if _is_in_time(each, submitted_at or at, at)), None)


def are_allowed(meeting: Meeting, by: Actor) -> bool:
    """Whether this person may list a late case, with a reason."""
    rule = meeting.board.late_rule
    return rule is LateRule.WITH_REASON or (
        rule is LateRule.WITH_APPROVAL and may(by, Permission.APPROVE_LATE_CASE, meeting)
    )


def require_allowed(meeting: Meeting, by: Actor) -> None:
    """Refuses where the board's rule does not let this person list a late case."""
    if not are_allowed(meeting, by):
        raise Refused(Code.NOT_NOW, f"{passed_words(meeting, by.at)}. {_who_may(meeting, by.at)}", field="override")


def passed_words(meeting: Meeting, at: datetime) -> str:
    """``The cut-off was 30-Nov-2026 09:00 EST``, or that the agenda is frozen."""
    freeze, zone = freeze_for(meeting), meeting.board.time_zone
    if at > freeze:
        return f"The agenda is frozen since {words.moment_words(freeze, zone)}"
    return f"The cut-off was {words.moment_words(cutoff_for(meeting), zone)}"


def words_of(meeting: Meeting, at: datetime) -> str:
    """Both deadlines in a sentence, and once the first is over who may still list a case, and how."""
    cutoff, freeze, zone = cutoff_for(meeting), freeze_for(meeting), meeting.board.time_zone
    if at <= cutoff:
        return f"Cut-off {words.moment_words(cutoff, zone)}, freeze {words.moment_words(freeze, zone)}."
    still = f", freeze {words.moment_words(freeze, zone)}" if at <= freeze else ""
    return f"{passed_words(meeting, at)}{still}. {_who_may(meeting, at)}"


def _is_in_time(meeting: Meeting, submitted_at: datetime, at: datetime) -> bool:
    return at <= freeze_for(meeting) and submitted_at <= cutoff_for(meeting)


def _who_may(meeting: Meeting, at: datetime) -> str:
    if meeting.board.late_rule is LateRule.NEVER:
        return "This board takes no late additions: a late case goes to a later meeting."
    if meeting.board.late_rule is LateRule.WITH_REASON:
        return "A late case needs a reason."
    present = board_members.present_members(meeting.board_id, at)
    chairs = [member.person for member in present if member.board_role is BoardRole.CHAIR]
    named = " or ".join(words.name_words(chair.family_name, chair.given_name) for chair in chairs)
    return f"A late case needs a reason and the chair: {named or 'nobody yet'} adds it on this agenda’s page."
