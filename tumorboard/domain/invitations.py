"""Who is told of a meeting: its board's members, and the care teams of the cases on its published agenda.

Members hold a series whole, from the day it begins, and an hour that a slot poll chose from the day it is taken;
everybody else's entry begins with the first published agenda, and so does everybody's at another meeting of no series
(docs/decisions/0004, 0013).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tumorboard.domain import calendar_entries, coordinators, deputies, held_dates, series_entries
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import Facts, announce, cancel_meeting_notices
from tumorboard.storage.models import Meeting, Notice
from tumorboard.storage.queries import agendas, external_accesses, notices
from tumorboard.storage.queries import calendar_entries as held
from tumorboard.storage.queries import meetings as questions
from tumorboard.storage.queries import series as series_questions
from tumorboard.vocabulary import MeetingState, NoticeKind

GUEST_REASON = "you submitted a case on this agenda or are on its care team"
EXPERT_REASON = "you are invited as an external expert"
PREPARER_REASON = "you have prepared this case for its meeting"
READER_REASON = "you opened this case after its agenda went out"


def invited(meeting: Meeting) -> dict[UUID, str]:
    """Who is to know of the meeting, each with the reason in words: before its agenda members alone, or nobody."""
    if not meeting.is_known:
        return {}
    members = {member.person_id: held_dates.reason_of(member) for member in questions.members_to_invite(meeting)}
    if meeting.state is not MeetingState.PUBLISHED:
        return deputies.in_place_of_absent(members, meeting)
    guests = {guest.id: GUEST_REASON for guest in questions.guests_to_invite(meeting)}
    experts = {expert.id: EXPERT_REASON for expert in external_accesses.experts_to_invite(meeting)}
    return deputies.in_place_of_absent(experts | guests | members, meeting)


def settle(
    meeting: Meeting,
    facts: Facts,
    by: Actor,
    *,
    only: set[UUID] | None = None,
    due_at: datetime | None = None,
    again_of: Notice | None = None,
) -> list[Notice]:
    """Brings the calendars of those in line who hold this one date, which in a series its members do not."""
    everybody = invited(meeting)
    of_one_date = _of_one_date(everybody, meeting)
    with_series = everybody.keys() - of_one_date.keys()
    return calendar_entries.settle(
        meeting, of_one_date, facts, by, only=only, with_series=with_series, due_at=due_at, again_of=again_of
    )


def settle_all(
    meeting: Meeting, facts: Facts, by: Actor, *, why: str = "", due_at: datetime | None = None
) -> list[Notice]:
    """Brings everybody's calendar in line after the meeting changed: of those who hold this date, or its series."""
    owed = settle(meeting, facts, by, due_at=due_at)
    if meeting.series is None:
        return owed
    return owed + series_entries.settle(meeting.series, by, of=meeting, why=why, due_at=due_at)


def settle_places(people: Iterable[UUID], by: Actor, *, of: Iterable[Meeting], note: str = "") -> list[Notice]:
    """After these people joined or left boards, or were absent: their series follow, and these meetings.

    ``note`` is a sentence that mails about a series then say.
    """
    concerned = set(people)
    owed = [
        notice
        for series in series_questions.series_concerning(concerned, by.at)
        for notice in series_entries.settle(series, by, only=concerned, note=note)
    ]
    return owed + [notice for meeting in of for notice in settle_people(meeting, concerned, by)]


def settle_people(meeting: Meeting, people: set[UUID], by: Actor) -> list[Notice]:
    """After these people joined or left: they get or lose invitation and agenda, and nobody else hears of it."""
    questions.meeting_to_change(meeting.id)  # two acts on one meeting's calendars come one after the other
    if not meeting.is_known or meeting.ends_at <= by.at:
        return []
    everybody = invited(meeting)
    owed = settle(meeting, facts_of(meeting), by, only=people)
    arrived = {notice.person_id for notice in owed if notice.kind is NoticeKind.INVITATION}
    arrived |= (people & set(everybody)) - notices.people_promised_agenda(meeting.id)
    # Whose invitation had not gone out gets a new one, and with it the agenda that waits: not twice.
    cancel_meeting_notices(meeting, arrived, kinds=[NoticeKind.AGENDA])
    cancel_meeting_notices(meeting, people - set(everybody))
    return owed + send_agenda(meeting, {person_id: everybody[person_id] for person_id in arrived}, by)


def settle_care_team(patient_id: UUID, people: set[UUID], by: Actor) -> list[Notice]:
    """After these people joined or left a patient's care team, or were ticked or unticked for a case."""
    meetings = questions.published_meetings_of_patient(patient_id, by.at)
    return [notice for meeting in meetings for notice in settle_people(meeting, people, by)]


def readers(everybody: dict[UUID, str], meeting: Meeting) -> dict[UUID, str]:
    """Whom a version goes to: all but those who have an agenda of this meeting and want no later ones."""
    enough = notices.people_muting(NoticeKind.AGENDA) & notices.people_with_agenda(meeting.id)
    return {person_id: why for person_id, why in everybody.items() if person_id not in enough}


def send_agenda(
    meeting: Meeting,
    people: dict[UUID, str],
    by: Actor,
    *,
    changes: tuple[str, ...] = (),
    due_at: datetime | None = None,
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each of these people the latest published agenda; they hold an entry each, and the reason is in words.

    It waits until ``due_at``, or with the others' where theirs wait.
    """
    latest = agendas.latest_version(meeting.id)
    if latest is None or not people:
        return []
    facts = facts_of(
        meeting,
        agenda_version=latest.version,
        changes=changes,
        cases=len(latest.items),
        minutes=sum(item.minutes for item in latest.items),
    )
    entries = held.entries_towards(meeting)
    waits = due_at or notices.agenda_waits_until(meeting.id, by.at), notices.held_until(meeting.id, by.at)
    return [
        announce(
            entry := entries[person_id],
            NoticeKind.AGENDA,
            facts,
            reason=reason,
            # Somebody who left and came back is sent the same version again: their entry's DTSTAMP has grown.
            dedupe_key=f"agenda:{latest.id}:{entry.id}:{again_of.id if again_of else entry.dtstamp.isoformat()}",
            by=by,
            meeting_id=meeting.id,
            due_at=max(filter(None, waits), default=None),
            again_of=again_of,
        )
        for person_id, reason in sorted(people.items())
    ]


def send_amended(
    meeting: Meeting,
    case_id: UUID,
    looks: Mapping[UUID, int | UUID],
    by: Actor,
    *,
    prepared: Set[UUID] = frozenset(),
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each of these people word that a case has changed since their last look at it: once for each look.

    They hold an entry each; some of them have ``prepared`` it. A mail that failed stands in the look's place when it is
    sent again.
    """
    keys = {person_id: f"amended:{meeting.id}:{case_id}:{person_id}:{look}" for person_id, look in looks.items()}
    reasons = {person_id: PREPARER_REASON if person_id in prepared else READER_REASON for person_id in keys}
    facts = dict.fromkeys(keys, replace(facts_of(meeting), case_id=case_id))
    return _announce_once(meeting, NoticeKind.CASE_AMENDED, facts, keys, reasons, by, again_of)


def send_preparation(
    meeting: Meeting,
    cases: Mapping[UUID, int],
    reasons: Mapping[UUID, str],
    by: Actor,
    *,
    occasion: str,
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each of these people, who hold an entry, one mail that says how many cases they are asked to prepare.

    For one ``occasion`` each hears of it once.
    """
    keys = {person_id: f"preparation:{meeting.id}:{person_id}:{occasion}" for person_id in cases}
    about = facts_of(meeting)
    facts = {person_id: replace(about, cases=count) for person_id, count in cases.items()}
    return _announce_once(meeting, NoticeKind.PREPARATION_ASKED, facts, keys, reasons, by, again_of)


def send_reminder(
    meeting: Meeting, people: Mapping[UUID, str], by: Actor, *, occasion: str, again_of: Notice | None = None
) -> list[Notice]:
    """Owes each of these people, who hold an entry and have not answered, one mail that asks whether they come.

    The reason is in words; for one ``occasion`` each hears of it once.
    """
    keys = {person_id: f"reminder:{meeting.id}:{person_id}:{occasion}" for person_id in people}
    facts = dict.fromkeys(keys, facts_of(meeting))
    return _announce_once(meeting, NoticeKind.ANSWER_ASKED, facts, keys, people, by, again_of)


def _announce_once(
    meeting: Meeting,
    kind: NoticeKind,
    facts: Mapping[UUID, Facts],
    keys: Mapping[UUID, str],
    reasons: Mapping[UUID, str],
    by: Actor,
    again_of: Notice | None,
) -> list[Notice]:
    """Owes each of these people, who hold an entry, one mail about the meeting, unless they were owed it before."""
    told = notices.known_keys(keys.values())
    entries, held_until = held.entries_towards(meeting), notices.held_until(meeting.id, by.at)
    return [
        announce(
            entries[person_id],
            kind,
            facts[person_id],
            reason=reasons[person_id],
            dedupe_key=key,
            by=by,
            meeting_id=meeting.id,
            due_at=held_until,
            again_of=again_of,
        )
        for person_id, key in sorted(keys.items())
        if key not in told
    ]


def _of_one_date(everybody: dict[UUID, str], meeting: Meeting) -> dict[UUID, str]:
    """Those of these people who are to hold an entry of this date alone; in a series, members hold the series."""
    if meeting.series_id is None:
        return everybody
    members = {member.person_id for member in questions.members_to_invite(meeting)}
    return {person_id: why for person_id, why in everybody.items() if person_id not in members}


def facts_of(
    meeting: Meeting,
    *,
    agenda_version: int | None = None,
    changes: tuple[str, ...] = (),
    cases: int | None = None,
    minutes: int | None = None,
    returned_cases: int | None = None,
) -> Facts:
    """The meeting as mails tell it."""
    return Facts(
        board=meeting.board.full_name,
        board_zone=meeting.board.time_zone,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        room=meeting.room,
        video_link=meeting.video_link,
        coordinator=coordinators.named(meeting.board_id, meeting.starts_at),
        why=meeting.state_note,
        agenda_version=agenda_version,
        changes=changes,
        cases=cases,
        minutes=minutes,
        returned_cases=returned_cases,
    )
