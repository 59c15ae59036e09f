"""Ready with a sentence for the meeting, or why a case cannot be prepared now."""

from wtforms import HiddenField

from tumorboard.domain.preparation import HoldUp
from tumorboard.storage.models import Preparation
from tumorboard.vocabulary import Hindrance
from tumorboard.web.forms.base import Form, LineField, answered
from tumorboard.web.forms.choices import ButtonsField, words_of
from tumorboard.web.forms.numbers import read_number


class ReadyForm(Form):
    sentence = LineField("A sentence for the meeting, if there is one", longest=200)
    version = HiddenField()

    def seen_version(self) -> int:
        """The version of the preparation that the person had in sight."""
        return read_number(self.version.data)


class HoldUpForm(Form):
    why = ButtonsField("Why", answered("Choose what holds it up."), choices=[])
    note = LineField("In a few words, such as who has them", longest=200)
    version = HiddenField()

    def offer(self, preparation: Preparation) -> None:
        """Names what can hold up this discipline."""
        self.why.choices = words_of(each for each in Hindrance if preparation.discipline in each.disciplines)

    def to_act(self) -> HoldUp:
        """What was said, of a form that was validated."""
        return HoldUp(Hindrance(str(self.why.data)), self.note.text, read_number(self.version.data))
