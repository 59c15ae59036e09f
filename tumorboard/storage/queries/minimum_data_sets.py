"""Questions about minimum data sets."""

from uuid import UUID

from sqlalchemy import func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import MinimumDataSet
from tumorboard.vocabulary import TumorType


def hold(board_id: UUID, tumor_type: TumorType) -> None:
    """Until the transaction ends nobody else makes a version of this data set."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{board_id}:{tumor_type.value}", 0))))


def in_force(board_id: UUID, tumor_type: TumorType) -> MinimumDataSet | None:
    """The board's newest version in force; none while the board has only the template."""
    query = (
        select(MinimumDataSet)
        .where(
            MinimumDataSet.board_id == board_id,
            MinimumDataSet.tumor_type == tumor_type,
            MinimumDataSet.in_force_since.is_not(None),
        )
        .order_by(MinimumDataSet.version.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()
