"""Questions about the versions of a case's sections."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from tumorboard.storage.db import db
from tumorboard.storage.models import SectionVersion
from tumorboard.vocabulary import Section


def latest_to_change(case_id: UUID, section: Section) -> SectionVersion | None:
    """The section's newest version; whoever asks holds the case, so that nobody writes the next one meanwhile."""
    query = (
        select(SectionVersion)
        .where(SectionVersion.case_id == case_id, SectionVersion.section == section)
        .order_by(SectionVersion.version.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def latest(case_id: UUID) -> dict[Section, SectionVersion]:
    """The newest version of each section of the case."""
    query = (
        select(SectionVersion)
        .ext(distinct_on(SectionVersion.section))
        .where(SectionVersion.case_id == case_id)
        .order_by(SectionVersion.section, SectionVersion.version.desc())
    )
    return {each.section: each for each in db.session.scalars(query)}


def all_of(case_id: UUID, section: Section) -> list[SectionVersion]:
    """Every version of one section, newest first."""
    query = (
        select(SectionVersion)
        .where(SectionVersion.case_id == case_id, SectionVersion.section == section)
        .order_by(SectionVersion.version.desc())
    )
    return list(db.session.scalars(query))


def version_numbers(case_id: UUID) -> dict[Section, int]:
    """How many versions each section of the case has had."""
    query = (
        select(SectionVersion.section, func.max(SectionVersion.version))
        .where(SectionVersion.case_id == case_id)
        .group_by(SectionVersion.section)
    )
    return dict(db.session.execute(query).tuples().all())
