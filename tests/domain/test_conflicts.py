"""What stands in the way of a date, said before anybody hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import a_board, a_hospital, a_meeting, a_person
from tumorboard.domain.conflicts import Conflict, Span, conflicts_of, span_of
from tumorboard.storage.db import db
from tumorboard.vocabulary import BoardRole, ConflictKind

pytestmark = pytest.mark.usefixtures("app")
CHRISTMAS = datetime(2026, 12, 25, 18, tzinfo=UTC)


def on(starts_at: datetime) -> Span:
    return Span(starts_at, starts_at + timedelta(hours=1), "")


def test_an_overlap_with_the_boards_own_meeting_is_one_sentence_and_not_one_for_each_member() -> None:
    board = a_board((a_person(), BoardRole.COORDINATOR), (a_person(), BoardRole.CORE))
    own = a_meeting(board)
    later = Span(own.starts_at + timedelta(minutes=30), own.ends_at + timedelta(minutes=30), board.room)
    [found] = conflicts_of(board, [later])
    assert [each.kind for each in found] == [ConflictKind.OVERLAP]
    assert found[0].text.startswith("The board meets then already: ")
    assert conflicts_of(board, [span_of(own)]) == [[]]


def test_a_holiday_of_each_hospital_of_the_board_is_said_and_one_that_they_share_once() -> None:
    board, further = a_board(), a_hospital("Fjordheim")
    board.hospital.holidays, further.holidays = "US-NY", "NO"
    board.further_hospitals = [further]
    db.session.commit()
    second_day, day = conflicts_of(board, [on(CHRISTMAS + timedelta(days=1)), on(CHRISTMAS)])
    assert second_day == [Conflict(ConflictKind.HOLIDAY, "Second Day of Christmas, Fjordheim Hospital")]
    assert [each.kind for each in day] == [ConflictKind.HOLIDAY]
    assert day[0].text.count("Christmas Day") == 1
