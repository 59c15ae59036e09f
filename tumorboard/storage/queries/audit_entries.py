"""Questions about what was done."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Person
from tumorboard.vocabulary import AuditAct

MOST = 50


class Deed(NamedTuple):
    """What was done, by whom, and who joined or left the care team by it."""

    entry: AuditEntry
    person: Person
    member: Person | None


ABOUT_A_CASE = (
    AuditAct.CASE_MOVED_ON,
    AuditAct.GUESTS_CHOSEN,
    AuditAct.NEEDS_WRITTEN,
    AuditAct.ATTACHMENT_CHANGED,
    AuditAct.PREPARATION_STARTED,
    AuditAct.PREPARATION_READY,
    AuditAct.PREPARATION_HELD_UP,
    AuditAct.PREPARATION_UNDONE,
)


def history_of_case(case_id: UUID, patient_id: UUID) -> list[Deed]:
    """What has changed the case, its patient's care team or record, newest first."""
    member = aliased(Person)
    is_of_team = AuditEntry.act == AuditAct.CARE_TEAM_CHANGED
    of_team = is_of_team & AuditEntry.patient_ids.contains([patient_id])
    of_record = (AuditEntry.act == AuditAct.PATIENT_CORRECTED) & AuditEntry.patient_ids.contains([patient_id])
    of_case = AuditEntry.act.in_(ABOUT_A_CASE)
    # The first version of a section is the submission itself.
    written = (AuditEntry.act == AuditAct.SECTION_WRITTEN) & (AuditEntry.details["version"].as_integer() > 1)
    query = (
        select(AuditEntry, Person, member)
        .join(Person, Person.id == AuditEntry.person_id)
        .outerjoin(member, is_of_team & (member.id == AuditEntry.subject_ids[1]))
        .where(of_team | of_record | ((of_case | written) & AuditEntry.subject_ids.contains([case_id])))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST)
    )
    return [Deed(*row) for row in db.session.execute(query)]


LOOKS = (
    AuditAct.CASE_OPENED,
    AuditAct.CASE_PRINTED,
    AuditAct.PACK_PRINTED,
    AuditAct.PREPARATION_STARTED,
    AuditAct.PREPARATION_READY,
)


def last_looks(case_id: UUID, person_ids: Iterable[UUID], since: datetime) -> dict[UUID, int]:
    """Which of these people have opened, printed or prepared the case since; each with their last entry."""
    query = (
        select(AuditEntry.person_id, func.max(AuditEntry.id))
        .where(
            AuditEntry.act.in_(LOOKS),
            AuditEntry.subject_ids.contains([case_id]),
            AuditEntry.person_id.in_(list(person_ids)),
            AuditEntry.at >= since,
        )
        .group_by(AuditEntry.person_id)
    )
    return {person_id: entry_id for person_id, entry_id in db.session.execute(query) if person_id}


def inviter_of(person_id: UUID) -> Person | None:
    """Who last invited this person."""
    invited = (AuditEntry.act == AuditAct.PERSON_INVITED) & (AuditEntry.details["action"].as_string() == "invite")
    query = (
        select(Person)
        .join(AuditEntry, AuditEntry.person_id == Person.id)
        .where(invited, AuditEntry.subject_ids.contains([person_id]))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def last_by(subject_id: UUID, act: AuditAct) -> Person | None:
    """Who did this last to this subject."""
    query = (
        select(Person)
        .join(AuditEntry, AuditEntry.person_id == Person.id)
        .where(AuditEntry.act == act, AuditEntry.subject_ids.contains([subject_id]))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


ABOUT_A_PERSON = (
    AuditAct.PERSON_INVITED,
    AuditAct.PERSON_JOINED,
    AuditAct.PERSON_CHANGED,
    AuditAct.PERSON_DEACTIVATED,
    AuditAct.MEMBERS_CHANGED,
    AuditAct.ABSENCE_CHANGED,
    AuditAct.OFFICE_ASKED,
    AuditAct.OFFICE_DECIDED,
)
OF_THE_ACCOUNT = (AuditAct.PASSWORD_CHANGED, AuditAct.SECOND_FACTOR_CHANGED, AuditAct.EMAIL_CHANGED)


def history_of_person(person_id: UUID, limit: int = 12) -> list[Deed]:
    """What was done to somebody's account and places, newest first; no patient is in it."""
    about = AuditEntry.act.in_(ABOUT_A_PERSON) & AuditEntry.subject_ids.contains([person_id])
    own = AuditEntry.act.in_(OF_THE_ACCOUNT) & (AuditEntry.person_id == person_id)
    query = (
        select(AuditEntry, Person)
        .join(Person, Person.id == AuditEntry.person_id)
        .where(about | own)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return [Deed(entry, person, None) for entry, person in db.session.execute(query)]
