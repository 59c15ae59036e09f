"""What a mail about a series says of its dates."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.mail.letters import EVERY_WEDNESDAY, SERIES_CHANGED, SERIES_INVITATION
from tumorboard.calendars.held_dates import MovedDate
from tumorboard.mail import wording

IN_ANOTHER_ROOM = MovedDate(
    recurs_at=datetime(2026, 12, 9, 18, 0, tzinfo=UTC),
    starts_at=datetime(2026, 12, 9, 18, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 9, 19, 30, tzinfo=UTC),
    room="Aspen 9",
    video_link=EVERY_WEDNESDAY.video_link,
)


def test_another_room_for_all_is_said_once_and_of_the_date_that_keeps_its_own():
    before = replace(EVERY_WEDNESDAY, room="Aspen 2", moved=(IN_ANOTHER_ROOM,))
    text = wording.text(replace(SERIES_CHANGED, was=before, held=replace(before, room="Aspen 7"), why=""))
    assert "The room is Aspen 7 now." in text
    assert "Wednesday 09-Dec-2026, 13:00 to 14:30 EST: it stays in Aspen 9." in " ".join(text.split())
    assert "usual room" not in text
    assert text.count("2026, 13:00 to 14:30 EST:") == 1


def test_a_date_that_comes_back_to_the_room_of_all_says_so():
    before = replace(EVERY_WEDNESDAY, moved=(IN_ANOTHER_ROOM,))
    text = wording.text(replace(SERIES_CHANGED, was=before, held=replace(before, moved=()), why=""))
    assert "Wednesday 09-Dec-2026, 13:00 to 14:30 EST: in the usual room." in " ".join(text.split())


def test_the_day_beside_the_weekday_is_that_weekday_for_readers_of_another_day():
    assert wording.subject(replace(SERIES_INVITATION, zone="Pacific/Kiritimati")) == (
        "Invitation: Breast board, every Wednesday from 25-Nov-2026 13:00 EST"
    )
