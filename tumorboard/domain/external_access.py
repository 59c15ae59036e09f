"""Opening one case or one meeting to an expert from outside until a time; it ends by itself, or now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tumorboard import words
from tumorboard.domain import audit, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.notices import AccountFacts, announce_to, cancel_by_key
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, ExternalAccess, Meeting, Notice
from tumorboard.storage.queries import external_accesses as questions
from tumorboard.storage.queries import people
from tumorboard.vocabulary import AuditAct, MeetingState, NoticeKind, Permission

LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class OpenToExternal:
    """To whom, until when, and why; ``reason`` is about the expert and never about the patient."""

    person_id: UUID
    until: datetime
    reason: str


def list_opened(by: Actor) -> list[tuple[ExternalAccess, Case]]:
    """The cases that are open to this expert now, each with until when."""
    opened = questions.opened_cases(by.person.id, by.at)
    cases = [case for _, case in opened]
    if cases:
        patients, subjects = [case.patient_id for case in cases], [case.id for case in cases]
        audit.record(by, AuditAct.CASES_LISTED, patients=patients, subjects=subjects)
    return opened


def open_case(case: Case, act: OpenToExternal, by: Actor) -> list[Notice]:
    """Shows one case to the expert until then, and says so. Somebody to whom it is open already gets the new time."""
    demand(by, Permission.OPEN_TO_EXTERNAL, case)
    earlier = [access for access in questions.open_to_case(case.id, by.at) if access.case_id == case.id]
    access = _open(act, earlier, by, case=case)
    board = f" of the {case.board.full_name}" if case.board else ""
    return [_tell(access, f"A case{board}", by)]


def open_meeting(meeting: Meeting, act: OpenToExternal, by: Actor) -> list[Notice]:
    """Shows one meeting with its agenda to the expert, and says so, by an invitation once the agenda is published."""
    demand(by, Permission.OPEN_TO_EXTERNAL, meeting)
    if act.until <= meeting.starts_at:
        raise Refused(Code.WRONG, "Choose a time after the meeting has begun.", field="day")
    access = _open(act, questions.open_to_meeting(meeting.id, by.at), by, meeting=meeting)
    if meeting.state is not MeetingState.PUBLISHED:
        starts_at = words.moment_words(meeting.starts_at, access.person.time_zone)
        return [_tell(access, f"The meeting of the {meeting.board.full_name} on {starts_at}", by)]
    return invitations.settle_people(meeting, {access.person_id}, by)


def end_for_case(case: Case, access_id: UUID, by: Actor) -> None:
    """Ends it now. Twice is once."""
    demand(by, Permission.OPEN_TO_EXTERNAL, case)
    access = questions.to_change(access_id)
    if access is None or access.case_id != case.id:
        raise absent()
    _end(access, by, case)


def end_for_meeting(meeting: Meeting, access_id: UUID, by: Actor) -> list[Notice]:
    """Ends it now and takes the meeting off the expert's calendar; nobody else hears of it."""
    demand(by, Permission.OPEN_TO_EXTERNAL, meeting)
    access = questions.to_change(access_id)
    if access is None or access.meeting_id != meeting.id:
        raise absent()
    _end(access, by)
    return invitations.settle_people(meeting, {access.person_id}, by)


def _open(
    act: OpenToExternal,
    earlier: list[ExternalAccess],
    by: Actor,
    *,
    case: Case | None = None,
    meeting: Meeting | None = None,
) -> ExternalAccess:
    person = people.person_to_change(act.person_id)
    if person is None or not person.external or person.deactivated_at is not None:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    if not by.at < act.until <= by.at + LONGEST:
        raise Refused(Code.WRONG, "Choose a time within the next 90 days.", field="day")
    for access in earlier:
        if access.person_id == person.id:
            access.ended_at = by.at
            cancel_by_key(_key(access))
    access = ExternalAccess(
        person=person,
        case_id=case.id if case else None,
        meeting_id=meeting.id if meeting else None,
        reason=act.reason,
        opened_at=by.at,
        opened_by=by.person,
        until=act.until,
    )
    db.session.add(access)
    db.session.flush()
    _record("open", access, by, case)
    return access


def _end(access: ExternalAccess, by: Actor, case: Case | None = None) -> None:
    if access.ended_at is not None:
        return
    access.ended_at = by.at
    cancel_by_key(_key(access))
    db.session.flush()
    _record("end", access, by, case)


def _tell(access: ExternalAccess, what: str, by: Actor) -> Notice:
    return announce_to(
        access.person,
        NoticeKind.OPENED,
        AccountFacts(
            by=words.name_words(by.person.family_name, by.person.given_name),
            what=what,
            case_id=access.case_id,
            meeting_id=access.meeting_id,
            until=access.until,
        ),
        reason=invitations.EXPERT_REASON,
        dedupe_key=_key(access),
        at=by.at,
    )


def _key(access: ExternalAccess) -> str:
    return f"opened:{access.id}"


def _record(action: str, access: ExternalAccess, by: Actor, case: Case | None) -> None:
    audit.record(
        by,
        AuditAct.OPENED_TO_EXTERNAL,
        patients=[case.patient_id] if case else [],
        subjects=[each for each in (access.case_id or access.meeting_id, access.person_id, access.id) if each],
        details={"action": action},
    )
