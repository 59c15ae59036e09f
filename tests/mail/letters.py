"""Letters as the service writes them, to fictional people."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from tumorboard.calendars.held_dates import HeldDates, MovedDate
from tumorboard.calendars.recurrence import Recurrence
from tumorboard.mail.letter import AccountLetter, MeetingLetter, SeriesLetter
from tumorboard.vocabulary import Frequency, NoticeKind

INVITATION = MeetingLetter(
    kind=NoticeKind.INVITATION,
    message_id="<0193583f-6e50-7c11-9b1e-3f6d6a2c8e10@tumorboard.example>",
    written_at=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
    to_name="Marlowe, Petra",
    to_address="petra.marlowe@northlake.example",
    from_name="Breast board",
    from_address="reply+6f1d2c3b4a5968778695a4b3c2d1e0f9@tumorboard.example",
    zone="America/New_York",
    board="Breast board",
    board_zone="America/New_York",
    starts_at=datetime(2026, 11, 25, 18, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 25, 19, 30, tzinfo=UTC),
    room="Room Aspen 2",
    video_link="https://video.northlake.example/breast-board",
    link="https://tumorboard.example/meetings/0193583f-0a4e-7b0c-8d52-51a0c7f3b2aa",
    answer_link="https://tumorboard.example/answer/AZNYPwpOewyNUlGgx_OyqgGTWD9uUHwRmx4_bW0sjhB2qX3kq0vT1yYw9m2d7cJr",
    reason="you are a core member of the Breast board",
    coordinator="Hazelden, Ruth",
    uid="0193583f-1111-7aaa-8bbb-222233334444@tumorboard.example",
    sequence=0,
    dtstamp=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
)

AGENDA = replace(
    INVITATION,
    kind=NoticeKind.AGENDA,
    link=f"{INVITATION.link}/agenda",
    agenda_version=2,
    changes=("One case added as item 1", "One case moved to 02-Dec-2026", "Items 2 to 9 start 12 minutes later"),
    cases=11,
    minutes=86,
    uid=None,
    sequence=None,
    dtstamp=None,
)

MOVED = replace(
    INVITATION,
    kind=NoticeKind.MOVED,
    starts_at=datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC),
    was_starts_at=datetime(2026, 11, 26, 13, 0, tzinfo=UTC),
    was_ends_at=datetime(2026, 11, 26, 14, 0, tzinfo=UTC),
    room="",
    why="holiday",
    sequence=1,
    dtstamp=INVITATION.dtstamp + timedelta(minutes=1),
)

ROOM_CHANGED = replace(
    INVITATION,
    kind=NoticeKind.MOVED,
    room="Room Birch 1",
    was_starts_at=INVITATION.starts_at,
    was_ends_at=INVITATION.ends_at,
    was_room=INVITATION.room,
    was_video_link=INVITATION.video_link,
    sequence=1,
)

CANCELLED = replace(INVITATION, kind=NoticeKind.CANCELLED, answer_link="", why="snow", returned_cases=4, sequence=2)

REMOVED = replace(
    INVITATION,
    answer_link="",
    kind=NoticeKind.REMOVED,
    link="https://tumorboard.example/meetings",
    reason="you were a core member of the Breast board",
    sequence=3,
)
REMOVED_FOR_THE_SERIES = replace(REMOVED, with_series=True, reason="you are a core member of the Breast board")

CASE_AMENDED = replace(
    INVITATION,
    answer_link="",
    kind=NoticeKind.CASE_AMENDED,
    link="https://tumorboard.example/cases/0193583f-2222-7aaa-8bbb-555566667777",
    reason="you opened this case after its agenda went out",
    uid=None,
    sequence=None,
    dtstamp=None,
)


ANSWER_ASKED = replace(
    INVITATION,
    kind=NoticeKind.ANSWER_ASKED,
    link=INVITATION.answer_link,
    answer_link="",
    uid=None,
    sequence=None,
    dtstamp=None,
)


PREPARATION_ASKED = replace(
    INVITATION,
    answer_link="",
    kind=NoticeKind.PREPARATION_ASKED,
    link="https://tumorboard.example/preparation",
    cases=3,
    discipline="pathology",
    due_at=datetime(2026, 11, 24, 22, 0, tzinfo=UTC),
    uid=None,
    sequence=None,
    dtstamp=None,
)


def in_kolkata(letter: MeetingLetter) -> MeetingLetter:
    """The same letter to somebody on other clocks."""
    return replace(
        letter,
        to_name="Sen, Aparajita",
        to_address="aparajita.sen@riverbend.example",
        zone="Asia/Kolkata",
        uid=letter.uid and "0193583f-1111-7aaa-8bbb-555566667777@tumorboard.example",
        from_address="reply+00112233445566778899aabbccddeeff@tumorboard.example",
        reason="you are invited as an external expert",
    )


EVERY_WEDNESDAY = HeldDates(
    recurrence=Recurrence(
        frequency=Frequency.WEEKLY,
        first_day=date(2026, 11, 25),
        start=time(13),
        minutes=90,
        zone="America/New_York",
    ),
    last=None,
    left_out=(),
    moved=(),
    room="Room Aspen 2",
    video_link="https://video.northlake.example/breast-board",
)
DECEMBER_16 = datetime(2026, 12, 16, 18, 0, tzinfo=UTC)
WITHOUT_DECEMBER_23 = replace(
    EVERY_WEDNESDAY,
    left_out=(datetime(2026, 12, 23, 18, 0, tzinfo=UTC),),
    moved=(
        MovedDate(
            recurs_at=DECEMBER_16,
            starts_at=DECEMBER_16 - timedelta(hours=25),
            ends_at=DECEMBER_16 - timedelta(hours=24),
            room="Linden 1",
            video_link=EVERY_WEDNESDAY.video_link,
        ),
    ),
)
SERIES_INVITATION = SeriesLetter(
    kind=NoticeKind.SERIES_INVITATION,
    message_id="<0193583f-6e50-7c11-9b1e-3f6d6a2c8e12@tumorboard.example>",
    written_at=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
    to_name="Marlowe, Petra",
    to_address="petra.marlowe@northlake.example",
    from_name="Breast board",
    from_address="reply+7f1d2c3b4a5968778695a4b3c2d1e0f9@tumorboard.example",
    zone="America/New_York",
    link="https://tumorboard.example/meetings",
    answer_link="https://tumorboard.example/answer/AZNYPwpOewyNUlGgx_Oyu7GTWD9uUHwRmx4_bW0sjhC7Lq0uPzE4hK1xS8bR5nVa",
    reason="you are a core member of the Breast board",
    board="Breast board",
    held=EVERY_WEDNESDAY,
    was=None,
    was_board="",
    coordinator="Hazelden, Ruth",
    why="",
    note="",
    uid="0193583f-1111-7aaa-8bbb-222233335555@tumorboard.example",
    sequence=0,
    dtstamp=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
)
SERIES_CHANGED = replace(
    SERIES_INVITATION,
    kind=NoticeKind.SERIES_CHANGED,
    held=WITHOUT_DECEMBER_23,
    was=EVERY_WEDNESDAY,
    was_board="Breast board",
    why="holidays",
    sequence=1,
)
SERIES_ENDS = replace(
    SERIES_CHANGED,
    held=replace(EVERY_WEDNESDAY, last=datetime(2027, 3, 10, 18, 0, tzinfo=UTC)),
    why="theatre list",
    note="It goes on from 17-Mar-2027: another mail brings those dates.",
)
SERIES_RENAMED = replace(SERIES_CHANGED, held=EVERY_WEDNESDAY, was_board="Breast clinic board", why="")
SERIES_OVER = replace(
    SERIES_CHANGED,
    kind=NoticeKind.SERIES_OVER,
    answer_link="",
    held=EVERY_WEDNESDAY,
    was=EVERY_WEDNESDAY,
    why="",
    sequence=2,
)
SERIES_LETTERS = {
    "series_invitation": SERIES_INVITATION,
    "series_invitation_to_kolkata": replace(SERIES_INVITATION, zone="Asia/Kolkata"),
    "series_changed": SERIES_CHANGED,
    "series_ends": SERIES_ENDS,
    "series_renamed": SERIES_RENAMED,
    "series_over": SERIES_OVER,
}
"""Letters about all the dates of a series."""

KINDS = {
    "invitation": INVITATION,
    "invitation_to_kolkata": in_kolkata(INVITATION),
    "agenda": AGENDA,
    "agenda_to_kolkata": in_kolkata(AGENDA),
    "moved": MOVED,
    "moved_to_kolkata": in_kolkata(MOVED),
    "room_changed": ROOM_CHANGED,
    "renamed": replace(ROOM_CHANGED, board="Breast and axilla board", was_board="Breast board"),
    "cancelled": CANCELLED,
    "cancelled_to_kolkata": in_kolkata(CANCELLED),
    "removed": REMOVED,
    "removed_for_the_series": REMOVED_FOR_THE_SERIES,
    "case_amended": CASE_AMENDED,
    "answer_asked": ANSWER_ASKED,
    "answer_asked_to_kolkata": in_kolkata(ANSWER_ASKED),
    "preparation_asked": PREPARATION_ASKED,
    "preparation_asked_of_one": replace(in_kolkata(PREPARATION_ASKED), cases=1, discipline="social work"),
    "case_amended_to_kolkata": replace(in_kolkata(CASE_AMENDED), reason=CASE_AMENDED.reason),
}
"""Letters about a meeting."""

JOIN = AccountLetter(
    kind=NoticeKind.JOIN,
    message_id="<0193583f-6e50-7c11-9b1e-3f6d6a2c8e11@tumorboard.example>",
    written_at=datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC),
    to_name="Redgrave-Moss, Ines",
    to_address="i.redgrave@eastmere.example",
    from_name="Tumorboard",
    from_address="boards@tumorboard.example",
    zone="America/New_York",
    link="https://tumorboard.example/join/3f6d6a2c8e11Q-zX",
    reason="you were invited to the tumor boards of your hospital",
    by="Dunmore, Felix",
    what="A passkey was added to your account.",
    email="ines@eastmere.example",
    until=datetime(2026, 11, 27, 19, 2, tzinfo=UTC),
)
_ABOUT_A_CASE = replace(
    JOIN,
    link="https://tumorboard.example/cases/0193583f-2222-7aaa-8bbb-555566667777",
    reason="you submitted this case",
    what="Breast board",
)
_SAID = {
    NoticeKind.INFORMATION_ASKED: _ABOUT_A_CASE,
    NoticeKind.CALL_ASKED: _ABOUT_A_CASE,
    NoticeKind.OPENED: replace(
        _ABOUT_A_CASE, reason="you are invited as an external expert", what="A case of the Breast board"
    ),
    NoticeKind.DEPUTY: replace(
        JOIN,
        link="https://tumorboard.example/meetings",
        reason="you were named as deputy",
        what="You stand in for Marlowe, Petra from 23-Nov-2026 to 27-Nov-2026",
    ),
    NoticeKind.HANDED_OVER: replace(
        JOIN,
        link="https://tumorboard.example/cases",
        reason="you are the one to call for a patient",
        what="You are lead of 2 care teams and key worker of 1 care team from now on",
    ),
    NoticeKind.RECORD_CORRECTED: replace(
        _ABOUT_A_CASE,
        reason="you submitted a case of this patient, or lead the care team",
        what="Two records of one patient were made one",
    ),
    NoticeKind.SLOT_POLL: replace(
        JOIN,
        link="https://tumorboard.example/poll/3f6d6a2c8e11Q-zX",
        reason="you are a member of the Breast board",
        what="Breast board, an extra meeting of 30 minutes: 5 hours to choose from",
    ),
    NoticeKind.SLOT_POLL_OVER: replace(
        JOIN,
        link="https://tumorboard.example/meetings",
        reason="you were asked which hour suits you",
        what="Breast board, an extra meeting of 30 minutes: no hour was taken",
    ),
}
ACCOUNT_LETTERS = {
    kind.value: replace(_SAID.get(kind, JOIN), kind=kind) for kind in NoticeKind if not kind.about_a_meeting
}
EVERY_LETTER = KINDS | SERIES_LETTERS | ACCOUNT_LETTERS
