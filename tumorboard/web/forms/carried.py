"""What a patient's next case takes from the one before, and still says in its words: each such part shows its age."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from tumorboard import words
from tumorboard.domain.drafts import SaveDraft
from tumorboard.storage.models import Case
from tumorboard.web.forms.parts import Typed, part_of, parts_of
from tumorboard.web.forms.result import PREFIX
from tumorboard.web.forms.typed import typed_again

_WHOSE = {"birth_date", "family_name", "given_name", "sex", "follows"}
"""The boxes that are those of the case before, whatever is typed there: nobody's answers stand below another's name."""


def carried_over(before: Case, typed: Typed) -> set[str]:
    """The parts of the form that stand there as in ``before``."""
    kept, now = parts_of(_boxes(before)), parts_of(typed)
    changed = {_whole(part) for part in {*kept, *now} if kept.get(part) != now.get(part)}
    return {part for part in kept if _whole(part) not in changed}


def presented_words(before: Case, today: date) -> str:
    """``12-Aug-2026, 3 months ago``"""
    zone = ZoneInfo(before.board.time_zone if before.board else "UTC")
    on = (before.submitted_at or before.state_since).astimezone(zone).date()
    return f"{words.date_words(on)}, {words.ago_words(on, today)}"


def with_known(act: SaveDraft, before: Case) -> SaveDraft:
    """The form with what ``before`` says in each part that says nothing yet."""
    said = {_whole(part) for part in parts_of(act.typed)}
    known = {box: texts for box, texts in _boxes(before).items() if any(texts)}
    taken = {box: texts for box, texts in known.items() if box in _WHOSE or _whole(part_of(box)) not in said}
    return replace(act, typed={**act.typed, **taken})


def _boxes(before: Case) -> Mapping[str, list[str]]:
    return {box: [text] for box, text in typed_again(before).items()}


def _whole(part: str) -> str:
    """An item is one: with another date its answer is not that of the case before."""
    return part.partition("-")[0] if part.startswith(PREFIX) else part
