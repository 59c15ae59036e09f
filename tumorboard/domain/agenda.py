"""Building a meeting's agenda: which cases, in which order, for how many minutes; and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from tumorboard import words
from tumorboard.domain import (
    agenda_mail,
    amendments,
    audit,
    cases,
    completeness,
    invitations,
    late_cases,
    preparation_requests,
)
from tumorboard.domain.actor import Actor
from tumorboard.domain.completeness import Completeness, Gap
from tumorboard.domain.lifecycle import advance, require_version
from tumorboard.domain.lifecycles import MEETING
from tumorboard.domain.meetings import day_of, is_open
from tumorboard.domain.notices import cancel_meeting_notices
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, AgendaVersion, Case, Meeting, Notice, PublishedItem
from tumorboard.storage.queries import agendas as questions
from tumorboard.storage.queries import cases as case_questions
from tumorboard.vocabulary import AuditAct, CaseAction, MeetingAction, NoticeKind, Permission, Section


@dataclass(frozen=True)
class Slot:
    """One place on the agenda as one person may see it: without the case when it is none of theirs."""

    item: AgendaItem | PublishedItem
    starts_at: datetime
    case: Case | None
    amended: tuple[Section, ...] = ()
    """What of the case was written after its agenda went out."""


@dataclass(frozen=True)
class Arrange:
    """The agenda's order and minutes, whole: each item once. ``version`` is the meeting's as the coordinator saw it."""

    minutes: tuple[tuple[UUID, int], ...]
    version: int


def open_agenda(meeting: Meeting, by: Actor) -> list[Slot]:
    """The agenda in order with start times: as it is being built for who builds it, as last published for the others.

    A guest sees the cases of their own patients and that there are others.
    """
    builds = demand(by, Permission.SEE_MEETING, meeting).may(Permission.BUILD_AGENDA)
    items: Sequence[AgendaItem | PublishedItem] = (
        questions.listed_items(meeting.id) if builds else _published_items(meeting)
    )
    visible = case_questions.visible_among(by.person.id, [item.case_id for item in items], by.at)
    amended = amendments.amended_on_agenda(meeting.id)
    slots, at = [], meeting.starts_at
    for item in items:
        seen = item.case_id in visible
        slots.append(Slot(item, at, item.case if seen else None, amended.get(item.case_id, ()) if seen else ()))
        at += timedelta(minutes=item.minutes)
    patients = [slot.case.patient_id for slot in slots if slot.case]
    audit.record(by, AuditAct.AGENDA_OPENED, patients=patients, subjects=[meeting.id])
    return slots


def _published_items(meeting: Meeting) -> list[PublishedItem]:
    latest = questions.latest_version(meeting.id)
    items = latest.items if latest else []
    withdrawn = case_questions.withdrawn_among(item.case_id for item in items)
    return [item for item in items if item.case_id not in withdrawn]


def completeness_on_the_day(meeting: Meeting, case: Case) -> Completeness:
    """How complete a case of the meeting's board is when it meets."""
    if case.board_id != meeting.board_id:
        raise absent()
    return completeness.of_cases([case], day_of(meeting))[case.id]


def put_on_agenda(
    meeting: Meeting, case: Case, by: Actor, *, minutes: int | None = None, override: str = ""
) -> AgendaItem:
    """Lists an accepted case at the end of the agenda, for the board's minutes of its case type unless told otherwise.

    A case that is in time and complete, or whose gaps are pending with a date, needs no more. One that is late, or of
    which anything is missing, is refused (``field="override"``) unless ``override`` says why it cannot wait: the gate
    of features.md 6.
    """
    _require_open(meeting, by)
    missing = completeness_on_the_day(meeting, case).missing
    late = late_cases.is_late(meeting, case, by.at)
    cases.move_on(case, CaseAction.PUT_ON_AGENDA, by)
    if late:
        late_cases.require_allowed(meeting, by)
    if (missing or late) and not override:
        raise Refused(Code.WRONG, _sentence_of(missing) if missing else late_cases.WHY, field="override")
    items = questions.listed_items(meeting.id)
    item = AgendaItem(
        meeting=meeting,
        case=case,
        position=max((each.position for each in items), default=0) + 1,
        minutes=minutes or meeting.board.minutes_for(case.case_type),
        override=override if missing or late else "",
        overridden_by=by.person if missing or late else None,
        late=late,
    )
    db.session.add(item)
    _count_change(meeting)
    details: dict[str, str | int] = {"missing": len(missing)} if missing else {}
    details |= {"late": 1} if late else {}
    subjects = [meeting.id, case.id]
    audit.record(by, AuditAct.AGENDA_CHANGED, patients=[case.patient_id], subjects=subjects, details=details)
    return item


def _sentence_of(missing: tuple[Gap, ...]) -> str:
    named = ", ".join(gap.item.label for gap in missing)
    return f"{words.count_words(len(missing), 'item')} missing: {named}. Return the case, or say why it cannot wait."


def take_off_agenda(meeting: Meeting, item: AgendaItem, by: Actor) -> None:
    """Gives the case back to the queue as accepted; who was invited for it hears of it with the next version."""
    _require_open(meeting, by)
    cases.move_on(item.case, CaseAction.TAKE_OFF_AGENDA, by)
    item.taken_off_at = by.at
    _count_change(meeting)
    preparation_requests.recount(meeting, by)
    audit.record(by, AuditAct.AGENDA_CHANGED, patients=[item.case.patient_id], subjects=[meeting.id, item.case_id])


def arrange(meeting: Meeting, act: Arrange, by: Actor) -> None:
    """Puts the agenda into this order with these minutes. Refused when somebody else has changed it meanwhile."""
    _require_open(meeting, by)
    require_version(meeting, act.version)
    items = {item.id: item for item in questions.listed_items(meeting.id)}
    if sorted(items) != sorted(item_id for item_id, _ in act.minutes):
        raise Refused(Code.CHANGED_MEANWHILE, "A case was added or taken off meanwhile. Look at the agenda again.")
    for position, (item_id, minutes) in enumerate(act.minutes, start=1):
        if not 1 <= minutes <= 240:
            raise Refused(Code.WRONG, "Give each case between 1 and 240 minutes.", field="minutes")
        items[item_id].position, items[item_id].minutes = position, minutes
    _count_change(meeting)
    audit.record(by, AuditAct.AGENDA_CHANGED, subjects=[meeting.id])


def publish(meeting: Meeting, by: Actor, *, version: int, at_once: bool = False) -> list[Notice]:
    """Publishes the next version: whoever is concerned gets the agenda, and an invitation where they hold none yet.

    ``version`` is the meeting's as the coordinator saw it. Refused for a first agenda without a case, and when nothing
    has changed since the last version, so that pressing twice publishes once. Agendas wait for the board's hour unless
    they are to go out ``at_once``; invitations never do.
    """
    _require_open(meeting, by)
    items, before = questions.listed_items(meeting.id), questions.latest_version(meeting.id)
    if not items and before is None:
        raise Refused(Code.NOT_NOW, "There is no case on the agenda yet. Add one, then publish.")
    changes = changes_in_words(items, before)
    if before is not None and not changes:
        raise Refused(Code.NOT_NOW, f"Version {before.version} is published, and nothing has changed since.")
    require_version(meeting, version)
    advance(meeting, MeetingAction.PUBLISH, MEETING, by)
    _keep_version(meeting, items, before, by)
    waits_until = agenda_mail.waits_until(meeting, before, by.at)
    unheard = before is not None and waits_until is not None  # of what waited nobody has read, so nothing is new in it
    cancel_meeting_notices(meeting, kinds=[NoticeKind.AGENDA])
    everybody = invitations.invited(meeting)
    owed = invitations.settle(meeting, invitations.facts_of(meeting), by)
    audit.record(by, AuditAct.AGENDA_PUBLISHED, subjects=[meeting.id])
    owed += invitations.send_agenda(
        meeting,
        invitations.readers(everybody, meeting),
        by,
        changes=() if unheard else changes,
        due_at=None if at_once else waits_until,
    )
    complete = completeness.of_cases([item.case for item in items], day_of(meeting))
    return owed + preparation_requests.ask(meeting, items, complete, by)


def changes_in_words(items: list[AgendaItem], before: AgendaVersion | None) -> tuple[str, ...]:
    """What is new since the version before, without a word about a patient.

    Nothing for the first version, and when cases, order and minutes are those that were published.
    """
    if before is None:
        return ()
    then, now = [item.case_id for item in before.items], [item.case_id for item in items]
    added = [now.index(case_id) + 1 for case_id in now if case_id not in then]
    gone = len([case_id for case_id in then if case_id not in now])
    words = [f"One case added as item {place}" for place in added]
    if gone:
        words.append("One case taken off" if gone == 1 else f"{gone} cases taken off")
    if [each for each in then if each in now] != [each for each in now if each in then]:
        words.append("The order has changed")
    minutes = {item.case_id: item.minutes for item in before.items}
    if any(minutes.get(item.case_id, item.minutes) != item.minutes for item in items):
        words.append("The minutes of some cases have changed")
    return tuple(words)


def _count_change(meeting: Meeting) -> None:
    """Raises the meeting's version, although only its items changed: who had the older agenda in sight is told so."""
    flag_modified(meeting, "state")
    db.session.flush()


def _keep_version(meeting: Meeting, items: list[AgendaItem], before: AgendaVersion | None, by: Actor) -> None:
    db.session.add(
        AgendaVersion(
            meeting_id=meeting.id,
            version=before.version + 1 if before else 1,
            published_at=by.at,
            published_by=by.person,
            items=[
                PublishedItem(case_id=item.case_id, position=position, minutes=item.minutes)
                for position, item in enumerate(items, start=1)
            ],
        )
    )
    db.session.flush()


def _require_open(meeting: Meeting, by: Actor) -> None:
    demand(by, Permission.BUILD_AGENDA, meeting)
    if not is_open(meeting, by.at):
        raise Refused(Code.NOT_NOW, "This agenda cannot be changed any more: the meeting is over, live or cancelled.")
