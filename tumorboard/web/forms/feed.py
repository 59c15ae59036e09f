"""Naming a new feed."""

from tumorboard.web.forms.base import Form, LineField, answered


class NewFeedForm(Form):
    name = LineField("Where you will read it", answered("Say where, like: Phone."), longest=60)
