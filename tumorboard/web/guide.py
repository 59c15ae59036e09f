"""The guide of a new board as its pages show it: five bars, each with the way to its step."""

from dataclasses import dataclass, replace

from flask import g, url_for

from tumorboard.domain.first_hour import Progress, progress_of
from tumorboard.storage.models import Board, Meeting
from tumorboard.storage.queries.meetings import next_meetings
from tumorboard.vocabulary import GuideStep

ENDPOINTS = {
    GuideStep.BOARD: "boards.show",
    GuideStep.MEMBERS: "member_lists.ask",
    GuideStep.SERIES: "series.new",
}
"""Where a step about the board itself is done; each takes the board's ``slug``."""
SAYS = {
    GuideStep.BOARD: "What it is and agreed on",
    GuideStep.MEMBERS: "From your list, about 5 min",
    GuideStep.SERIES: "When it meets, about 2 min",
    GuideStep.CASES: "Type the first one, or",
    GuideStep.AGENDA: "Then its mails go out, about 5 min",
}


@dataclass(frozen=True)
class Bar:
    step: GuideStep
    url: str
    says: str
    is_done: bool
    is_now: bool
    or_url: str = ""
    or_says: str = ""
    """The other way to do it."""


@dataclass(frozen=True)
class Guide:
    board: Board
    bars: list[Bar]

    @property
    def next_bar(self) -> Bar:
        return next((bar for bar in self.bars if not bar.is_done), self.bars[-1])


def guides_of(boards: list[Board], here: GuideStep | None = None) -> list[Guide]:
    """The guides of those of these boards that have published no agenda yet; ``here`` is the step of this page."""
    progress = progress_of(board.id for board in boards)
    new = [board for board in boards if not progress[board.id].is_over]
    coming = next_meetings([board.id for board in new], g.at) if new else {}
    return [Guide(board, _bars(board, progress[board.id], coming.get(board.id), here)) for board in new]


def _bars(board: Board, progress: Progress, meeting: Meeting | None, here: GuideStep | None) -> list[Bar]:
    now = here or progress.next_step
    bars = [Bar(step, _url(step, board, meeting), SAYS[step], step in progress.done, step is now) for step in GuideStep]
    return [_with_paste(bar, board) if bar.step is GuideStep.CASES else bar for bar in bars]


def _with_paste(bar: Bar, board: Board) -> Bar:
    return replace(bar, or_url=url_for("case_lists.ask", slug=board.slug), or_says="paste a list")


def _url(step: GuideStep, board: Board, meeting: Meeting | None) -> str:
    if step is GuideStep.CASES:
        return url_for("cases.new", board=board.id)
    if step is GuideStep.AGENDA:
        return url_for("agenda.show", meeting_id=meeting.id) if meeting else url_for("series.show", slug=board.slug)
    return url_for(ENDPOINTS[step], slug=board.slug)
