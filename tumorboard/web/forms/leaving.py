"""When somebody leaves, and to whom the places go that they hold."""

from collections.abc import Iterable

from tumorboard.domain.leaving import Deactivate
from tumorboard.storage.models import Person
from tumorboard.web.forms.base import DateField, Form, read_id
from tumorboard.web.forms.choices import ListField, choice
from tumorboard.web.forms.person import person_label


class DeactivateForm(Form):
    last_day = DateField("Last day; at once when empty", example="31-Dec-2026")
    leads_to = ListField("Who leads these care teams then")
    key_worker_to = ListField("Who is the key worker then")

    def offer(self, leads: Iterable[Person], carers: Iterable[Person]) -> None:
        """Fills the lists of successors."""
        for field, people in ((self.leads_to, leads), (self.key_worker_to, carers)):
            field.choices = [choice("", "Choose…"), *(choice(each.id, person_label(each)) for each in people)]

    def to_deactivate(self) -> Deactivate:
        return Deactivate(read_id(self.leads_to.data), read_id(self.key_worker_to.data))
