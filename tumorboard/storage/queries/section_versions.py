"""Questions about the versions of a case's sections."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaVersion, Needs, PublishedItem, SectionVersion
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


def written_since_published(meeting_id: UUID) -> set[tuple[UUID, Section]]:
    """Which sections of which cases were written after the meeting's agenda had gone out with that case."""
    out = (
        select(PublishedItem.case_id, func.min(AgendaVersion.published_at).label("at"))
        .join(AgendaVersion, PublishedItem.agenda_version_id == AgendaVersion.id)
        .where(AgendaVersion.meeting_id == meeting_id)
        .group_by(PublishedItem.case_id)
        .cte()
    )
    sections = select(SectionVersion.case_id, SectionVersion.section).where(
        SectionVersion.case_id == out.c.case_id, SectionVersion.written_at > out.c.at
    )
    voice = select(Needs.case_id, literal(Section.VOICE, SectionVersion.section.type)).where(
        Needs.case_id == out.c.case_id, Needs.written_at > out.c.at
    )
    return {(case_id, section) for case_id, section in db.session.execute(sections.union(voice))}


class Written(NamedTuple):
    """That a section was written, needs and preferences as the patient's voice."""

    case_id: UUID
    section: Section
    at: datetime
    by_id: UUID


def written_after(case_ids: Iterable[UUID], instant: datetime) -> list[Written]:
    """What of these cases was written after it, and by whom."""
    ids = list(case_ids)
    sections = select(
        SectionVersion.case_id, SectionVersion.section, SectionVersion.written_at, SectionVersion.written_by_id
    ).where(SectionVersion.case_id.in_(ids), SectionVersion.written_at > instant)
    voice = literal(Section.VOICE, SectionVersion.section.type)
    needs = select(Needs.case_id, voice, Needs.written_at, Needs.written_by_id).where(
        Needs.case_id.in_(ids), Needs.written_at > instant
    )
    return [Written._make(row) for row in db.session.execute(sections.union(needs))]
