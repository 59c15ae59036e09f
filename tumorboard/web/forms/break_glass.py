"""Opening a record by break-glass, and reviewing that."""

from collections.abc import Iterable

from tumorboard.domain.break_glass import OpenByBreakGlass
from tumorboard.storage.models import Hospital
from tumorboard.vocabulary import BreakGlassCause
from tumorboard.web.forms.base import DateField, Form, LineField, TextField, answered, read_id
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of


class BreakGlassForm(Form):
    mrn = LineField("MRN", answered("Enter the MRN as the hospital wrote it."), longest=40)
    hospital = ListField("Hospital of this MRN", answered("Choose the hospital that gave this MRN."), choices=[])
    birth_date = DateField("Patient’s date of birth", answered("Enter the date as 03-Mar-1957."), example="03-Mar-1957")
    cause = ButtonsField("Why now?", answered("Choose why it cannot wait."), choices=words_of(BreakGlassCause))
    reason = TextField(
        "In your words, one or two sentences", answered("Say in a sentence why you need the record."), longest=1000
    )

    def offer(self, hospitals: Iterable[Hospital]) -> None:
        """Fills the list of hospitals."""
        names = [choice(each.id, each.name) for each in hospitals]
        self.hospital.choices = [choice("", "Choose a hospital…"), *names]

    def to_act(self) -> OpenByBreakGlass:
        day, hospital_id = self.birth_date.day, read_id(self.hospital.data)
        if day is None or hospital_id is None:
            raise ValueError("an act of a form that was not validated")
        return OpenByBreakGlass(
            self.mrn.text, hospital_id, day, BreakGlassCause(str(self.cause.data)), self.reason.text
        )


class ReviewForm(Form):
    note = LineField("Note", longest=500)
