"""How T, N and M are written. Form alone: whether they fit together is the clinicians' knowledge (features.md 7)."""

import re
from typing import Any

from wtforms.validators import ValidationError

from tumorboard.web.forms.base import LineField

VALUES = {
    "T": r"[Xx]|0|a|is(\([A-Za-z]+\))?|1mi|[1-4]([a-e][1-3]?)?",
    "N": r"[Xx]|0[a-c]?|[1-3](mi|[a-c])?",
    "M": r"[Xx]|0|1[a-e]?",
}
EXAMPLES = {"T": "is, 0, 1mi, 2a, 4d or X", "N": "0, 1mi, 2a, 3 or X", "M": "0, 1 or 1a"}
_SUFFIX = r"(\((i[+-]|mol[+-]|sn|f|m|s|[0-9]{1,2})\)){0,2}"
"""UICC TNM classification, 8th edition: isolated tumor cells, sentinel node, fine needle, number of tumors."""


class StageField(LineField):
    """The value of one letter, T, N or M: ``2`` or ``1mi``; a typed ``cT2`` means ``2`` with the prefix ``c``."""

    def __init__(self, letter: str, **kwargs: Any) -> None:
        super().__init__(letter, longest=20, **kwargs)
        self.letter = letter

    @property
    def value(self) -> str:
        return re.sub(self._typed_whole, "", self.text)

    @property
    def prefix(self) -> str:
        """The prefix that was typed with the value: ``c`` of ``cT2``; empty when there was none."""
        found = re.match(self._typed_whole, self.text)
        return (found[1] or "") if found else ""

    @property
    def _typed_whole(self) -> str:
        return rf"^(yc|yp|[cpra])?{self.letter}(?=[0-9Xxia])"

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002, FBT001 - as WTForms calls it
        if not self.errors and self.value and not re.fullmatch(f"({VALUES[self.letter]}){_SUFFIX}", self.value):
            examples = EXAMPLES[self.letter]
            raise ValidationError(f"Write {self.letter} as {examples}; leave it empty when it is not known.")
