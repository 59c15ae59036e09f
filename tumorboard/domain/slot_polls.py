"""Slot polls: which hour suits for an extra meeting. Whoever is asked answers by a link, without signing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.domain import audit, links, meetings, notices
from tumorboard.domain.actor import Actor
from tumorboard.domain.meetings import PlanMeeting
from tumorboard.domain.notices import AccountFacts
from tumorboard.domain.permissions import demand
from tumorboard.domain.reminders import RESTS
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Meeting, Notice, Person, SlotAnswer, SlotAsked, SlotPoll, SlotProposal
from tumorboard.storage.queries import board_members
from tumorboard.storage.queries import slot_polls as questions
from tumorboard.vocabulary import AuditAct, NoticeKind, NoticeState, Permission, Suits

MOST_HOURS = 10


@dataclass(frozen=True)
class AskForHour:
    """Hours to choose from, each ``minutes`` long, and who is asked; answers count until ``open_until``."""

    starts: tuple[datetime, ...]
    minutes: int
    people: tuple[UUID, ...]
    open_until: datetime


def ask(board: Board, act: AskForHour, by: Actor) -> tuple[SlotPoll, list[Notice]]:
    """Begins a poll: each of these members of the board is owed one mail with a link of their own."""
    demand(by, Permission.PLAN_MEETING, board)
    _require_sense(board, act, by.at)
    members = [member.person for member in board_members.present_members(board.id, by.at)]
    people = [person for person in members if person.id in act.people]
    if not people:
        raise Refused(Code.WRONG, "Choose at least one member of the board to ask.", field="people")
    poll = SlotPoll(board=board, minutes=act.minutes, asked_at=by.at, asked_by=by.person, open_until=act.open_until)
    poll.proposals = [SlotProposal(starts_at=start) for start in sorted(act.starts)]
    poll.asked = [_asked(person) for person in people]
    db.session.add(poll)
    db.session.flush()
    audit.record(by, AuditAct.SLOT_POLL_ASKED, subjects=[board.id, poll.id], details={"people": len(people)})
    return poll, [_tell_of(poll, asked, by) for asked in poll.asked]


def poll_to_change(poll_id: UUID, board: Board, by: Actor) -> SlotPoll:
    """The board's poll, locked until the transaction ends, for somebody who may plan its meetings."""
    demand(by, Permission.PLAN_MEETING, board)
    poll = questions.poll_to_change(poll_id)
    if poll is None or poll.board_id != board.id:
        raise absent()
    return poll


def asked_by_token(token: str, at: datetime) -> SlotAsked:
    """The place in a poll that this token opens, of which what came is told until the last of its hours is over.

    A wrong token and one that has ended so are answered alike. Looking changes nothing: mail scanners look.
    """
    asked = questions.asked_with_hash(links.hash_of(token))
    if asked is None or asked.person.has_left(at) or asked.poll.proposals[-1].ends_at <= at:
        raise absent()
    return asked


def answer(token: str, said: Mapping[UUID, Suits], at: datetime, by: Actor) -> SlotAsked:
    """Keeps what one person says to hours, by the ids of their proposals; what was said to others stays."""
    asked = asked_by_token(token, at)
    questions.poll_to_change(asked.poll_id)
    db.session.refresh(asked)
    if not asked.poll.takes_answers(at):
        raise Refused(Code.NOT_NOW, "This poll is over: your answers were not sent.")
    if not said:
        raise Refused(Code.WRONG, "Choose yes, if need be or no for at least one hour.")
    known = {each.proposal_id: each for each in asked.answers}
    for proposal in asked.poll.proposals:
        if proposal.id in said and proposal.id in known:
            known[proposal.id].suits = said[proposal.id]
        elif proposal.id in said:
            asked.answers.append(SlotAnswer(proposal_id=proposal.id, suits=said[proposal.id]))
    asked.answered_at = at
    audit.record(by, AuditAct.SLOT_POLL_ANSWERED, subjects=[asked.poll_id])
    return asked


def take(poll: SlotPoll, proposal_id: UUID, by: Actor) -> tuple[Meeting, list[Notice]]:
    """Makes this hour the board's meeting: its members are invited at once, and no other hour leaves a trace."""
    _require_open(poll)
    proposal = next((each for each in poll.proposals if each.id == proposal_id), None)
    if proposal is None:
        raise absent()
    meeting = meetings.plan_meeting(poll.board, PlanMeeting(proposal.starts_at, proposal.ends_at), by)
    _end(poll, by)
    poll.meeting_id = meeting.id
    owed = meetings.invite_at_once(meeting, by)
    untold = [asked for asked in poll.asked if asked.person_id not in {notice.person_id for notice in owed}]
    return meeting, owed + [_tell_end(poll, asked, meeting.starts_at, by) for asked in untold]


def add_hour(poll: SlotPoll, starts_at: datetime, by: Actor) -> list[Notice]:
    """Proposes one more hour while answers still count; everybody who was asked is told, by the link that they have."""
    _require_answers_count(poll, by.at)
    if len(poll.proposals) >= MOST_HOURS:
        raise Refused(Code.WRONG, f"Propose at most {MOST_HOURS} hours.", field="day")
    if starts_at in {each.starts_at for each in poll.proposals}:
        raise Refused(Code.WRONG, "This hour is proposed already. Choose another.", field="start")
    if starts_at < poll.open_until:
        until = words.moment_words(poll.open_until, poll.board.time_zone)
        raise Refused(Code.WRONG, f"Answers come until {until}: choose an hour after that.", field="day")
    meetings.require_possible(poll.board, PlanMeeting(starts_at, starts_at + timedelta(minutes=poll.minutes)), by.at)
    poll.proposals.append(SlotProposal(starts_at=starts_at))
    db.session.flush()
    audit.record(by, AuditAct.SLOT_POLL_ASKED, subjects=[poll.board_id, poll.id], details={"hours": 1})
    return [_tell_of(poll, asked, by, again="one more hour, ") for asked in poll.asked]


def ask_again(poll: SlotPoll, by: Actor) -> list[Notice]:
    """Owes another mail to each who has not answered every hour and was not asked just before, or whose mail failed."""
    _require_answers_count(poll, by.at)
    chosen = to_ask_again(poll, by.at)
    if not chosen:
        raise Refused(
            Code.NOT_NOW, "Whoever has not answered was asked within the last 12 hours. Give them time, or call."
        )
    audit.record(by, AuditAct.SLOT_POLL_ASKED, subjects=[poll.board_id, poll.id], details={"again": len(chosen)})
    return [_tell_of(poll, asked, by, again="a reminder, ") for asked in chosen]


def to_ask_again(poll: SlotPoll, at: datetime) -> list[SlotAsked]:
    """Whom ``ask_again`` asks now."""
    mails = questions.last_mails(poll.id)
    return [each for each in silent(poll) if _may_be_asked(mails.get(each.person_id), at)]


def silent(poll: SlotPoll) -> list[SlotAsked]:
    """Who has not answered every hour, by name."""
    found = [each for each in poll.asked if len(each.answers) < len(poll.proposals)]
    return sorted(found, key=lambda each: (each.person.family_name, each.person.given_name))


def close(poll: SlotPoll, by: Actor) -> list[Notice]:
    """Ends the poll without an hour, and says so to whoever was asked."""
    _require_open(poll)
    _end(poll, by)
    return [_tell_end(poll, asked, None, by) for asked in poll.asked]


def _require_sense(board: Board, act: AskForHour, at: datetime) -> None:
    if not act.starts:
        raise Refused(Code.WRONG, "Propose at least one hour.", field="starts")
    if len(act.starts) > MOST_HOURS:
        raise Refused(Code.WRONG, f"Propose at most {MOST_HOURS} hours.", field="starts")
    if len(set(act.starts)) < len(act.starts):
        raise Refused(Code.WRONG, "One hour is proposed twice. Change or empty one of the two.", field="starts")
    for start in act.starts:
        _require_possible(board, start, act.minutes, at)
    if not at < act.open_until <= min(act.starts):
        sentence = "Let answers come until a time that is still to come and not after the first hour proposed."
        raise Refused(Code.WRONG, sentence, field="until_day")


def _require_possible(board: Board, start: datetime, minutes: int, at: datetime) -> None:
    try:
        meetings.require_possible(board, PlanMeeting(start, start + timedelta(minutes=minutes)), at)
    except Refused as error:
        if error.field == "minutes":
            raise
        hour = words.moment_words(start, board.time_zone)
        raise Refused(error.code, f"{hour}: {error.sentence}", field="starts") from None


def _may_be_asked(last: Notice | None, at: datetime) -> bool:
    return last is None or last.state is NoticeState.FAILED or last.created_at <= at - RESTS


def _require_answers_count(poll: SlotPoll, at: datetime) -> None:
    _require_open(poll)
    if not poll.takes_answers(at):
        raise Refused(Code.NOT_NOW, "Answers to this poll are over: take an hour, or close it and ask anew.")


def _require_open(poll: SlotPoll) -> None:
    if poll.closed_at is not None:
        raise Refused(Code.NOT_NOW, "This poll is closed already.")


def _asked(person: Person) -> SlotAsked:
    asked_id = new_id()
    return SlotAsked(id=asked_id, person=person, token_hash=links.hash_of(links.token_of(asked_id)))


def _end(poll: SlotPoll, by: Actor) -> None:
    """From now on no link opens it, and no mail that still waits asks anybody."""
    poll.closed_at = by.at
    notices.cancel_by_key(_key(poll))
    audit.record(by, AuditAct.SLOT_POLL_CLOSED, subjects=[poll.board_id, poll.id])


def _key(poll: SlotPoll) -> str:
    return f"{NoticeKind.SLOT_POLL}:{poll.id}:"


def _subject(poll: SlotPoll) -> str:
    return f"{poll.board.full_name}, an extra meeting of {words.count_words(poll.minutes, 'minute')}"


def _tell_of(poll: SlotPoll, asked: SlotAsked, by: Actor, *, again: str = "") -> Notice:
    """``again`` says in the mail why it comes once more, and each time is a mail of its own."""
    hours = words.count_words(len(poll.proposals), "hour")
    facts = AccountFacts(
        by=_name(by.person),
        what=f"{_subject(poll)}: {again}{hours} to choose from",
        link_id=asked.id,
        until=poll.open_until,
    )
    return notices.announce_to(
        asked.person,
        NoticeKind.SLOT_POLL,
        facts,
        reason=f"you are a member of the {poll.board.full_name}",
        dedupe_key=f"{_key(poll)}{asked.id}" + (f":{by.at.isoformat()}" if again else ""),
        at=by.at,
    )


def _tell_end(poll: SlotPoll, asked: SlotAsked, taken: datetime | None, by: Actor) -> Notice:
    """The hour is that of the reader's own clocks."""
    outcome = f"it is on {words.moment_words(taken, asked.person.time_zone)}" if taken else "no hour was taken"
    return notices.announce_to(
        asked.person,
        NoticeKind.SLOT_POLL_OVER,
        AccountFacts(by=_name(by.person), what=f"{_subject(poll)}: {outcome}"),
        reason="you were asked which hour suits you",
        dedupe_key=f"{NoticeKind.SLOT_POLL_OVER}:{poll.id}:{asked.id}",
        at=by.at,
    )


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)
