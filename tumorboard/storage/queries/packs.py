"""Questions about the packs of meetings."""

from uuid import UUID

from sqlalchemy import select

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Pack
from tumorboard.vocabulary import PackState


def pack_of(meeting_id: UUID, person_id: UUID) -> Pack | None:
    """The one that this person asked for."""
    query = select(Pack).where(Pack.meeting_id == meeting_id, Pack.asked_by_id == person_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def kept_packs() -> list[Pack]:
    """Those that are not in the making, locked until the transaction ends; what another one holds is left out."""
    query = select(Pack).where(Pack.state.in_([PackState.READY, PackState.FAILED]))
    return list(db.session.scalars(query.with_for_update(of=Pack, skip_locked=True)))


def patients_of(case_ids: list[UUID]) -> list[UUID | None]:
    """The patient of each of these cases that whoever asks may see."""
    return list(db.session.scalars(select(Case.patient_id).where(Case.id.in_(case_ids))))
