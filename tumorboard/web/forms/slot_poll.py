"""Asking which hour suits, and answering. Whoever asks types hours of the board's own clocks."""

from datetime import date, datetime, time
from typing import Any

from wtforms import Field, FieldList, FormField, SelectMultipleField
from wtforms import Form as Row
from wtforms.validators import ValidationError

from tumorboard.domain.slot_polls import MOST_HOURS, AskForHour
from tumorboard.errors import Refused
from tumorboard.storage.models import BoardMember, SlotAsked, SlotProposal
from tumorboard.vocabulary import Suits
from tumorboard.web.forms.base import DateField, Form, LineField, TimeField, answered, read_id
from tumorboard.web.forms.choices import ButtonsField, words_of
from tumorboard.web.forms.meeting import LENGTH, in_minutes, instant_of
from tumorboard.web.forms.numbers import read_number


class HourRow(Row):
    """One hour, or an empty row."""

    day = DateField("Date")
    start = TimeField("Start")

    def validate_day(self, field: Field) -> None:
        if self.start.text and not field.data:
            raise ValidationError("Enter the date of this hour too, or empty its start.")

    def validate_start(self, field: Field) -> None:
        if self.day.text and not field.data:
            raise ValidationError("Enter the start of this hour too, or empty its date.")

    @property
    def hour(self) -> tuple[date, time] | None:
        day, start = self.day.day, self.start.time_of_day
        return (day, start) if day and start else None


class AskForHourForm(Form):
    minutes = LineField("Minutes, for every hour", answered(LENGTH), in_minutes, longest=10)
    hours = FieldList(FormField(HourRow), min_entries=MOST_HOURS, max_entries=MOST_HOURS)
    people = SelectMultipleField("Whom to ask", validate_choice=False)
    until_day = DateField("Answers until", answered("Enter the date as 23-Nov-2026."))
    until_time = TimeField("At", answered("Enter the time as 17:00."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for place, row in enumerate(self.hours, start=1):
            row.form.day.label.text, row.form.start.label.text = f"Date {place}", f"Start {place}"

    def to_ask(self, zone: str) -> AskForHour:
        """What was typed, of a form that was validated. Refused for hours that the clocks of ``zone`` skip."""
        day, at = self.until_day.day, self.until_time.time_of_day
        if day is None or at is None:
            raise ValueError("a poll of a form that was not validated")
        return AskForHour(
            starts=tuple(_instant(*row.form.hour, zone, "starts") for row in self.hours if row.form.hour),
            minutes=read_number(self.minutes.data),
            people=tuple(found for found in map(read_id, self.people.data or []) if found),
            open_until=_instant(day, at, zone, "until_time"),
        )

    @property
    def filled(self) -> int:
        """How many rows lie before the last one that holds anything."""
        rows = enumerate(self.hours, start=1)
        return max((place for place, row in rows if row.form.day.text or row.form.start.text), default=0)


def as_proposed(minutes: int, members: list[BoardMember]) -> dict[str, Any]:
    """The form as it is first shown: everybody on the board is asked."""
    return {
        "minutes": str(minutes),
        "people": [str(member.person_id) for member in members],
        "until_time": "17:00",
    }


class AddHourForm(Form):
    day = DateField("Date", answered("Enter the date as 23-Nov-2026."))
    start = TimeField("Start", answered("Enter the time as 17:00."))

    def to_instant(self, zone: str) -> datetime:
        """The hour of a form that was validated. Refused where the clocks of ``zone`` skip it."""
        day, start = self.day.day, self.start.time_of_day
        if day is None or start is None:
            raise ValueError("an hour of a form that was not validated")
        return _instant(day, start, zone, "start")


class AnswerForm(Form):
    """One field for each hour, which ``answer_form`` adds."""

    def said(self, proposals: list[SlotProposal]) -> dict[Any, Suits]:
        """What was chosen, by proposal; hours left open are not in it."""
        chosen = {proposal.id: self[_field_of(proposal)].data for proposal in proposals}
        return {proposal_id: Suits(word) for proposal_id, word in chosen.items() if word}

    def hours(self, proposals: list[SlotProposal]) -> list[tuple[SlotProposal, Field]]:
        return [(proposal, self[_field_of(proposal)]) for proposal in proposals]


def answer_form(asked: SlotAsked, **more: Any) -> AnswerForm:
    """The form of this poll's hours, with what this person said before."""
    fields = {
        _field_of(proposal): ButtonsField("This hour", choices=words_of(Suits)) for proposal in asked.poll.proposals
    }
    before = {f"hour_{answer.proposal_id.hex}": answer.suits.value for answer in asked.answers}
    form: AnswerForm = type("AnswerForm", (AnswerForm,), fields)(**before, **more)
    return form


def _field_of(proposal: SlotProposal) -> str:
    return f"hour_{proposal.id.hex}"


def _instant(day: date, at: time, zone: str, field: str) -> datetime:
    try:
        return instant_of(day, at, zone)
    except Refused as error:
        raise Refused(error.code, error.sentence, field=field) from None
