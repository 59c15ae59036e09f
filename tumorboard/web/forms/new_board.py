"""A new board: its kind fills in what follows from it, and what is different is typed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tumorboard.domain.board_kinds import defaults, first_policy
from tumorboard.domain.board_policy import Deadline, Policy
from tumorboard.storage.models import Hospital, Person
from tumorboard.vocabulary import BoardKind, Discipline
from tumorboard.web.forms.base import Form, LineField, TimeField, answered
from tumorboard.web.forms.choices import ListField, TicksField, choice, words_of
from tumorboard.web.forms.member import chosen_person, person_label
from tumorboard.web.forms.numbers import NumberField, read_number
from tumorboard.web.forms.person import ZONE_CHOICES
from tumorboard.web.forms.policy import CAN_BE_REQUIRED

_KIND_S_OWN = ("name", "meeting_minutes", "minutes_per_case", "cutoff_days", "cutoff_at", "required")


class NewBoardForm(Form):
    kind = ListField("Kind of board", answered("Choose the kind of board."), choices=words_of(BoardKind))
    name = LineField("Name, without “board”", answered("Enter the name, like Breast."), longest=60)
    hospital = ListField("Hospital", answered("Choose the hospital."))
    time_zone = ListField("Time zone", answered("Choose the time zone."), choices=ZONE_CHOICES)
    room = LineField("Room")
    meeting_minutes = NumberField(
        "Minutes of a meeting", answered("Enter whole minutes, from 5 to 600."), least=5, most=600, unit="minutes"
    )
    minutes_per_case = NumberField(
        "Minutes of a case", answered("Enter whole minutes, from 1 to 120."), least=1, most=120, unit="minutes"
    )
    cutoff_days = NumberField(
        "Cut-off, days before", answered("Enter the days before the meeting, like 2."), least=0, most=60, unit="days"
    )
    cutoff_at = TimeField("Cut-off, hour", answered("Enter the time as 13:00."))
    required = TicksField("Required disciplines", choices=CAN_BE_REQUIRED)
    coordinator = ListField("Coordinator")

    def offer(self, hospitals: list[Hospital], coordinators: Iterable[Person]) -> None:
        """Fills the lists of hospitals and of who can coordinate the board."""
        self.known = {str(each.id): each for each in hospitals}
        self.hospital.choices = [choice(each.id, each.name) for each in hospitals]
        people = [choice(each.id, person_label(each)) for each in coordinators]
        self.coordinator.choices = [choice("", "Choose a person"), *people]

    def chosen_coordinator(self) -> Person:
        return chosen_person(self.coordinator)

    def to_policy(self) -> Policy:
        """The first policy, of a form that was validated; what it does not ask is as the kind has it."""
        kind = BoardKind(self.kind.data)
        usual = first_policy(
            kind,
            name=self.name.text,
            hospital=self.known[self.hospital.data],
            time_zone=self.time_zone.data,
            room=self.room.text,
        )
        cutoff = Deadline(read_number(self.cutoff_days.data), self.cutoff_at.time_of_day or usual.cutoff.at)
        return replace(
            usual,
            meeting_minutes=read_number(self.meeting_minutes.data),
            minutes_per_case=read_number(self.minutes_per_case.data),
            cutoff=cutoff,
            freeze=cutoff if cutoff.is_after(usual.freeze) else usual.freeze,
            required=tuple(map(Discipline, self.required.ticked)),
        )


def filled_in(kind: BoardKind) -> dict[str, Any]:
    """What the kind says of a new board, as the form has it."""
    usual = defaults(kind)
    return {
        "kind": kind.value,
        "name": usual.name,
        "meeting_minutes": str(usual.meeting_minutes),
        "minutes_per_case": str(usual.minutes_per_case),
        "cutoff_days": str(usual.cutoff.days),
        "cutoff_at": f"{usual.cutoff.at:%H:%M}",
        "required": [each.value for each in usual.required],
    }


def refilled(form: NewBoardForm, kind: BoardKind) -> dict[str, Any]:
    """The form as typed, with another kind's values where those of the kind before stood untouched."""
    before = next((each for each in BoardKind if each == form.kind.data), None)
    was, new = filled_in(before) if before else {}, filled_in(kind)
    typed = {field.name: field.data for field in form if field.name != "csrf_token"}
    return (
        typed
        | {name: new[name] for name in _KIND_S_OWN if typed[name] in (was.get(name), "", [], None)}
        | {"kind": kind.value}
    )
