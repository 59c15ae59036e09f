"""Questions about break-glass: who opened whose record, until when, and what they looked at."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, any_, cast, func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, BreakGlass, CareTeamMember, Case
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import AuditAct

_THE_ACT_ITSELF = (AuditAct.GLASS_BROKEN, AuditAct.BREAK_GLASS_ENDED, AuditAct.PATIENT_SOUGHT)


class Look(NamedTuple):
    """One page of the patient that somebody saw while the glass was broken."""

    at: datetime
    act: AuditAct
    case_number: int | None


def break_glass(glass_id: UUID) -> BreakGlass | None:
    return db.session.get(BreakGlass, glass_id)


def to_change(glass_id: UUID) -> BreakGlass | None:
    """One use, locked until the transaction ends."""
    query = select(BreakGlass).where(BreakGlass.id == glass_id).with_for_update(of=BreakGlass)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()


def open_now(person_id: UUID, at: datetime) -> list[BreakGlass]:
    """What this person has open, the one that ends first before the others."""
    query = select(BreakGlass).where(BreakGlass.person_id == person_id, _open(at)).order_by(BreakGlass.expires_at)
    return list(db.session.scalars(query).unique())


def tries_since(person_id: UUID, since: datetime) -> set[tuple[str, str]]:
    """Whom this person has looked for to break the glass for, found or not, and the mark of each try."""
    mark = func.coalesce(AuditEntry.details["try"].as_string(), cast(AuditEntry.id, String))
    patient = func.coalesce(AuditEntry.details["whom"].as_string(), mark)
    query = select(patient, mark).where(
        AuditEntry.person_id == person_id,
        AuditEntry.act == AuditAct.PATIENT_SOUGHT,
        AuditEntry.details.has_key("glass"),
        AuditEntry.at > since,
    )
    return {(whom, mark) for whom, mark in db.session.execute(query)}


def uses_since(person_id: UUID, since: datetime) -> int:
    query = select(func.count()).where(BreakGlass.person_id == person_id, BreakGlass.opened_at > since)
    return db.session.scalar(query) or 0


@beyond_sight()
def to_review(since: datetime) -> list[BreakGlass]:
    """All that nobody has reviewed, and everything opened since, latest first."""
    which = BreakGlass.outcome.is_(None) | (BreakGlass.opened_at > since)
    return list(db.session.scalars(select(BreakGlass).where(which).order_by(BreakGlass.opened_at.desc())).unique())


def unreviewed_count() -> int:
    return db.session.scalar(select(func.count()).where(BreakGlass.outcome.is_(None))) or 0


def of_patients_led_by(person_id: UUID, since: datetime, at: datetime) -> list[BreakGlass]:
    """What was opened since of patients whose care team this person leads now, latest first."""
    led = select(CareTeamMember.patient_id).where(
        CareTeamMember.person_id == person_id, CareTeamMember.lead, CareTeamMember.present(at)
    )
    query = (
        select(BreakGlass)
        .where(BreakGlass.patient_id.in_(led), BreakGlass.opened_at > since)
        .order_by(BreakGlass.opened_at.desc())
    )
    return list(db.session.scalars(query).unique())


@beyond_sight()
def looks(uses: Iterable[BreakGlass]) -> dict[UUID, list[Look]]:
    """For each use, what the audit says was seen of the patient by this person in that time, in order."""
    query = (
        select(BreakGlass.id, AuditEntry.at, AuditEntry.act, Case.number)
        .join(
            AuditEntry,
            (AuditEntry.person_id == BreakGlass.person_id)
            & (BreakGlass.patient_id == any_(AuditEntry.patient_ids))
            & AuditEntry.at.between(BreakGlass.opened_at, func.coalesce(BreakGlass.ended_at, BreakGlass.expires_at)),
        )
        .outerjoin(Case, Case.id == AuditEntry.subject_ids[1])
        .where(BreakGlass.id.in_([use.id for use in uses]), AuditEntry.act.not_in(_THE_ACT_ITSELF))
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    found: dict[UUID, list[Look]] = defaultdict(list)
    for use_id, at, act, number in db.session.execute(query):
        found[use_id].append(Look(at, act, number))
    return found


def _open(at: datetime) -> ColumnElement[bool]:
    return (BreakGlass.expires_at > at) & BreakGlass.ended_at.is_(None)
