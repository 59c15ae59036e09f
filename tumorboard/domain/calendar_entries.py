"""Brings what people hold in their calendars in line with the meeting.

One mechanism serves publishing, moving, cancelling, joining, leaving and coming back: for each person, what they are to
hold is compared with what they were last told, and the difference is one notice. What was still waiting is superseded,
so three moves within a minute make one mail, and a move taken back makes none.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tumorboard.domain import deputies
from tumorboard.domain.actor import Actor
from tumorboard.domain.calendar_notices import mint, owe
from tumorboard.domain.notices import Facts, supersede_calendar_notices
from tumorboard.storage.db import db
from tumorboard.storage.models import Answer, CalendarEntry, Meeting, Notice
from tumorboard.storage.queries import answers, notices
from tumorboard.storage.queries import calendar_entries as questions
from tumorboard.vocabulary import AnswerKind, MeetingState, NoticeKind

ENDS_AN_ENTRY = (NoticeKind.CANCELLED, NoticeKind.REMOVED)


def settle(
    meeting: Meeting,
    invited: dict[UUID, str],
    facts: Facts,
    by: Actor,
    *,
    only: set[UUID] | None = None,
    with_series: Collection[UUID] = (),
    due_at: datetime | None = None,
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each person the one notice that brings their calendar in line, and answers with those notices.

    ``invited`` are the people who are to hold an entry, each with the reason in words; ``only`` limits the act to
    some people, so that nobody else hears of it; who is in ``with_series`` holds this date there.
    ``due_at`` lets an act that can be undone wait. Without it mails go at
    once, but not before such an act, whose hours nobody is to hear of while it can be undone.
    """
    due_at = due_at or notices.held_until(meeting.id, by.at)
    entries = questions.entries_of(meeting.id)
    concerned = (set(invited) | set(entries)) if only is None else only & (set(invited) | set(entries))
    for person_id in sorted(concerned - set(entries)):
        entries[person_id] = mint(meeting, person_id, by.at)
    chosen = [entries[person_id] for person_id in sorted(concerned)]
    db.session.flush()
    supersede_calendar_notices(entry.id for entry in chosen)
    told = notices.last_told(entry.id for entry in chosen)
    given = answers.answers_to([meeting.id])[meeting.id]
    reasons = deputies.reasons_to_stay_away(meeting) | invited
    owed = [
        _settle_one(
            entry,
            reasons.get(entry.person_id),
            told.get(entry.id),
            meeting,
            replace(facts, with_series=entry.person_id in with_series, answer=_said(given, entry)),
            by,
            due_at,
            again_of,
            wanted=entry.person_id in invited,
        )
        for entry in chosen
    ]
    return [notice for notice in owed if notice]


def _said(given: Mapping[UUID, Answer], entry: CalendarEntry) -> AnswerKind | None:
    return given[entry.person_id].answer if entry.person_id in given else None


def _settle_one(
    entry: CalendarEntry,
    reason: str | None,
    told: Notice | None,
    meeting: Meeting,
    facts: Facts,
    by: Actor,
    due_at: datetime | None,
    again_of: Notice | None,
    *,
    wanted: bool,
) -> Notice | None:
    entry.held = wanted
    known = Facts.from_json(told.facts) if told and told.kind not in ENDS_AN_ENTRY else None
    kind = _kind_of_change(meeting, facts, known, wanted=wanted)
    if kind is None:
        return None
    if known and kind is NoticeKind.MOVED:
        facts = replace(facts, **{f"was_{name}": value for name, value in known.appointment.items()})
    if known and kind in ENDS_AN_ENTRY:
        facts = replace(facts, **known.appointment)
    return owe(
        entry,
        kind,
        facts,
        told,
        by,
        reason=reason,
        meeting_id=meeting.id,
        due_at=due_at,
        again_of=again_of,
    )


def _kind_of_change(meeting: Meeting, facts: Facts, known: Facts | None, *, wanted: bool) -> NoticeKind | None:
    """What has to be said to somebody who knows of ``known`` (or of nothing): nothing, when that is still true."""
    if not wanted:
        gone = NoticeKind.CANCELLED if meeting.state is MeetingState.CANCELLED else NoticeKind.REMOVED
        return gone if known else None
    if known is None:
        return NoticeKind.INVITATION
    return None if known.appointment == facts.appointment else NoticeKind.MOVED
