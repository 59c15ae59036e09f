"""How a board's last meetings went, reckoned from what is there anyway."""

from datetime import timedelta

import pytest

from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_instant
from tumorboard.domain.late_cases import freeze_for
from tumorboard.domain.lookback import Lookback, look_back
from tumorboard.storage.db import db
from tumorboard.storage.models import AgendaVersion, Answer, Board, Meeting, Person
from tumorboard.storage.queries import board_members
from tumorboard.vocabulary import AnswerKind, BoardRole, MeetingState

pytestmark = pytest.mark.usefixtures("app")


def held(board: Board, by: Person, *, days_ago: int, in_time: bool = True) -> Meeting:
    """Published a minute before or after the freeze, with one case of 8 minutes that came in time."""
    meeting = a_meeting(board, starts_in=timedelta(days=-days_ago))
    meeting.state = MeetingState.CLOSED
    a_listed_case(meeting, a_case(board, by))
    minute = timedelta(minutes=-1 if in_time else 1)
    version = {"meeting_id": meeting.id, "version": 1, "published_by": by}
    db.session.add(AgendaVersion(published_at=freeze_for(meeting) + minute, **version))
    db.session.commit()
    return meeting


def test_meetings_that_took_place_with_an_agenda_are_counted_and_no_others() -> None:
    coordinator = a_person()
    board = a_board((coordinator, BoardRole.COORDINATOR), (a_person(), BoardRole.CORE))
    assert look_back(board, an_instant()) is None
    for member in board_members.present_members(board.id, an_instant()):
        member.joined_at = member.person.created_at = member.person.joined_at = an_instant() - timedelta(days=200)
    first = held(board, coordinator, days_ago=7)
    held(board, coordinator, days_ago=14, in_time=False)
    held(board, coordinator, days_ago=21).state = MeetingState.CANCELLED
    a_meeting(board, starts_in=timedelta(days=-28))
    late = a_listed_case(first, a_case(board, coordinator), minutes=13)
    late.late, late.override, late.overridden_by = True, "It cannot wait.", coordinator
    hours = {"starts_at": first.starts_at, "ends_at": first.ends_at, "answered_at": an_instant()}
    db.session.add(Answer(meeting_id=first.id, person_id=coordinator.id, answer=AnswerKind.YES, reason="", **hours))
    db.session.commit()
    found = look_back(board, an_instant())
    assert found == Lookback(meetings=2, in_time=1, cases=3, minutes=29, late=1, coming=1, asked=4)
    assert (round(found.minutes_a_case, 1), found.said_yes) == (9.7, 25)
    for week in range(3, 16):
        held(board, coordinator, days_ago=7 * week + 1)
    last = look_back(board, an_instant())
    assert last is not None
    assert last.meetings == 12
