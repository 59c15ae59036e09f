"""What beginning or changing a series would do: made and undone, and taken down before that."""

from dataclasses import dataclass, replace
from datetime import datetime

from tumorboard import words
from tumorboard.domain import series
from tumorboard.domain.actor import Actor
from tumorboard.storage.models import Board, Series
from tumorboard.storage.queries import answers, meetings
from tumorboard.storage.queries import series as questions
from tumorboard.storage.transaction import rehearsal
from tumorboard.web.date_changes import DateChange, changes, found_later
from tumorboard.web.dates_shown import DatePreview, preview_of
from tumorboard.web.forms.series import BeginSeriesForm, ChangeSeriesForm
from tumorboard.web.hears import Hearing, Line, answers_lost, hearing_of

SHOWN = 8
"""How many dates a preview shows one by one."""


@dataclass(frozen=True)
class Beginning:
    """The first dates of a series to be; ``later`` says what stands in the way of the others of its first year."""

    dates: list[DatePreview]
    later: str
    hearing: Hearing


@dataclass(frozen=True)
class Change:
    """The first dates from a change on; ``left`` is how many more there are, ``later`` what stands in their way."""

    dates: list[DateChange]
    left: int
    later: str
    lines: list[Line]
    button: str


def beginning(board: Board, form: BeginSeriesForm, by: Actor) -> Beginning:
    with rehearsal():
        made, owed = series.begin(board, form.to_rule(), by)
        hearing = hearing_of(owed)
        dates = preview_of(questions.dates_of(made.id), board)
    return Beginning(dates[:SHOWN], found_later(dates[SHOWN:], board.time_zone), hearing)


def change(held: Series, form: ChangeSeriesForm, since: datetime | None, by: Actor) -> Change:
    """Its reason, which is asked for beside the button, changes nothing."""
    board, act = held.board, replace(form.to_change(since), why="")
    coming = meetings.coming_meetings_of_board(board.id, by.at)
    ids = [meeting.id for meeting in coming]
    before, answered = preview_of(coming, board), answers.counting(ids)
    with rehearsal():
        hearing = hearing_of(series.change(held, act, by))
        after = preview_of(meetings.coming_meetings_of_board(board.id, by.at), board)
        lost = answered - answers.counting(ids)
    found = changes(before, after, board.time_zone)
    touched = sum(not each.stays for each in found)
    return Change(
        dates=found[:SHOWN],
        left=len(found[SHOWN:]),
        later=found_later(found[SHOWN:], board.time_zone),
        lines=hearing.lines(*answers_lost(lost)),
        button=hearing.button(f"Change {words.count_words(touched, 'date')}"),
    )
