"""Two records of one patient, or a case of the wrong one."""

from wtforms import HiddenField

from tumorboard.domain.patient_corrections import CorrectPatient
from tumorboard.web.forms.base import Form, LineField, answered
from tumorboard.web.forms.choices import ButtonsField, choice
from tumorboard.web.forms.numbers import read_number

MERGE, MOVE = "merge", "move"


class OtherCaseForm(Form):
    """Sent by GET, since a case's number says nothing about a patient."""

    other = LineField("The other case’s number", answered("Enter the number, as 412."), longest=12)

    def number(self) -> int:
        return read_number(self.other.text)


class CorrectionForm(Form):
    other = HiddenField()
    how = ButtonsField(
        "What is wrong?",
        answered("Choose what is wrong."),
        choices=[
            choice(MERGE, "Both records are one patient"),
            choice(MOVE, "This case is about the other patient"),
        ],
    )
    reason = LineField("Reason, kept with the correction", answered("Say why, in a few words."), longest=300)

    def to_act(self) -> CorrectPatient:
        return CorrectPatient(read_number(self.other.data), merge=self.how.data == MERGE, reason=self.reason.text)
