"""Each agenda that goes out asks the disciplines to prepare its cases.

Who is asked for what stands in ``vocabulary.PREPARES``: pathology where a case has pathology or biomarker items, or its
minimum data set asks for some; radiology likewise for imaging; nursing and social work where nothing is written yet of
what the patient needs. A discipline is asked when the board has a member of it on the day of the meeting, nursing and
social work also when the care team has.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tumorboard.domain import deputies, invitations
from tumorboard.domain.actor import Actor
from tumorboard.domain.completeness import Completeness
from tumorboard.domain.notices import cancel_by_key
from tumorboard.storage.db import db
from tumorboard.storage.models import (
    AgendaItem,
    BoardMember,
    CareTeamMember,
    Case,
    Meeting,
    Notice,
    Person,
    Preparation,
)
from tumorboard.storage.queries import agendas, care_team_members, people
from tumorboard.storage.queries import meetings as meeting_questions
from tumorboard.storage.queries import notices as notice_questions
from tumorboard.storage.queries import preparations as questions
from tumorboard.storage.queries.needs import needs_among
from tumorboard.vocabulary import PREPARES, BoardRole, Discipline, NoticeKind, PreparationState, Section

DUE = time(17)


def due_at(starts_at: datetime, zone: str, requested_at: datetime) -> datetime:
    """17:00 on the working day, Monday to Friday, before that of the meeting, on the board's clocks.

    What is asked for later than that is due when the meeting begins.
    """
    day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    due = datetime.combine(day - timedelta(days=max(0, day.weekday() - 4)), DUE, ZoneInfo(zone))
    return due if requested_at < due else starts_at


def due_of(preparation: Preparation) -> datetime:
    meeting = preparation.meeting
    return due_at(meeting.starts_at, meeting.board.time_zone, preparation.requested_at)


def is_overdue(preparation: Preparation, at: datetime) -> bool:
    return preparation.state is not PreparationState.READY and due_of(preparation) < at


@dataclass(frozen=True)
class Late:
    """How much of what a meeting's disciplines were asked for is held up, and how much else is overdue."""

    held_up: int = 0
    overdue: int = 0


def late_on_boards_of(coordinator: Person, at: datetime) -> dict[UUID, Late]:
    """For each meeting of the boards that they coordinate where any is, what a coordinator looks after."""
    held_up, overdue = Counter[UUID](), Counter[UUID]()
    for each in questions.unready_on_boards_of(coordinator, at):
        held_up[each.meeting_id] += each.held_up
        overdue[each.meeting_id] += not each.held_up and due_at(each.starts_at, each.zone, each.requested_at) < at
    late = {meeting_id: Late(held_up[meeting_id], overdue[meeting_id]) for meeting_id in held_up}
    return {meeting_id: each for meeting_id, each in late.items() if each.held_up or each.overdue}


def waiting_for(by: Actor) -> int:
    """How many preparations want something of this person: those of their discipline, and as coordinator the late."""
    own = questions.waiting_for(by.person, by.at) if by.person.discipline in PREPARES else 0
    return own + sum(each.held_up + each.overdue for each in late_on_boards_of(by.person, by.at).values())


def ask(
    meeting: Meeting, items: Sequence[AgendaItem], complete: Mapping[UUID, Completeness], by: Actor
) -> list[Notice]:
    """After a version went out: asks for what was not asked for yet, and owes whoever is newly asked one mail.

    ``complete`` says what is asked of each of the listed cases. A case that stays keeps its preparations as they are.
    """
    latest = agendas.latest_version(meeting.id)
    if latest is None or not items:
        return []
    cases = [item.case for item in items]
    carers = care_team_members.key_workers_of([case.patient_id for case in cases], meeting.starts_at)
    known = {(each.case_id, each.discipline) for each in questions.of_meeting(meeting.id)}
    wanted = [each for each in _wanted(meeting, cases, complete, carers) if (each[0].id, each[1]) not in known]
    asked = [_request(case, meeting, discipline, latest.version, by) for case, discipline in wanted]
    db.session.add_all(asked)
    db.session.flush()
    return _tell(meeting, asked, carers, latest.version, by) if asked else []


def recount(meeting: Meeting, by: Actor) -> None:
    """After a case was taken off: a mail that has not gone out says how many are left to prepare, or is not sent."""
    for notice in notice_questions.waiting_beside_the_calendar(meeting.id):
        if notice.kind is not NoticeKind.PREPARATION_ASKED:
            continue
        asked_at = None if notice.again_of_id else notice.created_at
        left = questions.waiting_at(notice.person, meeting.id, by.at, asked_at)
        notice.facts = notice.facts | {"cases": left}
        if not left:
            cancel_by_key(notice.dedupe_key)


def _wanted(
    meeting: Meeting, cases: Sequence[Case], complete: Mapping[UUID, Completeness], carers: Sequence[CareTeamMember]
) -> Iterator[tuple[Case, Discipline]]:
    on_board = {each.person.discipline for each in _members(meeting)}
    assessed = needs_among(case.id for case in cases)
    for case in cases:
        there = on_board | {each.discipline for each in carers if each.patient_id == case.patient_id}
        sections = {item.section for item in complete[case.id].items} | {result.section for result in case.results}
        sections = sections - {Section.VOICE} | (set() if case.id in assessed else {Section.VOICE})
        yield from ((case, each) for each, parts in PREPARES.items() if each in there and sections & set(parts))


def _request(case: Case, meeting: Meeting, discipline: Discipline, version: int, by: Actor) -> Preparation:
    return Preparation(
        case=case,
        meeting=meeting,
        discipline=discipline,
        agenda_version=version,
        requested_at=by.at,
        state=PreparationState.REQUESTED,
    )


def _tell(
    meeting: Meeting, asked: Sequence[Preparation], carers: Sequence[CareTeamMember], version: int, by: Actor
) -> list[Notice]:
    """One mail to each of the discipline who is invited: members for all of it, carers for that of their patients."""
    everybody, members = invitations.invited(meeting), _members(meeting)
    of_patient = {(each.patient_id, each.person_id) for each in carers}
    cases: Counter[UUID] = Counter()
    for discipline in {each.discipline for each in asked}:
        seats = {each.person_id: "" for each in members if each.person.discipline is discipline}
        for_all = deputies.in_place_of_absent(seats, meeting)
        for person in people.of_discipline(everybody, discipline):
            cases[person.id] = sum(
                person.id in for_all or (each.case.patient_id, person.id) in of_patient
                for each in asked
                if each.discipline is discipline
            )
    return invitations.send_preparation(meeting, +cases, everybody, by, occasion=f"version {version}")


def _members(meeting: Meeting) -> list[BoardMember]:
    """Who sits on the board on that day to take part; observers prepare nothing."""
    members = meeting_questions.members_to_invite(meeting)
    return [each for each in members if each.board_role is not BoardRole.OBSERVER]
