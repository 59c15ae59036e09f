"""Withdrawing a case, with the reason."""

from wtforms import HiddenField

from tumorboard.web.forms.base import Form, LineField, answered
from tumorboard.web.forms.numbers import read_number

_WHY = "Say why, in a few words."


class WithdrawForm(Form):
    why = LineField("Reason, shown with the case", answered(_WHY), longest=200, render_kw={"data-needed": _WHY})
    version = HiddenField()

    def seen_version(self) -> int:
        """The version of the case that the person had in sight."""
        return read_number(self.version.data)
