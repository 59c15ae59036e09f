"""Questions about how far new boards are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaVersion, Board, BoardMember, Case, Meeting
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import BoardRole


@dataclass(frozen=True)
class Facts:
    """What a board has had at any time."""

    members: bool
    """Besides who coordinates it."""
    meetings: bool
    cases: bool
    agenda: bool
    """One that was published."""


@beyond_sight()
def facts_of(board_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """For each of these boards; a case counts for whoever asks, and is shown to nobody."""
    query = select(
        Board.id,
        exists().where(BoardMember.board_id == Board.id, BoardMember.board_role != BoardRole.COORDINATOR),
        exists().where(Meeting.board_id == Board.id),
        exists().where(Case.board_id == Board.id, Case.submitted_at.is_not(None)),
        exists().where(Meeting.board_id == Board.id, AgendaVersion.meeting_id == Meeting.id),
    ).where(Board.id.in_(list(board_ids)))
    return {board_id: Facts(*found) for board_id, *found in db.session.execute(query)}
