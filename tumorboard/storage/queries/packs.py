"""Questions about the packs of meetings."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Needs, Pack, SectionVersion
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import PackState


def pack_of(meeting_id: UUID, person_id: UUID) -> Pack | None:
    """The one that this person asked for."""
    query = select(Pack).where(Pack.meeting_id == meeting_id, Pack.asked_by_id == person_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def kept_packs() -> list[Pack]:
    """Those that are not in the making, locked until the transaction ends; what another one holds is left out."""
    query = select(Pack).where(Pack.state.in_([PackState.READY, PackState.FAILED]))
    return list(db.session.scalars(query.with_for_update(of=Pack, skip_locked=True)))


@beyond_sight()
def last_written(case_ids: Iterable[UUID]) -> dict[UUID, tuple[int, ...]]:
    """For each of these cases how many versions its sections, its needs and itself have had."""
    sections = select(func.count()).where(SectionVersion.case_id == Case.id).scalar_subquery()
    needs = select(func.coalesce(func.max(Needs.version), 0)).where(Needs.case_id == Case.id).scalar_subquery()
    query = select(Case.id, Case.version, sections, needs).where(Case.id.in_(list(case_ids)))
    return {case_id: tuple(versions) for case_id, *versions in db.session.execute(query)}


def patients_of(case_ids: list[UUID]) -> list[UUID | None]:
    """The patient of each of these cases that whoever asks may see."""
    return list(db.session.scalars(select(Case.patient_id).where(Case.id.in_(case_ids))))
