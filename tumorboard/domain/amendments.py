"""A case that somebody writes after its agenda went out: it is marked so, and whoever has prepared by what stood there
before is told. Both count from the first agenda with the case on it.

Those are the invited who have looked at the case since, or started to prepare it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tumorboard.domain import invitations
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import AgendaItem, Case, Needs, SectionVersion
from tumorboard.storage.queries import agendas, audit_entries, calendar_entries, preparations, section_versions
from tumorboard.vocabulary import Section


def amended(
    item: AgendaItem | None, versions: Mapping[Section, SectionVersion], written: Needs | None
) -> dict[Section, datetime]:
    """The sections written since, each with when it was last; ``versions`` are the newest, ``item`` the case's own.

    Needs and preferences are the patient's voice; ``written`` is none to whoever may not read them.
    """
    published_at = _went_out_at(item)
    if published_at is None:
        return {}
    newest = {section: version.written_at for section, version in versions.items()}
    if written is not None:
        newest[Section.VOICE] = max(written.written_at, newest.get(Section.VOICE, written.written_at))
    return {section: at for section, at in newest.items() if at > published_at}


def amended_on_agenda(meeting_id: UUID) -> dict[UUID, tuple[Section, ...]]:
    """The sections written since, of each case of the meeting's agenda of which any is, in the order of the page."""
    written = section_versions.written_since_published(meeting_id)
    return {
        case_id: tuple(section for section in Section if (case_id, section) in written)
        for case_id in {case_id for case_id, _ in written}
    }


def tell_who_prepared(case: Case, by: Actor) -> None:
    """Owes them one mail each, and no second one until they have looked again; who changed it knows."""
    item = agendas.item_of_case(case.id)
    published_at = _went_out_at(item)
    if item is None or published_at is None or item.meeting.ends_at <= by.at:
        return
    others = calendar_entries.holders(item.meeting) - {by.person.id}
    looks = audit_entries.last_looks(case.id, others, published_at)
    prepared = preparations.who_prepared(case.id, item.meeting_id)
    invitations.send_amended(item.meeting, case.id, looks, by, prepared=prepared)


def _went_out_at(item: AgendaItem | None) -> datetime | None:
    return agendas.first_published_at(item.meeting_id, item.case_id) if item else None
