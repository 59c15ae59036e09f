"""Opening a case or a meeting to an expert from outside."""

from collections.abc import Iterable

from tumorboard.domain.external_access import OpenToExternal
from tumorboard.storage.models import Person
from tumorboard.web.filters import name
from tumorboard.web.forms.base import DateField, Form, LineField, TimeField, answered, read_id
from tumorboard.web.forms.choices import ListField, choice
from tumorboard.web.forms.meeting import instant_of


class ExternalForm(Form):
    person = ListField("Expert", answered("Choose somebody from the list."), choices=[])
    day = DateField("Until", answered("Enter the date as 23-Nov-2026."))
    at = TimeField("At", answered("Enter the time as 18:00."))
    reason = LineField("Reason, shown to whoever sees this", answered("Say why, in a few words."), longest=200)

    def offer(self, experts: Iterable[Person]) -> None:
        """Fills the list of experts."""
        known = [choice(each.id, f"{name(each)}, {each.discipline.label}") for each in experts]
        self.person.choices = [choice("", "Choose an expert…"), *known]

    def to_act(self, zone: str) -> OpenToExternal:
        """``until`` is a date and time in ``zone``, the reader's."""
        day, at, person_id = self.day.day, self.at.time_of_day, read_id(self.person.data)
        if day is None or at is None or person_id is None:
            raise ValueError("an act of a form that was not validated")
        return OpenToExternal(person_id, instant_of(day, at, zone), self.reason.text)
