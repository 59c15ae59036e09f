"""What a patient's next case still says in the words of the one before: each such part is marked with its age."""

from datetime import date
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from tumorboard import words
from tumorboard.storage.models import Case
from tumorboard.web.forms.parts import parts_of
from tumorboard.web.forms.result import PREFIX
from tumorboard.web.forms.typed import typed_again


def carried_over(before: Case, typed: MultiDict[str, str], today: date) -> dict[str, str]:
    """The parts of the form that stand there as in ``before``, each with where that is from and how old it is."""
    kept, now = parts_of({box: [text] for box, text in typed_again(before).items()}), parts_of(dict(typed.lists()))
    on = (before.submitted_at or before.state_since).astimezone(_zone_of(before)).date()
    source = f"From the presentation of {words.date_words(on)}, {words.ago_words(on, today)}. Check it."
    changed = {_whole(part) for part in {*kept, *now} if kept.get(part) != now.get(part)}
    return {part: source for part in kept if _whole(part) not in changed}


def _whole(part: str) -> str:
    """An item is marked as one: with another date its answer is not that of the case before."""
    return part.partition("-")[0] if part.startswith(PREFIX) else part


def _zone_of(case: Case) -> ZoneInfo:
    return ZoneInfo(case.board.time_zone if case.board else "UTC")
