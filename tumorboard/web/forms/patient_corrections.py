"""Two records of one patient, a case of the wrong one, or a record that was mistyped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, HiddenField

from tumorboard import words
from tumorboard.domain.patient_corrections import CorrectPatient
from tumorboard.domain.patient_particulars import CorrectParticulars, imprint
from tumorboard.storage.models import Hospital, Patient, PatientIdentifier
from tumorboard.vocabulary import Sex
from tumorboard.web.forms.base import DateField, Form, LineField, answered
from tumorboard.web.forms.case import a_birth_date, an_mrn
from tumorboard.web.forms.choices import ButtonsField, choice, words_of
from tumorboard.web.forms.numbers import read_number

MERGE, MOVE = "merge", "move"
THIS, OTHER = "this", "other"


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
    mrn = ButtonsField("Which MRN is right?")
    reason = LineField("Reason, kept with the correction", answered("Say why, in a few words."), longest=300)

    def offer(self, contested: Sequence[tuple[PatientIdentifier, PatientIdentifier]]) -> None:
        """The MRNs that both records have at one hospital; without any, the question is not asked."""
        pairs = {THIS: [own for own, _ in contested], OTHER: [theirs for _, theirs in contested]}
        written = {side: ", ".join(f"{each.mrn} {each.hospital.short_name}" for each in pairs[side]) for side in pairs}
        self.mrn.choices = [choice(side, written[side]) for side in pairs] if contested else []

    def to_act(self) -> CorrectPatient:
        return CorrectPatient(
            read_number(self.other.data),
            merge=self.how.data == MERGE,
            reason=self.reason.text,
            keeps_own_mrn={THIS: True, OTHER: False}.get(self.mrn.data or ""),
        )


class ParticularsForm(Form):
    """One record, with a line for the MRN of each hospital that gave one, or of the one that is to."""

    seen = HiddenField()
    family_name = LineField("Family name", answered("Enter the family name."))
    given_name = LineField("Given name", answered("Enter the given name."))
    birth_date = DateField(
        "Date of birth", answered("Enter the date of birth as 14-Mar-1971."), a_birth_date, example="14-Mar-1971"
    )
    sex = ButtonsField("Sex", answered("Choose the sex; “Not known” is an answer."), choices=words_of(Sex))
    mrns = FieldList(LineField("MRN", an_mrn, longest=40))
    reason = LineField("Reason, kept with the correction", answered("Say why, in a few words."), longest=300)

    def __init__(self, typed: MultiDict[str, str] | None, patient: Patient, hospital: Hospital, today: date) -> None:
        """``hospital`` is the one whose MRN is asked for where the record has none yet."""
        known = [(each.hospital, each.mrn) for each in patient.identifiers] or [(hospital, "")]
        super().__init__(
            typed,
            seen=imprint(patient),
            family_name=patient.family_name,
            given_name=patient.given_name,
            birth_date=words.date_words(patient.birth_date),
            sex=patient.sex.value,
            mrns=[mrn for _, mrn in known],
        )
        self.known, self.today = known, today
        while len(self.mrns) < len(known):
            self.mrns.append_entry()
        while len(self.mrns) > len(known):
            self.mrns.pop_entry()
        for (giver, _), entry in zip(known, self.mrns, strict=True):
            entry.label.text = f"MRN at {giver.name}"

    def validate(self, extra_validators: Any = None) -> bool:
        well = bool(super().validate(extra_validators))
        emptied = [entry for (_, mrn), entry in zip(self.known, self.mrns, strict=True) if mrn and not entry.data]
        for entry in emptied:
            self._refuse_mrn(entry, "Enter the MRN: it is put right here, and not taken off.")
        return well and not emptied

    def refuse(self, field: str | None, sentence: str) -> None:
        """What is said of the MRNs stands at the one that was changed."""
        changed = [entry for (_, mrn), entry in zip(self.known, self.mrns, strict=True) if entry.data != mrn]
        if field == "mrns" and changed:
            self._refuse_mrn(changed[0], sentence)
        else:
            super().refuse(field, sentence)

    def _refuse_mrn(self, entry: Field, sentence: str) -> None:
        entry.errors = [*entry.errors, sentence]
        self.mrns.errors = [each.errors for each in self.mrns if each.errors]

    def to_act(self) -> CorrectParticulars:
        if self.birth_date.day is None:
            raise ValueError("the act of a form that was not validated")
        given = {hospital.id: entry.data for (hospital, _), entry in zip(self.known, self.mrns, strict=True)}
        return CorrectParticulars(
            family_name=self.family_name.text,
            given_name=self.given_name.text,
            birth_date=self.birth_date.day,
            sex=Sex(self.sex.data),
            mrns={hospital_id: mrn for hospital_id, mrn in given.items() if mrn},
            reason=self.reason.text,
            seen=self.seen.data or "",
        )
