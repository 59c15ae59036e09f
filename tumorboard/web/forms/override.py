"""Listing a case that is not complete: the reason that it cannot wait."""

from wtforms import HiddenField

from tumorboard.web.forms.base import Form, LineField, answered

_WHY = "Say why it cannot wait, in a few words."


class OverrideForm(Form):
    case = HiddenField()
    override = LineField(
        "Why it cannot wait, shown with the case", answered(_WHY), longest=200, render_kw={"data-needed": _WHY}
    )
