"""Adding a member to a board, replacing one, and which members a page shows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from tumorboard import words
from tumorboard.domain.board_members import ReplaceMember, begin_of
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, BoardMember, Person
from tumorboard.storage.queries import people
from tumorboard.vocabulary import BoardRole, Discipline
from tumorboard.web.forms.base import DateField, Form, LineField, answered, read_id
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of

NOW, LATER = "now", "later"
TODAY, ON_A_DAY, EVER = "today", "day", "ever"


class AddMemberForm(Form):
    person = ListField("Person", answered("Choose a person."))
    board_role = ButtonsField(
        "Board role", answered("Choose the board role."), choices=words_of(BoardRole), default=BoardRole.CORE.value
    )
    first_day = DateField("First day; today when empty")

    def offer(self, people: Iterable[Person]) -> None:
        """Fills the list of people."""
        self.person.choices = [choice("", "Choose a person"), *(choice(each.id, person_label(each)) for each in people)]

    def chosen(self) -> Person:
        return chosen_person(self.person)


class LeaveForm(Form):
    """Somebody leaves, now or after a day, and with ``successor`` another comes in their place."""

    leaves = ButtonsField(
        "Leaves", answered("Choose when."), choices=[choice(NOW, "Now"), choice(LATER, "After a day")], default=NOW
    )
    last_day = DateField("Last day on the board")
    successor = ListField("Replaced by")
    board_role = ListField("As", choices=words_of(BoardRole))

    def offer(self, people: Iterable[Person], leaving: BoardMember) -> None:
        """Fills the list of people: those of the leaving member's discipline first."""
        same = leaving.person.discipline
        by_discipline = sorted(people, key=lambda each: each.discipline is not same)
        self.successor.choices = [
            choice("", "Nobody"),
            *(choice(each.id, person_label(each)) for each in by_discipline),
        ]
        self.board_role.data = self.board_role.data or leaving.board_role.value

    def validate_last_day(self, field: Field) -> None:
        if self.leaves.data == LATER and not field.data:
            raise ValidationError("Enter the last day as 23-Nov-2026.")

    @property
    def until(self) -> date | None:
        """The last day; none when it is now."""
        return self.last_day.day if self.leaves.data == LATER else None

    def to_replace(self) -> ReplaceMember | None:
        """The act, of a form that was validated; none when nobody comes."""
        if not self.successor.data:
            return None
        return ReplaceMember(chosen_person(self.successor), BoardRole(self.board_role.data), self.until)


class MembersShownForm(Form):
    """The filter of the list. What an address gets wrong shows everybody of today."""

    on = ListField(
        "When", choices=[choice(TODAY, "Today"), choice(ON_A_DAY, "On a date"), choice(EVER, "Everyone ever")]
    )
    day = DateField("Date")
    discipline = ListField("Discipline", choices=[choice("", "Any discipline"), *words_of(Discipline)])
    name = LineField("Name or address")

    def __init__(self, typed: Any) -> None:
        super().__init__(typed, meta={"csrf": False}, on=TODAY)
        if not self.on.data or (self.day.data and "on" not in typed):
            self.on.data = ON_A_DAY if self.day.data else TODAY

    def validate_day(self, field: Field) -> None:
        if self.on.data == ON_A_DAY and not field.data:
            raise ValidationError("Enter the date as 23-Nov-2026.")

    @property
    def chosen_day(self) -> date | None:
        return self.day.day if self.on.data == ON_A_DAY else None

    def instant(self, board: Board, at: datetime) -> datetime:
        """The end of the chosen day where the board meets: who came or left on that day counts as it ended."""
        day = self.chosen_day
        try:
            return begin_of(board, day + timedelta(days=1)) - timedelta(seconds=1) if day else at
        except OverflowError:
            return at

    def matching(self, members: list[BoardMember]) -> list[BoardMember]:
        """Those of the chosen discipline whose name or address holds what was typed."""
        sought = self.name.text.casefold()
        return [
            member
            for member in members
            if self.discipline.data in ("", None, member.person.discipline.value)
            and sought in f"{_name(member.person)} {member.person.email}".casefold()
        ]


def chosen_person(field: ListField) -> Person:
    """Refused when the field names nobody who has an account."""
    person_id = read_id(field.data)
    person = people.person(person_id) if person_id else None
    if person is None:
        raise Refused(Code.WRONG, "Choose a person from the list.", field=field.name)
    return person


def read_role(text: str | None) -> BoardRole:
    """The role that ``text`` names; refused when it names none."""
    role = next((role for role in BoardRole if role == text), None)
    if role is None:
        raise Refused(Code.WRONG, "Choose the board role from the list.", field="board_role")
    return role


def _name(person: Person) -> str:
    return words.name_words(person.family_name, person.given_name)


def person_label(person: Person) -> str:
    """Name, discipline and hospital, for a list of people."""
    return f"{_name(person)}, {person.discipline.label}, {person.hospital.short_name}"
