"""Whether somebody comes to a meeting: answered on its page, or by the link in a mail without signing in.

An answer is kept with the hours that it was given for and counts for those alone: moving a meeting resets it, another
room does not, and a move that is taken back brings it back (docs/decisions/0015).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tumorboard import words
from tumorboard.domain import answer_links, audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import cancel_meeting_notices
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Answer, Meeting, Person
from tumorboard.storage.queries import answers as questions
from tumorboard.storage.queries import people
from tumorboard.vocabulary import AnswerKind, AuditAct, MeetingState, NoticeKind, Permission

DATES_SHOWN = 6
"""Of a series, how many of the next dates its link offers."""
OVER = "There is nothing to answer under this link."


@dataclass(frozen=True)
class GiveAnswer:
    """``starts_at`` is the hour that the person saw as they answered; ``reason`` says why not."""

    answer: AnswerKind
    starts_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """What a link asks of one person: about one meeting, or the next dates of a series, with what they said so far."""

    person: Person
    meetings: list[Meeting]
    given: dict[UUID, Answer]


def give(meeting: Meeting, act: GiveAnswer, by: Actor) -> None:
    """Answers for oneself; the last answer counts. Refused once there is nothing to answer any more."""
    demand(by, Permission.ANSWER_MEETING, meeting)
    require_open(meeting, by.at)
    if not questions.asked(by.person.id, [meeting.id], by.at):
        raise Refused(Code.NOT_NOW, "You are not expected on that day: you are absent, or not on the board then.")
    _keep(meeting, act, by, how="page")


def asked_by(token: str, at: datetime) -> Asked:
    """What the link with this token asks. Looking changes nothing: mail scanners look.

    Whatever is wrong with it is answered alike, so that a stranger learns nothing.
    """
    named = answer_links.read(token)
    person = people.person(named[0]) if named else None
    if named is None or person is None or person.has_left(at):
        raise Refused(Code.GONE, OVER)
    dates = questions.coming_dates(named[1], at, DATES_SHOWN) or [named[1]]
    meetings = questions.asked(person.id, dates, at)
    if not meetings:
        raise Refused(Code.GONE, OVER)
    given = questions.answers_to(each.id for each in meetings)
    return Asked(person, meetings, {each: by[person.id] for each, by in given.items() if person.id in by})


def give_by_link(asked: Asked, meeting_id: UUID | None, act: GiveAnswer, by: Actor) -> Meeting:
    """Answers one of the dates that the link asks about, as its person; answers with that date."""
    meeting = next((each for each in asked.meetings if each.id == meeting_id), None)
    if meeting is None:
        raise Refused(Code.GONE, OVER)
    _keep(meeting, act, by, how="link")
    return meeting


def given_to(meeting: Meeting) -> dict[UUID, Answer]:
    """What each person answered to the hours that the meeting has now."""
    return questions.answers_to([meeting.id]).get(meeting.id, {})


def may_be_given(meeting: Meeting, by: Actor) -> bool:
    """Whether this person is expected at the meeting and can still say whether they come."""
    return bool(questions.asked(by.person.id, [meeting.id], by.at))


def require_open(meeting: Meeting, at: datetime) -> None:
    """Refuses once nobody can answer any more."""
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(Code.NOT_NOW, "This meeting is cancelled: there is nothing to answer.")
    if meeting.state not in questions.OPEN or meeting.ends_at <= at:
        raise Refused(Code.NOT_NOW, "This meeting is over: there is nothing to answer.")


def _keep(meeting: Meeting, act: GiveAnswer, by: Actor, *, how: str) -> None:
    if act.starts_at != meeting.starts_at:
        now = words.span_words(meeting.starts_at, meeting.ends_at, by.person.time_zone)
        raise Refused(Code.CHANGED_MEANWHILE, f"The meeting was moved meanwhile: {now}. Answer for that.")
    reason = act.reason if act.answer is AnswerKind.NO else ""
    questions.keep(meeting, by.person.id, act.answer, reason, by.at)
    cancel_meeting_notices(meeting, [by.person.id], kinds=[NoticeKind.ANSWER_ASKED])
    audit.record(by, AuditAct.MEETING_ANSWERED, subjects=[meeting.id], details={"answer": act.answer.value, "how": how})
