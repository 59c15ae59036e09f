"""Withdrawing a case, with the reason."""

from wtforms import HiddenField

from tumorboard.web.forms.base import Form, LineField, answered
from tumorboard.web.forms.numbers import read_number


class WithdrawForm(Form):
    why = LineField("Reason, shown with the case", answered("Say why, in a few words."), longest=200)
    version = HiddenField()

    def seen_version(self) -> int:
        """The version of the case that the person had in sight."""
        return read_number(self.version.data)
