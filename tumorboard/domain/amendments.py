"""A case that somebody writes after its agenda went out: whoever has prepared by what stood there before is told.

Until there are preparations, they are those invited who have looked at the case since.
"""

from tumorboard.domain import invitations
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Case
from tumorboard.storage.queries import agendas, audit_entries, calendar_entries


def tell_who_prepared(case: Case, by: Actor) -> None:
    """Owes them one mail each, and no second one until they have looked again; who changed it knows."""
    item = agendas.item_of_case(case.id)
    published_at = agendas.first_published_at(item.meeting_id, case.id) if item else None
    if item is None or published_at is None or item.meeting.ends_at <= by.at:
        return
    others = calendar_entries.holders(item.meeting) - {by.person.id}
    looks = audit_entries.last_looks(case.id, others, published_at)
    invitations.send_amended(item.meeting, case.id, looks, by)
