"""Questions about what was asked back of submitters."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import distinct_on

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, InformationRequest
from tumorboard.vocabulary import CaseState


def open_request(case_id: UUID) -> InformationRequest | None:
    """What is asked and neither answered nor taken back yet; of a case that was withdrawn meanwhile, nothing."""
    query = select(InformationRequest).where(
        InformationRequest.case_id == case_id,
        exists().where(Case.id == InformationRequest.case_id, Case.state == CaseState.RETURNED),
        InformationRequest.answered_at.is_(None),
        InformationRequest.recalled_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


def answered_requests(case_id: UUID) -> list[InformationRequest]:
    """The thread: what was asked and answered, latest first."""
    query = (
        select(InformationRequest)
        .where(InformationRequest.case_id == case_id, InformationRequest.answered_at.is_not(None))
        .order_by(InformationRequest.asked_at.desc())
    )
    return list(db.session.scalars(query))


def latest_answers(case_ids: Iterable[UUID]) -> dict[UUID, InformationRequest]:
    """Of these cases those that came back with an answer, each with its latest."""
    query = (
        select(InformationRequest)
        .ext(distinct_on(InformationRequest.case_id))
        .where(InformationRequest.case_id.in_(list(case_ids)), InformationRequest.answered_at.is_not(None))
        .order_by(InformationRequest.case_id, InformationRequest.answered_at.desc())
    )
    return {each.case_id: each for each in db.session.scalars(query)}
