"""What somebody is in a meeting, in words: by their board, as a deputy, as a guest, from outside."""

from uuid import UUID

from tumorboard import words
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Absence, Meeting
from tumorboard.storage.queries import absences, board_members


def standing_in(meetings: list[Meeting], by: Actor) -> dict[UUID, str]:
    """For each of these meetings of theirs what this person is in it."""
    roles = board_members.roles_by_board(by.person.id, by.at)
    covered = absences.stand_ins([meeting.id for meeting in meetings], by.person.id)
    return {
        meeting.id: _said(
            roles[meeting.board_id].label if meeting.board_id in roles else "",
            [absence for meeting_id, absence in covered if meeting_id == meeting.id],
        )
        or ("External expert" if by.person.external else "Guest")
        for meeting in meetings
    }


def _said(role: str, covered: list[Absence]) -> str:
    names = " and ".join(words.name_words(each.person.family_name, each.person.given_name) for each in covered)
    deputy = f"Deputy of {names}" if names else ""
    return "; ".join(filter(None, (role, deputy)))
