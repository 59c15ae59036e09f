"""Marking a patient as restricted, and lifting that."""

from tumorboard.vocabulary import RestrictionCause
from tumorboard.web.forms.base import Form, answered
from tumorboard.web.forms.choices import ButtonsField, choice


class RestrictForm(Form):
    cause = ButtonsField("Why?", answered("Choose why."), choices=[])

    def offer(self, *, lifting: bool) -> None:
        """Fills the list with the causes for lifting, or for restricting."""
        self.cause.choices = [choice(each.value, each.label) for each in RestrictionCause if each.lifts is lifting]

    def chosen(self) -> RestrictionCause:
        return RestrictionCause(str(self.cause.data))
