"""The form of a case: one page, one column. Only patient, board, tumor type and question are needed to submit."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, FormField
from wtforms.validators import ValidationError

from tumorboard import words
from tumorboard.domain.cases import NameExamination, StateStage, SubmitCase
from tumorboard.domain.patients import NamePatient
from tumorboard.storage.models import Board, Hospital, Person
from tumorboard.vocabulary import (
    ExaminationKind,
    PerformanceStatus,
    Sex,
    StagePrefix,
    StageSystem,
    TumorType,
    Urgency,
)
from tumorboard.web.forms.base import DateField, Form, LineField, TextField, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of
from tumorboard.web.forms.examination import ExaminationRow
from tumorboard.web.forms.stage import StageField

FIRST_BIRTH = date(1890, 1, 1)
MOST_EXAMINATIONS = 30
_NOT_STATED = choice("", "Not stated")


class CaseForm(Form):
    """What a submitter types. ``MultiDict`` of a draft in, ``SubmitCase`` out."""

    submitter = ListField("Submitted for", answered("Choose whose case this is."))

    mrn = LineField("MRN", longest=40)
    mrn_hospital = ListField("MRN given by", answered("Choose the hospital that gave the MRN."))
    no_mrn = BooleanField("No MRN yet")
    birth_date = DateField("Date of birth", answered("Enter the date of birth as 14-Mar-1971."), example="14-Mar-1971")
    family_name = LineField("Family name", answered("Enter the family name."))
    given_name = LineField("Given name", answered("Enter the given name."))
    sex = ButtonsField("Sex", answered("Choose the sex; “Not known” is an answer."), choices=words_of(Sex))

    board = ListField("Board", answered("Choose the board."))
    tumor_type = ListField(
        "Tumor type", answered("Choose the tumor type."), choices=[choice("", "Choose…"), *words_of(TumorType)]
    )
    question = TextField("Question for the board", answered("Write the question for the board."), longest=500)
    clinical_summary = TextField("Clinical summary", longest=20_000)
    urgency = ButtonsField("When is the answer needed?", choices=words_of(Urgency), default=Urgency.ROUTINE.value)

    stage_prefix = ListField("Prefix", choices=[choice("", "None"), *words_of(StagePrefix)])
    stage_t = StageField("T")
    stage_n = StageField("N")
    stage_m = StageField("M")
    stage_group = LineField("Stage group", longest=20)
    stage_system = ListField("System", choices=[_NOT_STATED, *words_of(StageSystem)])
    stage_edition = LineField("Edition", longest=20)

    performance_status = ButtonsField("Performance status (ECOG)", choices=words_of(PerformanceStatus))
    imaging = FieldList(FormField(ExaminationRow), min_entries=1)
    pathology = FieldList(FormField(ExaminationRow), min_entries=1)
    prior_treatment = TextField("Prior treatment", longest=10_000)

    def __init__(
        self,
        typed: MultiDict[str, str] | None,
        *,
        person: Person,
        boards: list[Board],
        hospitals: list[Hospital],
        clinicians: list[Person],
        today: date,
    ) -> None:
        super().__init__(typed, mrn_hospital=str(person.hospital_id), submitter=str(person.id))
        if not self.submitter.data:  # a draft from before there was a choice
            self.submitter.data = str(person.id)
        others = (choice(each.id, _about(each)) for each in clinicians if each.id != person.id)
        self.submitter.choices = [choice(person.id, "Myself"), *others]
        self.today = today
        self.board.choices = [choice("", "Choose…"), *(choice(board.id, board.full_name) for board in boards)]
        self.mrn_hospital.choices = [choice(hospital.id, hospital.name) for hospital in hospitals]

    def validate(self, extra_validators: Any = None) -> bool:
        for row in self._rows():
            row.born, row.today = self.birth_date.day, self.today
        well = bool(super().validate(extra_validators))
        if len(list(self._examinations())) > MOST_EXAMINATIONS:
            self.refuse(None, f"List at most {MOST_EXAMINATIONS} examinations; write the others into the summary.")
            return False
        return well

    def validate_to_find(self, own_hospital: Hospital) -> bool:
        """Checks MRN and birth date alone: what a patient on record is looked up by, at one's own hospital."""
        if self.mrn_hospital.data != str(own_hospital.id):
            self.refuse("mrn_hospital", f"Patients are looked up at {own_hospital.name} alone. Type the name below.")
            return False
        return all([self.mrn.validate(self, [_needed_to_find]), self.birth_date.validate(self, [_a_birth_date])])

    def validate_mrn(self, field: Field) -> None:
        if not field.data and not self.no_mrn.data:
            raise ValidationError("Enter the MRN, or tick “No MRN yet”.")
        if field.data and self.no_mrn.data:
            raise ValidationError("Clear the MRN, or untick “No MRN yet”.")
        _an_mrn(field)

    def validate_birth_date(self, field: DateField) -> None:
        _a_birth_date(self, field)

    def missing(self) -> list[tuple[str, str]]:
        """What submission still needs: the id of its field, and its words."""
        needed = (
            ("mrn", "MRN, or that there is none yet", self.mrn.data or self.no_mrn.data),
            ("birth_date", "Date of birth", self.birth_date.day),
            ("family_name", "Family name", self.family_name.data),
            ("given_name", "Given name", self.given_name.data),
            ("sex", "Sex", self.sex.data),
            ("board", "Board", self.board.data),
            ("tumor_type", "Tumor type", self.tumor_type.data),
            ("question", "Question for the board", self.question.data),
        )
        return [(field, words) for field, words, answer in needed if not answer]

    def to_submit(self) -> SubmitCase:
        """The act, of a form that was validated."""
        return SubmitCase(
            patient=NamePatient(
                family_name=self.family_name.text,
                given_name=self.given_name.text,
                birth_date=self._born(),
                sex=Sex(self.sex.data),
                mrn=self.mrn.text,
                mrn_hospital_id=UUID(self.mrn_hospital.data),
            ),
            board_id=UUID(self.board.data),
            submitter_id=UUID(self.submitter.data),
            tumor_type=TumorType(self.tumor_type.data),
            question=self.question.text,
            clinical_summary=self.clinical_summary.text,
            stage=self._stage(),
            performance_status=PerformanceStatus(status) if (status := self.performance_status.data) else None,
            prior_treatment=self.prior_treatment.text,
            urgency=Urgency(self.urgency.data),
            examinations=tuple(self._examinations()),
        )

    def _born(self) -> date:
        if self.birth_date.day is None:
            raise ValueError("the act of a form that was not validated")
        return self.birth_date.day

    def validate_stage_prefix(self, field: Field) -> None:
        typed = {box.prefix for box in (self.stage_t, self.stage_n, self.stage_m)} - {""}
        if len(typed | ({field.data} if field.data else set())) > 1:
            raise ValidationError("T, N and M were typed with another prefix than this. Choose the one that is meant.")

    def _typed_prefix(self) -> str:
        return next((box.prefix for box in (self.stage_t, self.stage_n, self.stage_m) if box.prefix), "")

    def _stage(self) -> StateStage:
        return StateStage(
            prefix=StagePrefix(prefix) if (prefix := self.stage_prefix.data or self._typed_prefix()) else None,
            t=self.stage_t.value,
            n=self.stage_n.value,
            m=self.stage_m.value,
            group=self.stage_group.text,
            system=StageSystem(system) if (system := self.stage_system.data) else None,
            edition=self.stage_edition.text,
        )

    def _rows(self) -> Iterator[ExaminationRow]:
        return (entry.form for rows in (self.imaging, self.pathology) for entry in rows)

    def _examinations(self) -> Iterator[NameExamination]:
        for kind, rows in ((ExaminationKind.IMAGING, self.imaging), (ExaminationKind.PATHOLOGY, self.pathology)):
            yield from (entry.form.named(kind) for entry in rows if not entry.form.is_empty)


def _about(person: Person) -> str:
    return f"{words.name_words(person.family_name, person.given_name)}, {person.discipline.label}"


def _needed_to_find(form: CaseForm, field: Field) -> None:  # noqa: ARG001 - the signature of a validator
    if not field.data:
        raise ValidationError("Enter the MRN to find the patient by.")
    _an_mrn(field)


def _an_mrn(field: Field) -> None:
    if field.data and not re.search(r"[A-Za-z0-9]", field.data):
        raise ValidationError("An MRN has letters or digits. Copy it from the hospital's record.")


def _a_birth_date(form: CaseForm, field: DateField) -> None:
    if field.day and field.day > form.today:
        raise ValidationError("This date of birth is in the future. Check the year.")
    if field.day and field.day < FIRST_BIRTH:
        raise ValidationError("This date of birth is before 1890. Check the year.")
