"""Needs and preferences, as a nurse or social worker asks them."""

from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from tumorboard.domain.needs import WriteNeeds
from tumorboard.vocabulary import Need
from tumorboard.web.forms.base import Form, LineField
from tumorboard.web.forms.case_parts import VoicePart
from tumorboard.web.forms.choices import ButtonsField, choice, words_of
from tumorboard.web.forms.numbers import read_number


class NeedsForm(VoicePart, Form):
    kinds = SelectMultipleField(
        "Needs", choices=words_of(Need), option_widget=CheckboxInput(), widget=ListWidget(), validate_choice=False
    )
    distress = ButtonsField(
        "Distress this week, 0 none to 10 extreme",
        choices=[*(choice(grade, str(grade)) for grade in range(11)), choice("", "Not asked")],
        default="",
    )
    interpreter = LineField("Interpreter needed for", longest=60)
    version = HiddenField(default="0")
    base = HiddenField()

    def to_write(self) -> WriteNeeds:
        """The act, of a form that was validated."""
        ticked = self.kinds.data or []
        return WriteNeeds(
            preferences=self.preferences.text,
            kinds=tuple(need for need in Need if need.value in ticked),
            distress=int(self.distress.data) if self.distress.data else None,
            interpreter=self.interpreter.text,
            version=read_number(self.version.data),
            told=self.stated_told,
            own_questions=self.own_questions.text,
            social_situation=self.social_situation.text,
        )
