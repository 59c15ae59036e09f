"""Planning, moving and cancelling a meeting. Dates and times are the board's own, in its zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from tumorboard import words
from tumorboard.domain.meetings import CancelMeeting, MoveMeeting, PlanMeeting
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Meeting
from tumorboard.web.forms.base import DateField, Form, LineField, TimeField, answered
from tumorboard.web.forms.choices import ButtonsField, choice
from tumorboard.web.forms.numbers import read_number

REASONS = (
    "A holiday",
    "Too few cases",
    "The required disciplines cannot be there",
    "The room or the video is not there",
)
OWN_WORDS = "own"


def _minutes(_form: FlaskForm, field: Field) -> None:
    if field.data and not re.fullmatch(r"[0-9]{1,3}", field.data):
        raise ValidationError("Enter the length in minutes, as 90.")


class PlanMeetingForm(Form):
    date = DateField("Date", answered("Enter the date as 23-Nov-2026."))
    start = TimeField("Start", answered("Enter the time as 13:00."))
    minutes = LineField("Minutes", answered("Enter the length in minutes, as 90."), _minutes, longest=10)

    def to_plan(self, zone: str) -> PlanMeeting:
        return PlanMeeting(*self.span(zone))

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """Start and end as instants. Refused when the clocks of ``zone`` skip that start."""
        day, at = self.date.day, self.start.time_of_day
        if day is None or at is None:
            raise ValueError("a span of a form that was not validated")
        starts_at = instant_of(day, at, zone)
        return starts_at, starts_at + timedelta(minutes=read_number(self.minutes.data))


class MoveMeetingForm(PlanMeetingForm):
    why = LineField("Reason, told to everyone", longest=200)
    version = HiddenField()

    def to_move(self, zone: str) -> MoveMeeting:
        starts_at, ends_at = self.span(zone)
        return MoveMeeting(starts_at, ends_at, self.why.data or "", read_number(self.version.data))


class CancelMeetingForm(Form):
    why = ButtonsField(
        "Reason, told to everyone",
        answered("Choose a reason."),
        choices=[*(choice(reason, reason) for reason in REASONS), choice(OWN_WORDS, "In my own words")],
    )
    own_words = LineField("In my own words", longest=200)
    version = HiddenField()

    def validate_own_words(self, field: Field) -> None:
        if self.why.data == OWN_WORDS and not field.data:
            raise ValidationError("Say why, in a few words.")

    def to_cancel(self) -> CancelMeeting:
        why = self.own_words.data if self.why.data == OWN_WORDS else self.why.data
        return CancelMeeting(why or "", read_number(self.version.data))


def when_it_is(meeting: Meeting) -> dict[str, str]:
    """The meeting's present date, start and length as a form shows them."""
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.board.time_zone))
    return {"date": words.date_words(local.date()), "start": f"{local:%H:%M}", "minutes": str(meeting.minutes)}


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The instant that the clocks in ``zone`` show so; the first of two when they are put back.

    Refused for an hour that they skip when they are put forward.
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    try:
        instant = local.astimezone(UTC)
        shown = instant.astimezone(local.tzinfo)
    except OverflowError:
        raise Refused(Code.WRONG, "Choose a date within the next two years.", field="date") from None
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        sentence = f"{at:%H:%M} does not exist on {words.date_words(day)}: the clocks go forward. Choose another time."
        raise Refused(Code.WRONG, sentence, field="start")
    return instant


def read_move_back(args: MultiDict[str, str]) -> MoveMeeting:
    """The move that takes the last one back, as the page after that move asks for it."""
    starts_at, ends_at = _read_instant(args.get("starts_at")), _read_instant(args.get("ends_at"))
    if starts_at is None or ends_at is None:
        raise Refused(Code.WRONG, "This cannot be undone from here. Move the meeting to where it was.")
    return MoveMeeting(starts_at, ends_at, "", read_number(args.get("version")))


def _read_instant(text: str | None) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else None
