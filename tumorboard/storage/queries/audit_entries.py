"""Questions about what was done."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
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


def history_of_case(case_id: UUID, patient_id: UUID) -> list[Deed]:
    """What has changed the case or its patient's care team, newest first."""
    member = aliased(Person)
    is_of_team = AuditEntry.act == AuditAct.CARE_TEAM_CHANGED
    of_team = is_of_team & AuditEntry.patient_ids.contains([patient_id])
    of_case = AuditEntry.act.in_([AuditAct.CASE_MOVED_ON, AuditAct.GUESTS_CHOSEN])
    query = (
        select(AuditEntry, Person, member)
        .join(Person, Person.id == AuditEntry.person_id)
        .outerjoin(member, is_of_team & (member.id == AuditEntry.subject_ids[1]))
        .where(of_team | (of_case & AuditEntry.subject_ids.contains([case_id])))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST)
    )
    return [Deed(*row) for row in db.session.execute(query)]
