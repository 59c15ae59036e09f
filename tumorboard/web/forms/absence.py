"""From when to when somebody is away, and who stands in."""

from collections.abc import Iterable

from tumorboard.domain.absences import AddAbsence
from tumorboard.storage.models import Person
from tumorboard.web.forms.base import DateField, Form, answered, read_id
from tumorboard.web.forms.choices import ListField, choice
from tumorboard.web.forms.person import person_label


class AbsenceForm(Form):
    starts_on = DateField("From", answered("Enter the first day as 14-Dec-2026."), example="14-Dec-2026")
    ends_on = DateField("To, inclusive", answered("Enter the last day as 20-Dec-2026."), example="20-Dec-2026")
    deputy = ListField("Deputy", answered("Choose a deputy."))

    def offer(self, deputies: Iterable[Person]) -> None:
        """Fills the list of deputies."""
        self.deputy.choices = [
            choice("", "Choose a deputy"),
            *(choice(each.id, person_label(each)) for each in deputies),
        ]

    def to_add(self) -> AddAbsence:
        starts_on, ends_on, deputy_id = self.starts_on.day, self.ends_on.day, read_id(self.deputy.data)
        if starts_on is None or ends_on is None or deputy_id is None:
            raise ValueError("an absence of a form that was not validated")
        return AddAbsence(starts_on, ends_on, deputy_id)
