"""Questions that a quorum forecast is reckoned from: the same few, however many meetings."""

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaItem, BoardMember, Case, Meeting, Person
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import BoardRole, CaseType


def members_at(meeting_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
    """For each of these meetings, who is on its board when it meets and not only looks on, by name."""
    query = (
        select(Meeting.id, Person)
        .join(BoardMember, BoardMember.board_id == Meeting.board_id)
        .join(Person, Person.id == BoardMember.person_id)
        .where(
            Meeting.id.in_(meeting_ids),
            BoardMember.present(Meeting.starts_at),
            BoardMember.board_role != BoardRole.OBSERVER,
            Person.active(Meeting.starts_at),
        )
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    found: dict[UUID, list[Person]] = defaultdict(list)
    for meeting_id, person in db.session.execute(query).unique():
        found[meeting_id].append(person)
    return found


@beyond_sight()
def listed_case_types(meeting_ids: Collection[UUID]) -> dict[UUID, Counter[CaseType]]:
    """For each of these meetings, how many cases of each type are listed; nothing else of a case is told."""
    query = (
        select(AgendaItem.meeting_id, Case.case_type, func.count())
        .join(Case, Case.id == AgendaItem.case_id)
        .where(AgendaItem.meeting_id.in_(meeting_ids), AgendaItem.taken_off_at.is_(None))
        .group_by(AgendaItem.meeting_id, Case.case_type)
    )
    found: dict[UUID, Counter[CaseType]] = defaultdict(Counter)
    for meeting_id, case_type, count in db.session.execute(query):
        if case_type is not None:
            found[meeting_id][case_type] = count
    return found
