"""Who is told of a meeting: its board's members, and the care teams of the cases on its published agenda.

Until boards have series, everybody's calendar entry begins with the first published agenda (docs/decisions/0004).
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from tumorboard.domain import audit, calendar_entries, deputies
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import Facts, announce, cancel_meeting_notices
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.models import Meeting, Notice
from tumorboard.storage.queries import agendas, board_members, external_accesses, notices
from tumorboard.storage.queries import calendar_entries as held
from tumorboard.storage.queries import meetings as questions
from tumorboard.vocabulary import AuditAct, BoardRole, MeetingState, NoticeKind, NoticeState, Permission

GUEST_REASON = "you submitted a case on this agenda or are on its care team"
EXPERT_REASON = "you are invited as an external expert"
READER_REASON = "you opened this case after its agenda went out"


def invited(meeting: Meeting) -> dict[UUID, str]:
    """Who is to hold a calendar entry for the meeting, each with the reason in words; nobody before it is published."""
    if meeting.state is not MeetingState.PUBLISHED:
        return {}
    guests = {guest.id: GUEST_REASON for guest in questions.guests_to_invite(meeting)}
    members = {
        member.person_id: f"you are {member.board_role.phrase} of the {meeting.board.full_name}"
        for member in questions.members_to_invite(meeting)
    }
    experts = {expert.id: EXPERT_REASON for expert in external_accesses.experts_to_invite(meeting)}
    return deputies.in_place_of_absent(experts | guests | members, meeting)


def settle_people(meeting: Meeting, people: set[UUID], by: Actor) -> list[Notice]:
    """After these people joined or left: they get or lose invitation and agenda, and nobody else hears of it."""
    questions.meeting_to_change(meeting.id)  # two acts on one meeting's calendars come one after the other
    if meeting.state is not MeetingState.PUBLISHED or meeting.ends_at <= by.at:
        return []
    everybody = invited(meeting)
    owed = calendar_entries.settle(meeting, everybody, facts_of(meeting), by, only=people)
    arrived = {notice.person_id for notice in owed if notice.kind is NoticeKind.INVITATION}
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
    again_of: Notice | None = None,
) -> list[Notice]:
    """Owes each of these people the latest published agenda; they hold an entry each, and the reason is in words."""
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
    entries, held_until = held.entries_of(meeting.id), notices.held_until(meeting.id, by.at)
    return [
        announce(
            entry := entries[person_id],
            NoticeKind.AGENDA,
            facts,
            reason=reason,
            # Somebody who left and came back is sent the same version again: their entry's DTSTAMP has grown.
            dedupe_key=f"agenda:{latest.id}:{entry.id}:{again_of.id if again_of else entry.dtstamp.isoformat()}",
            by=by,
            due_at=held_until,
            again_of=again_of,
        )
        for person_id, reason in sorted(people.items())
    ]


def send_amended(
    meeting: Meeting, case_id: UUID, looks: Mapping[UUID, int | UUID], by: Actor, *, again_of: Notice | None = None
) -> list[Notice]:
    """Owes each of these people word that a case has changed since their last look at it: once for each look.

    They hold an entry each. A mail that failed stands in the look's place when it is sent again.
    """
    keys = {person_id: f"amended:{meeting.id}:{case_id}:{person_id}:{look}" for person_id, look in looks.items()}
    told = notices.known_keys(keys.values())
    facts = replace(facts_of(meeting), case_id=case_id)
    entries, held_until = held.entries_of(meeting.id), notices.held_until(meeting.id, by.at)
    return [
        announce(
            entries[person_id],
            NoticeKind.CASE_AMENDED,
            facts,
            reason=READER_REASON,
            dedupe_key=key,
            by=by,
            due_at=held_until,
            again_of=again_of,
        )
        for person_id, key in sorted(keys.items())
        if key not in told
    ]


def send_again(failed: Notice, by: Actor) -> list[Notice]:
    """A new notice in the place of one that failed, saying what is true now; the failed one stays as it is."""
    meeting = questions.meeting_to_change(failed.meeting_id) if failed.meeting_id else None
    if meeting is None:
        raise absent()
    demand(by, Permission.RETRY_NOTICE, meeting)
    if failed.state is not NoticeState.FAILED or notices.was_sent_again(failed.id):
        raise Refused(Code.NOT_NOW, "This notice is on its way again already.")
    everybody = invited(meeting)
    if failed.kind.carries_calendar:
        only = {failed.person_id}
        owed = calendar_entries.settle(meeting, everybody, facts_of(meeting), by, only=only, again_of=failed)
    else:
        still = {failed.person_id: everybody[failed.person_id]} if failed.person_id in everybody else {}
        owed = _send_again_beside_the_calendar(failed, still, meeting, by)
    if not owed:
        raise Refused(Code.NOT_NOW, "There is nothing to send any more: this person has been told something newer.")
    audit.record(by, AuditAct.NOTICE_RETRIED, subjects=[failed.id, meeting.id])
    return owed


def _send_again_beside_the_calendar(
    failed: Notice, still: dict[UUID, str], meeting: Meeting, by: Actor
) -> list[Notice]:
    case_id = Facts.from_json(failed.facts).case_id
    if case_id:
        return send_amended(meeting, case_id, dict.fromkeys(still, failed.id), by, again_of=failed)
    return send_agenda(meeting, still, by, again_of=failed)


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
    coordinators = [
        f"{member.person.family_name}, {member.person.given_name}"
        for member in board_members.present_members(meeting.board_id, meeting.starts_at)
        if member.board_role is BoardRole.COORDINATOR
    ]
    return Facts(
        board=meeting.board.full_name,
        board_zone=meeting.board.time_zone,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        room=meeting.room,
        video_link=meeting.video_link,
        coordinator="; ".join(coordinators),
        why=meeting.state_note,
        agenda_version=agenda_version,
        changes=changes,
        cases=cases,
        minutes=minutes,
        returned_cases=returned_cases,
    )
