"""Asking those again who have not said whether they come: by a click of who leads the board, and by its policy.

Asked is whoever counts for the quorum, has said nothing to the hours that the meeting has now, and holds it in their
calendar. Who said no or maybe has answered; who is absent is not expected.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain import answers, audit, deputies, held_dates, invitations, quorum
from tumorboard.domain.actor import Actor
from tumorboard.domain.board_policy import REMINDED_AT, Deadline
from tumorboard.domain.permissions import demand
from tumorboard.domain.quorum import Forecast, Seat
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Meeting, Notice
from tumorboard.storage.queries import board_members, calendar_entries, notices
from tumorboard.storage.queries import meetings as questions
from tumorboard.vocabulary import AuditAct, Permission

RESTS = timedelta(hours=12)
"""So long after a mail that asked them nobody is asked again."""
FURTHEST = timedelta(days=100)
"""Before the earliest reminder that a policy can name."""


@dataclass(frozen=True)
class Silent:
    """Somebody who is to come and has not said whether they do."""

    seat: Seat
    times: int
    """How many mails have asked them."""
    last_asked_at: datetime | None
    invited: bool
    """Whether they hold the meeting in their calendar; nobody else can be reminded of it."""

    def was_asked_since(self, instant: datetime) -> bool:
        return self.last_asked_at is not None and self.last_asked_at > instant


@dataclass(frozen=True)
class Silence:
    """Who has not answered, by name: whom to ask now, who was asked just before, and who is not invited yet."""

    to_ask: tuple[Silent, ...]
    just_asked: tuple[Silent, ...]
    uninvited: tuple[Silent, ...]


def silence_at(meeting: Meeting, forecast: Forecast, at: datetime) -> Silence:
    """As it is at that instant; the forecast is the meeting's."""
    silent = _silent_in(forecast, meeting)
    invited = [each for each in silent if each.invited]
    return Silence(
        to_ask=tuple(each for each in invited if not each.was_asked_since(at - RESTS)),
        just_asked=tuple(each for each in invited if each.was_asked_since(at - RESTS)),
        uninvited=tuple(each for each in silent if not each.invited),
    )


def ask_again(meeting: Meeting, by: Actor) -> list[Notice]:
    """Owes one mail to each of those who have not answered and were not asked within the last hours."""
    demand(by, Permission.ASK_FOR_ANSWERS, meeting)
    answers.require_open(meeting, by.at)
    silence = silence_at(meeting, quorum.forecasts([meeting], by.at)[meeting.id], by.at)
    if not silence.to_ask:
        raise Refused(Code.NOT_NOW, _why_nobody(silence))
    owed = _send(meeting, silence.to_ask, by, occasion=by.at.isoformat())
    audit.record(by, AuditAct.ANSWERS_ASKED, subjects=[meeting.id], details={"people": len(owed)})
    return owed


def next_by_policy(meeting: Meeting, at: datetime) -> datetime | None:
    """When the board's policy reminds next; none where it does not do so any more."""
    coming = [due for due in _days_of(meeting) if at < due < meeting.starts_at]
    return min(coming, default=None)


def due(at: datetime) -> list[UUID]:
    """Meetings of which somebody may have to be reminded."""
    return questions.to_be_reminded_of(at, at + FURTHEST)


def remind(meeting_id: UUID, at: datetime) -> list[Notice]:
    """What the policy has due today, in the name of who coordinates the board; run as often as you like: sent once.

    Who was asked shortly before, or since, is left in peace; a day that nobody was awake for is not made up.
    """
    meeting = questions.meeting_to_change(meeting_id)
    was_due = _due_today(meeting, at) if meeting else None
    coordinators = board_members.coordinators_of(meeting.board_id, at) if meeting and was_due else []
    if meeting is None or was_due is None or not coordinators:
        return []
    forecast = quorum.forecasts([meeting], at).get(meeting.id)
    silent = _silent_in(forecast, meeting) if forecast else []
    chosen = [each for each in silent if each.invited and not each.was_asked_since(was_due - RESTS)]
    by = Actor(coordinators[0], at, request_id="reminders", address="")
    return _send(meeting, chosen, by, occasion=was_due.isoformat())


def _days_of(meeting: Meeting) -> list[datetime]:
    board = meeting.board
    return [Deadline(days, REMINDED_AT).before(meeting.starts_at, board.time_zone) for days in board.reminder_days]


def _due_today(meeting: Meeting, at: datetime) -> datetime | None:
    """The reminder that is due by now and on this very day of the board's; none once the meeting has begun."""
    zone = ZoneInfo(meeting.board.time_zone)
    today = at.astimezone(zone).date()
    by_now = [each for each in _days_of(meeting) if each <= at < meeting.starts_at]
    return next((each for each in by_now if each.astimezone(zone).date() == today), None)


def _silent_in(forecast: Forecast, meeting: Meeting) -> list[Silent]:
    asked, holders = notices.asked_to_answer(meeting), calendar_entries.holders(meeting)
    silent = []
    for seat in forecast.seats:
        if seat.answer is None:
            times, last = asked.get(seat.person.id, (0, None))
            silent.append(Silent(seat, times, last, invited=seat.person.id in holders))
    return silent


def _send(meeting: Meeting, chosen: Iterable[Silent], by: Actor, *, occasion: str) -> list[Notice]:
    members = {member.person_id: held_dates.reason_of(member) for member in questions.members_to_invite(meeting)}
    reasons = deputies.in_place_of_absent(members, meeting)
    asked = {each.seat.person.id for each in chosen}
    people = {person_id: why for person_id, why in reasons.items() if person_id in asked}
    return invitations.send_reminder(meeting, people, by, occasion=occasion)


def _why_nobody(silence: Silence) -> str:
    if silence.uninvited and not silence.just_asked:
        return "Nobody who has not answered is invited yet: they are asked with the agenda."
    if not silence.just_asked:
        return "Everybody has answered: there is nobody to ask."
    hours = words.count_words(int(RESTS.total_seconds() // 3600), "hour")
    return f"Whoever has not answered was asked within the last {hours}. Give them time, or call."
