"""Questions about what patients wish and live with."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Case, Needs, NeedsVersion
from tumorboard.vocabulary import CaseState

ON_THE_WAY = (CaseState.SUBMITTED, CaseState.RETURNED, CaseState.ACCEPTED, CaseState.ON_AGENDA, CaseState.DEFERRED)


def needs_of(case_id: UUID) -> Needs | None:
    return db.session.get(Needs, case_id)


def needs_among(case_ids: Iterable[UUID]) -> dict[UUID, Needs]:
    """What is written about these cases, for those of which anything is."""
    query = select(Needs).where(Needs.case_id.in_(list(case_ids)))
    return {each.case_id: each for each in db.session.scalars(query)}


def needs_to_change(case_id: UUID) -> Needs | None:
    """What is written about the case, locked until the transaction ends."""
    query = select(Needs).where(Needs.case_id == case_id).with_for_update(of=Needs)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def earlier_needs(case_id: UUID) -> list[NeedsVersion]:
    """What stood there before, latest first."""
    query = select(NeedsVersion).where(NeedsVersion.case_id == case_id).order_by(NeedsVersion.version.desc())
    return list(db.session.scalars(query))


def cases_without_needs(person_id: UUID, at: datetime, limit: int) -> list[Case]:
    """Cases on their way to a board, of patients whom this person looks after, with nothing written; longest first."""
    patients = select(CareTeamMember.patient_id).where(
        CareTeamMember.person_id == person_id, CareTeamMember.present(at)
    )
    query = (
        select(Case)
        .where(Case.patient_id.in_(patients), Case.state.in_(ON_THE_WAY), ~exists().where(Needs.case_id == Case.id))
        .order_by(Case.submitted_at, Case.id)
        .limit(limit)
    )
    return list(db.session.scalars(query).unique())
