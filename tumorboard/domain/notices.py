"""The outbox's front door: a mail is first a row, written in the transaction of the act that causes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import update

from tumorboard import wakeup
from tumorboard.calendars.held_dates import HeldDates
from tumorboard.domain.actor import Actor
from tumorboard.storage.db import db
from tumorboard.storage.models import CalendarEntry, Meeting, Notice, Person
from tumorboard.storage.queries import notices as questions
from tumorboard.storage.transaction import after_commit
from tumorboard.vocabulary import BESIDE_THE_CALENDAR, AnswerKind, NoticeKind, NoticeState

APPOINTMENT = ("board", "starts_at", "ends_at", "room", "video_link")
"""The facts that a calendar shows: when one of them changes, every calendar is brought in line."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a mail says about a meeting, fixed when it is announced. There is no room in it for a patient.

    Of a case it knows no more than the page that the mail's button opens.
    """

    board: str
    """ "Breast board" """
    board_zone: str
    starts_at: datetime
    ends_at: datetime
    room: str
    video_link: str
    coordinator: str
    """ "Hazelden, Ruth"; empty when the board has none """
    was_board: str | None = None
    was_starts_at: datetime | None = None
    was_ends_at: datetime | None = None
    was_room: str | None = None
    was_video_link: str | None = None
    why: str = ""
    agenda_version: int | None = None
    changes: tuple[str, ...] = ()
    cases: int | None = None
    minutes: int | None = None
    returned_cases: int | None = None
    case_id: UUID | None = None
    answer: AnswerKind | None = None
    """What the person has answered to these hours."""
    with_series: bool = False
    """Removed: whether the person holds this date with the whole series now."""

    @property
    def appointment(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in APPOINTMENT}

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        facts: Self = _FACTS.validate_python(stored)
        return facts


@dataclass(frozen=True, kw_only=True)
class SeriesFacts:
    """What a mail says about all the dates that one person holds of a series. There is no room in it for a patient."""

    board: str
    """ "Breast board" """
    coordinator: str
    held: HeldDates
    was: HeldDates | None = None
    """What they were told before; none where that was nothing."""
    was_board: str = ""
    why: str = ""
    note: str = ""
    """A sentence on what else there is to know: that another mail brings the dates from then on."""

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _SERIES_FACTS.dump_python(self, mode="json")
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        facts: Self = _SERIES_FACTS.validate_python(stored)
        return facts


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """What a mail about somebody's account, or an act that concerns them, says: never anything of a patient."""

    by: str = ""
    """Who did it: "Dunmore, Felix"."""
    what: str = ""
    """What was done, in a sentence: "A passkey was added to your account." """
    email: str = ""
    """The address that it is about."""
    to_address: str = ""
    """Where the mail goes, when that is not the account's address."""
    link_id: UUID | None = None
    """The row, a ``Link`` or a ``SlotAsked``, whose token the mail's button carries."""
    case_id: UUID | None = None
    """The case whose page the mail's button opens, where it is about one."""
    meeting_id: UUID | None = None
    """The meeting whose page it opens, where it is about one that sends no invitation yet."""
    until: datetime | None = None
    """When that link, or whatever it is about, ends."""

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _ACCOUNT_FACTS.dump_python(self, mode="json")
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        facts: Self = _ACCOUNT_FACTS.validate_python(stored)
        return facts


_FACTS: TypeAdapter[Any] = TypeAdapter(Facts)
_SERIES_FACTS: TypeAdapter[Any] = TypeAdapter(SeriesFacts)
_ACCOUNT_FACTS: TypeAdapter[Any] = TypeAdapter(AccountFacts)


def announce(
    entry: CalendarEntry,
    kind: NoticeKind,
    facts: Facts | SeriesFacts,
    *,
    reason: str,
    dedupe_key: str,
    by: Actor,
    meeting_id: UUID | None = None,
    due_at: datetime | None = None,
    again_of: Notice | None = None,
) -> Notice:
    """Owes the holder of ``entry`` one mail, at once or from ``due_at`` on; the workers are woken after the commit.

    ``meeting_id`` is the meeting that it is about, or whose change caused it.
    """
    notice = Notice(
        dedupe_key=dedupe_key,
        kind=kind,
        person_id=entry.person_id,
        meeting_id=meeting_id,
        calendar_entry=entry,
        again_of_id=again_of.id if again_of else None,
        reason=reason,
        facts=facts.to_json(),
        sequence=entry.sequence if kind.carries_calendar else None,
        dtstamp=entry.dtstamp if kind.carries_calendar else None,
        created_at=by.at,
        state=NoticeState.OWED,
        due_at=due_at or by.at,
    )
    db.session.add(notice)
    after_commit("wake", wakeup.notices_are_due)
    return notice


def announce_to(
    person: Person,
    kind: NoticeKind,
    facts: AccountFacts,
    *,
    reason: str,
    dedupe_key: str,
    at: datetime,
    due_at: datetime | None = None,
) -> Notice:
    """Owes ``person`` one mail that is about no meeting, at once or from ``due_at`` on."""
    notice = Notice(
        dedupe_key=dedupe_key,
        kind=kind,
        person_id=person.id,
        reason=reason,
        facts=facts.to_json(),
        created_at=at,
        state=NoticeState.OWED,
        due_at=due_at or at,
    )
    db.session.add(notice)
    after_commit("wake", wakeup.notices_are_due)
    return notice


def supersede_calendar_notices(entry_ids: Iterable[UUID]) -> None:
    """What waits for these entries is not sent any more, and what may have arrived is not repeated."""
    of_entries = Notice.calendar_entry_id.in_(list(entry_ids)), Notice.sequence.is_not(None)
    _cancel(*of_entries)
    db.session.execute(
        update(Notice)
        .where(*of_entries, Notice.state == NoticeState.UNKNOWN, Notice.claimed_by.is_(None))
        .values(due_at=None)
    )


def cancel_meeting_notices(
    meeting: Meeting, person_ids: Iterable[UUID] | None = None, *, kinds: Iterable[NoticeKind] = BESIDE_THE_CALENDAR
) -> None:
    """Mails of these kinds about the meeting that these people, or all, have not got yet are not sent."""
    of_meeting = Notice.meeting_id == meeting.id, Notice.kind.in_(list(kinds))
    _cancel(*of_meeting, *([] if person_ids is None else [Notice.person_id.in_(list(person_ids))]))


def cancel_account_notices(person: Person, *kinds: NoticeKind) -> None:
    """Mails of these kinds about the person's account, or all of them, that have not gone out are not sent."""
    of_person = Notice.person_id == person.id, Notice.meeting_id.is_(None)
    _cancel(*of_person, *([Notice.kind.in_(kinds)] if kinds else []))


def cancel_by_key(beginning: str) -> bool:
    """What waits under keys that begin so is not sent; answers whether anything waited."""
    return _cancel(Notice.dedupe_key.startswith(beginning, autoescape=True))


def refresh_meeting_notices(meeting: Meeting, facts: Facts) -> None:
    """Mails about the meeting that have not gone out say the new time and place when they do.

    Those that change a calendar are ``domain.calendar_entries``' to bring in line.
    """
    for notice in questions.waiting_beside_the_calendar(meeting.id):
        notice.facts = replace(Facts.from_json(notice.facts), **facts.appointment).to_json()


def _cancel(*which: Any) -> bool:
    cancelled = db.session.scalars(
        update(Notice)
        .where(*which, Notice.state.in_(questions.WAITING))
        .values(state=NoticeState.CANCELLED, due_at=None, claimed_by=None, lease_until=None)
        .returning(Notice.id)
    )
    return bool(cancelled.all())
