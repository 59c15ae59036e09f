"""A person's particulars, and inviting one."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from tumorboard import words
from tumorboard.clock import ZONES
from tumorboard.domain.particulars import ChangePerson
from tumorboard.domain.people import InvitePerson
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Hospital, Person
from tumorboard.vocabulary import Discipline
from tumorboard.web.forms.base import DateField, Form, LineField, answered, read_id
from tumorboard.web.forms.choices import ListField, choice, words_of

ZONE_CHOICES = [choice(zone, zone.replace("_", " ")) for zone in sorted(ZONES) if "/" in zone or zone == "UTC"]
CONTROL_FIELDS = {"csrf_token"}


class NamesForm(Form):
    """What is known of everybody."""

    family_name = LineField("Family name", answered("Enter the family name."))
    given_name = LineField("Given name", answered("Enter the given name."))
    discipline = ListField(
        "Discipline", answered("Choose the discipline."), choices=[choice("", "Choose…"), *words_of(Discipline)]
    )
    hospital = ListField("Hospital", answered("Choose the hospital."))
    phone = LineField("Phone, pager")

    def offer(self, hospitals: Iterable[Hospital]) -> None:
        """Fills the list of hospitals."""
        self.hospital.choices = [choice(each.id, each.name) for each in hospitals]


class ChangePersonForm(NamesForm):
    other_disciplines = SelectMultipleField(
        "Other disciplines",
        choices=words_of(Discipline),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    time_zone = ListField("Time zone", answered("Choose the time zone."), choices=ZONE_CHOICES)
    registration = LineField("Registration")
    certification = LineField("Board certification")
    certified_until = DateField("Certified until, the last day", example="31-Dec-2027")
    seen = HiddenField()

    def show_beside(self, saved: dict[str, Any]) -> None:
        """What somebody else has saved stands beside what was typed; saving again keeps what is in the boxes."""
        for field in self:
            if field.name in saved and field.name != "seen" and field.data != saved[field.name]:
                field.errors = [*field.errors, f"Saved meanwhile: {_in_words(field, saved[field.name])}."]
        self.seen.data = saved["seen"]

    def to_change(self) -> ChangePerson:
        return ChangePerson(
            family_name=self.family_name.text,
            given_name=self.given_name.text,
            discipline=Discipline(self.discipline.data),
            other_disciplines=tuple(each for each in Discipline if each.value in (self.other_disciplines.data or ())),
            hospital_id=_chosen_id(self.hospital.data),
            time_zone=self.time_zone.data,
            phone=self.phone.text,
            registration=self.registration.text,
            certification=self.certification.text,
            certified_until=self.certified_until.day,
        )


class InviteForm(NamesForm):
    email = LineField("E-mail", answered("Enter the e-mail address."), longest=254)
    external = BooleanField("An expert from outside")
    outside_meant = BooleanField("This address is right, and outside the network")

    def to_invite(self) -> InvitePerson:
        return InvitePerson(
            email=self.email.text,
            family_name=self.family_name.text,
            given_name=self.given_name.text,
            discipline=Discipline(self.discipline.data),
            hospital_id=_chosen_id(self.hospital.data),
            phone=self.phone.text,
            external=self.external.data,
            outside_meant=self.outside_meant.data,
        )


def _in_words(field: Field, value: Any) -> str:
    """A value as the field's own choices say it, or as it was typed."""
    labels = {each.value: each.label for each in getattr(field, "choices", None) or ()}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in values if each) or "nothing"


def particulars_of(person: Person, seen: str) -> dict[str, Any]:
    """The person as ``ChangePersonForm`` shows them."""
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "discipline": person.discipline.value,
        "other_disciplines": list(person.other_disciplines),
        "hospital": str(person.hospital_id),
        "time_zone": person.time_zone,
        "phone": person.phone,
        "registration": person.registration,
        "certification": person.certification,
        "certified_until": words.date_words(person.certified_until) if person.certified_until else "",
        "seen": seen,
    }


def person_label(person: Person) -> str:
    """As somebody stands in a list to choose from: where two have one name, the hospital tells them apart."""
    name = words.name_words(person.family_name, person.given_name)
    return f"{name}, {person.discipline.label}, {person.hospital.short_name}"


def require_known_fields(form: Form, posted: Iterable[str]) -> None:
    """Refuses a form with a field that the page did not draw: no such field ever changes anything (threat 28)."""
    if set(posted) - set(form._fields) - CONTROL_FIELDS:
        raise Refused(Code.WRONG, "This form has a field that the page does not. Reload the page and fill it in again.")


def _chosen_id(text: str) -> Any:
    return read_id(text)
