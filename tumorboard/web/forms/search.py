"""What somebody types into *Find*."""

import re

from tumorboard.domain.codes import folded
from tumorboard.domain.patients import mrn_key
from tumorboard.storage.queries.searches import Sought
from tumorboard.web.forms.base import Form, LineField, answered, read_date

_NUMBER = re.compile("(?:case )?([0-9]{1,9})", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{1,2}[-. ][A-Za-z0-9]{2,9}[-. ][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")


class SearchForm(Form):
    text = LineField(
        "Find",
        answered("Type a name, an MRN, the number of a case, or a day like 14-Mar-1971."),
        longest=80,
    )


def read_sought(text: str) -> Sought:
    """All that a text may mean: "412", "MRN-40 71", "Quillfeather 14-Mar-1971", "breast 02-Dec-2026"."""
    number, written = _NUMBER.fullmatch(text), _DAY.search(text)
    day = read_date(written.group()) if written else None
    names = text.replace(written.group(), " ") if written and day else text
    return Sought(
        words=tuple(folded(names)),
        mrn_key=mrn_key(text.upper().removeprefix("MRN")),
        number=int(number.group(1)) if number else None,
        day=day,
    )
