"""Adding a member to a board."""

from collections.abc import Iterable

from tumorboard import words
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.vocabulary import BoardRole
from tumorboard.web.forms.base import Form, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of


class AddMemberForm(Form):
    person = ListField("Person", answered("Choose a person."))
    board_role = ButtonsField(
        "Board role", answered("Choose the board role."), choices=words_of(BoardRole), default=BoardRole.CORE.value
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Fills the list of people."""
        self.person.choices = [choice("", "Choose a person"), *(choice(each.id, _label(each)) for each in people)]


def read_role(text: str | None) -> BoardRole:
    """The role that ``text`` names; refused when it names none."""
    role = next((role for role in BoardRole if role == text), None)
    if role is None:
        raise Refused(Code.WRONG, "Choose the board role from the list.", field="board_role")
    return role


def _label(person: Person) -> str:
    name = words.name_words(person.family_name, person.given_name)
    return f"{name}, {person.discipline.label}, {person.hospital.short_name}"
