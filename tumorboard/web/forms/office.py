"""Asking that somebody be given an office."""

from collections.abc import Iterable
from uuid import UUID

from tumorboard.domain.offices import AskForOffice
from tumorboard.storage.models import Person
from tumorboard.vocabulary import Office
from tumorboard.web.forms.base import Form, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of
from tumorboard.web.forms.person import person_label


class AskForOfficeForm(Form):
    person = ListField("Person", answered("Choose a person."))
    office = ButtonsField("Office", answered("Choose the office."), choices=words_of(Office))

    def offer(self, people: Iterable[Person]) -> None:
        """Fills the list of people."""
        self.person.choices = [choice("", "Choose a person"), *(choice(each.id, person_label(each)) for each in people)]

    def to_ask(self) -> AskForOffice:
        return AskForOffice(UUID(self.person.data), Office(self.office.data))
