"""Whom of a patient's care team a case invites, who joins that team, and on which day somebody asks about it."""

from collections.abc import Iterable
from uuid import UUID

from werkzeug.datastructures import MultiDict

from tumorboard import words
from tumorboard.domain.care_team import disciplines_of
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Person
from tumorboard.storage.queries import people
from tumorboard.vocabulary import Discipline
from tumorboard.web.forms.base import DateField, Form, read_id
from tumorboard.web.forms.choices import ListField, choice


def read_unticked(post: MultiDict[str, str]) -> set[UUID]:
    """Who was ``shown`` with a box and is not among the ticked, each a ``guest``."""
    return _ids(post.getlist("shown")) - _ids(post.getlist("guest"))


class JoinForm(Form):
    """Who joins: one from the list, and everybody ticked; each ``person`` is an id, or an id and a discipline."""

    person = ListField("Add to the care team", choices=[])

    def offer(self, people: Iterable[Person]) -> None:
        """Fills the list: each person once for each of their disciplines."""
        self.person.choices = [
            choice("", "Choose a person…"),
            *(choice(join_value(each, as_), _about(each, as_)) for each in people for as_ in disciplines_of(each)),
        ]


class DayForm(Form):
    on = DateField("Who looked after the patient on", example="03-Mar-2026")


class LeaveTeamForm(Form):
    """Somebody leaves, now or after a day; whoever leads says to whom the lead goes."""

    last_day = DateField("Last day; now when empty", example="31-Dec-2026")
    next_lead = ListField("Next lead", validate_choice=False)

    def offer(self, others: Iterable[Person]) -> None:
        """Fills the list with the rest of the team."""
        named = [choice(each.id, words.name_words(each.family_name, each.given_name)) for each in others]
        self.next_lead.choices = [choice("", "Next lead…"), *named]

    def chosen_lead(self) -> Person | None:
        person_id = read_id(self.next_lead.data)
        return people.person(person_id) if person_id else None


def join_value(person: Person, discipline: Discipline) -> str:
    """What a form posts for this person as that; the id alone for what they mainly are."""
    return str(person.id) if discipline is person.discipline else f"{person.id}/{discipline.value}"


def read_joining(post: MultiDict[str, str]) -> list[tuple[Person, Discipline | None]]:
    """Everybody who is to join, in the order of the page; refused when nobody is, or somebody has no account."""
    chosen = [_person_as(text) for text in post.getlist("person") if text]
    if not chosen:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    return chosen


def _person_as(text: str) -> tuple[Person, Discipline | None]:
    person_id, _, as_ = text.partition("/")
    found = people.person(known) if (known := read_id(person_id)) else None
    if found is None:
        raise Refused(Code.WRONG, "Choose somebody from the list.", field="person")
    return found, next((each for each in Discipline if each == as_), None)


def _about(person: Person, discipline: Discipline) -> str:
    return f"{words.name_words(person.family_name, person.given_name)}, {discipline.label}"


def _ids(texts: Iterable[str]) -> set[UUID]:
    return {row_id for text in texts if (row_id := read_id(text))}
