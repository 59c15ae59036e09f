"""One row of the pathology and imaging items of a case."""

from datetime import date

from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from tumorboard.domain.cases import NameExamination
from tumorboard.vocabulary import ExaminationKind
from tumorboard.web.forms.base import DateField, LineField, TextField


class ExaminationRow(PlainForm):
    """A row left empty is no examination. Part of a form that has the CSRF token for all its rows."""

    examined_on = DateField("Date")
    accession_number = LineField("Accession number", longest=64)
    finding = TextField("What it shows", longest=4_000)

    born: date | None = None
    today: date | None = None
    """Between these days an examination lies; the form of the case fills them in."""

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    def validate_examined_on(self, field: DateField) -> None:
        if field.day and self.today and field.day > self.today:
            raise ValidationError("This date is in the future. Check the year.")
        if field.day and self.born and field.day < self.born:
            raise ValidationError("This date is before the birth. Check the year.")

    def named(self, kind: ExaminationKind) -> NameExamination:
        return NameExamination(kind, self.examined_on.day, self.accession_number.text, self.finding.text)
