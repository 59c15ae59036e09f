"""Planning, moving and cancelling a meeting. Dates and times are the board's own, in its zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
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


def a_link(_form: FlaskForm, field: Field) -> None:
    """Refuses what is no web address."""
    if field.data and not re.fullmatch(r"https?://[^\s/]\S*", field.data):
        raise ValidationError("Enter the link as https://video.example.org/aspen-2.")


LENGTH = "Enter the length in whole minutes, like 90: from 5 to 600."


def in_minutes(_form: FlaskForm, field: Field) -> None:
    if field.data and not re.fullmatch(r"[0-9]{1,3}", field.data):
        raise ValidationError(LENGTH)


class WhenForm(Form):
    date = DateField("Date", answered("Enter the date as 23-Nov-2026."))
    start = TimeField("Start", answered("Enter the time as 13:00."))
    minutes = LineField("Minutes", answered(LENGTH), in_minutes, longest=10)

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """Start and end as instants. Refused when the clocks of ``zone`` skip that start."""
        day, at = self.date.day, self.start.time_of_day
        if day is None or at is None:
            raise ValueError("a span of a form that was not validated")
        starts_at = instant_of(day, at, zone)
        return starts_at, starts_at + timedelta(minutes=read_number(self.minutes.data))


class WhereForm(Form):
    room = LineField("Room")
    video_link = LineField("Video link", a_link, longest=500)


class PlanMeetingForm(WhenForm, WhereForm):
    def to_plan(self, zone: str) -> PlanMeeting:
        return PlanMeeting(*self.span(zone), place=(self.room.text, self.video_link.text))


class PlaceForm(WhereForm):
    why = LineField("Reason, told to everyone", longest=200)
    version = HiddenField()

    def at(self, starts_at: datetime, ends_at: datetime) -> MoveMeeting:
        return MoveMeeting(
            starts_at=starts_at,
            ends_at=ends_at,
            room=self.room.text,
            video_link=self.video_link.text,
            why=self.why.text,
            version=read_number(self.version.data),
        )


class MoveMeetingForm(WhenForm, PlaceForm):
    def to_move(self, zone: str) -> MoveMeeting:
        return self.at(*self.span(zone))


class MoveBackForm(PlaceForm):
    """Undoes the last move: the page after it posts what was before."""

    starts_at = HiddenField()
    ends_at = HiddenField()

    def to_move(self) -> MoveMeeting:
        starts_at, ends_at = _read_instant(self.starts_at.data), _read_instant(self.ends_at.data)
        if starts_at is None or ends_at is None or not self.validate():
            raise Refused(Code.WRONG, "This cannot be undone from here. Move the meeting to where it was.")
        return self.at(starts_at, ends_at)


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
        listed = "" if self.why.data == OWN_WORDS else self.why.data
        why = ": ".join(part for part in (listed, self.own_words.text) if part)
        return CancelMeeting(why, read_number(self.version.data))


def when_and_where(meeting: Meeting) -> dict[str, str]:
    """The meeting's present date, start, length and place as ``MoveMeetingForm`` shows them."""
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.board.time_zone))
    return {
        "date": words.date_words(local.date()),
        "start": f"{local:%H:%M}",
        "minutes": str(meeting.minutes),
        "room": meeting.room,
        "video_link": meeting.video_link,
    }


def move_back_fields(before: MoveMeeting, version: int) -> dict[str, str]:
    """What ``MoveBackForm`` reads: as the meeting was ``before`` the move that made it this ``version``."""
    hours = {"starts_at": before.starts_at.isoformat(), "ends_at": before.ends_at.isoformat()}
    place = {"room": before.room, "video_link": before.video_link}
    return hours | place | {"why": before.why, "version": str(version)}


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The one instant at which the clocks in ``zone`` show so.

    Refused for an hour that they skip when they are put forward, and for one that they show twice when they are put
    back (PEP 495).
    """
    try:
        local = datetime.combine(day, at, ZoneInfo(zone))
        first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        raise Refused(Code.WRONG, "Choose a date within the next two years.", field="date") from None
    if first != second:
        which = "does not exist" if first > second else "comes twice"
        clocks = "forward" if first > second else "back"
        sentence = f"{at:%H:%M} {which} on {words.date_words(day)}: the clocks go {clocks}. Choose another time."
        raise Refused(Code.WRONG, sentence, field="start")
    return first


def _read_instant(text: str | None) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else None
