"""To whom the places go that somebody who leaves holds."""

from collections.abc import Iterable

from tumorboard.domain.leaving import Deactivate
from tumorboard.storage.models import Person
from tumorboard.web.forms.base import Form, read_id
from tumorboard.web.forms.choices import ListField, choice
from tumorboard.web.forms.person import person_label


class DeactivateForm(Form):
    leads_to = ListField("Who leads these care teams now")
    key_worker_to = ListField("Who is the key worker now")

    def offer(self, leads: Iterable[Person], carers: Iterable[Person]) -> None:
        """Fills the lists of successors."""
        for field, people in ((self.leads_to, leads), (self.key_worker_to, carers)):
            field.choices = [choice("", "Choose…"), *(choice(each.id, person_label(each)) for each in people)]

    def to_deactivate(self) -> Deactivate:
        return Deactivate(read_id(self.leads_to.data), read_id(self.key_worker_to.data))
