"""Choosing one of a list: people read its labels, and a value that is not in it is answered with a sentence."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the published types
from wtforms.widgets import CheckboxInput

from tumorboard.vocabulary import Word
from tumorboard.web.forms.base import Check


def choice(value: object, label: str) -> SelectChoice:
    return SelectChoice(str(value), label)


def words_of(kind: Iterable[Word]) -> list[SelectChoice]:
    """Every word of a vocabulary, or these of it, in their order."""
    return [choice(word.value, word.label) for word in kind]


class _OneOfList(SelectField):
    """Nothing chosen is an answer that ``answered`` may refuse; something that is not in the list is refused here."""

    def __init__(self, label: str, *checks: Check, **kwargs: Any) -> None:
        super().__init__(label, list(checks), **kwargs)
        self.invalid_choice_message = "Choose one of the list."

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


class ListField(_OneOfList):
    """A list that drops down, for more than six choices. Give the one that means nothing the value ``""``."""


class TicksField(SelectMultipleField):
    """Any number of a list, as boxes to tick; what is not in the list counts as not ticked."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, option_widget=CheckboxInput(), validate_choice=False, **kwargs)

    @property
    def ticked(self) -> list[str]:
        """Values in the order of the list."""
        return [str(value) for value, *_ in self.iter_choices() if str(value) in (self.data or [])]


class ButtonsField(_OneOfList, RadioField):
    """Up to six choices as buttons."""
