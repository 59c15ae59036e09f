"""Whom of a patient's care team a case invites, and joining that team."""

from collections.abc import Iterable
from uuid import UUID

from werkzeug.datastructures import MultiDict

from tumorboard import words
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people
from tumorboard.web.forms.base import Form, read_id
from tumorboard.web.forms.choices import ListField, choice


def read_unticked(post: MultiDict[str, str]) -> set[UUID]:
    """Who was ``shown`` with a box and is not among the ticked, each a ``guest``."""
    return _ids(post.getlist("shown")) - _ids(post.getlist("guest"))


class JoinForm(Form):
    person = ListField("Add to the care team", choices=[])

    def offer(self, people: Iterable[Person]) -> None:
        """Fills the list of people."""
        self.person.choices = [choice("", "Choose a person…"), *(choice(each.id, _about(each)) for each in people)]

    def chosen(self) -> Person:
        """Refused when nobody was chosen who has an account."""
        person_id = read_id(self.person.data)
        person = people.person(person_id) if person_id else None
        if person is None:
            raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
        return person


def _about(person: Person) -> str:
    return f"{words.name_words(person.family_name, person.given_name)}, {person.discipline.label}"


def _ids(texts: Iterable[str]) -> set[UUID]:
    return {row_id for text in texts if (row_id := read_id(text))}
