"""Beginning and changing a series. Dates and times are the board's own, in its zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from tumorboard import words
from tumorboard.calendars.recurrence import LAST, weeks_of_month
from tumorboard.domain.series import ChangeSeries, Rule, rule_of
from tumorboard.errors import Code, Refused
from tumorboard.storage.models import Board, Meeting, Series
from tumorboard.vocabulary import Frequency
from tumorboard.web.forms.base import DateField, Form, LineField, TimeField, answered
from tumorboard.web.forms.choices import ListField, choice, words_of
from tumorboard.web.forms.meeting import a_link
from tumorboard.web.forms.numbers import read_number

MONTHLY_LAST = "monthly_last"
_A_DAY = timedelta(days=1)


class SeriesForm(Form):
    every = ListField(
        "Repeats",
        answered("Choose how often."),
        choices=[
            *words_of((Frequency.WEEKLY, Frequency.TWO_WEEKLY)),
            choice(Frequency.MONTHLY.value, "Every month, in the first date’s week of it"),
            choice(MONTHLY_LAST, "Every month, in its last week"),
        ],
    )
    first_day = DateField("First date", answered("Enter the date as 23-Nov-2026."))
    start = TimeField("From", answered("Enter the time as 13:00."))
    end = TimeField("To", answered("Enter the time as 14:30."))
    last_day = DateField("Last date; no end when empty")
    room = LineField("Room")
    video_link = LineField("Video link", a_link, longest=500)

    def validate_end(self, field: Field) -> None:
        if self.start.time_of_day and field.data and not self.minutes:
            raise ValidationError("Enter an end after the start, up to 10 hours later.")

    @property
    def minutes(self) -> int:
        """From start to end, which may be after midnight; 0 where the two are the same or not understood."""
        start, end = self.start.time_of_day, self.end.time_of_day
        if start is None or end is None:
            return 0
        length = datetime.combine(date.min, end) - datetime.combine(date.min, start)
        return int((length % _A_DAY).total_seconds() // 60)

    def to_rule(self) -> Rule:
        """What was typed, of a form that was validated."""
        day, start = self.first_day.day, self.start.time_of_day
        if day is None or start is None:
            raise ValueError("a rule of a form that was not validated")
        return Rule(
            frequency=Frequency.MONTHLY if self.every.data == MONTHLY_LAST else Frequency(self.every.data),
            first_day=day,
            start=start,
            minutes=self.minutes,
            week=self._week(day),
            last_day=self.last_day.day,
            room=self.room.text,
            video_link=self.video_link.text,
        )

    def _week(self, day: date) -> int | None:
        if self.every.data == MONTHLY_LAST:
            if LAST not in weeks_of_month(day):
                sentence = f"{words.date_words(day)} is not in the last week of its month. Choose a later first date."
                raise Refused(Code.WRONG, sentence, field="first_day")
            return LAST
        if self.every.data != Frequency.MONTHLY.value:
            return None
        week = weeks_of_month(day)[0]
        if week == LAST:
            sentence = "Not every month has a fifth week: choose the last week, or an earlier first date."
            raise Refused(Code.WRONG, sentence, field="every")
        return week


class BeginSeriesForm(SeriesForm):
    def skipped(self, days: list[str]) -> list[date]:
        """The dates of the preview that were ticked to be left out, as ``2026-12-23``; others are not understood."""
        found = []
        for text in days:
            try:
                found.append(date.fromisoformat(text))
            except ValueError:
                continue
        return found


class ChangeSeriesForm(SeriesForm):
    why = LineField("Reason, told to everyone", longest=200)
    version = HiddenField()

    def to_change(self, since: datetime | None) -> ChangeSeries:
        return ChangeSeries(rule=self.to_rule(), since=since, why=self.why.text, version=read_number(self.version.data))


def as_proposed(board: Board, starts_at: datetime | None, today: date) -> dict[str, str]:
    """A new series as ``BeginSeriesForm`` first shows it: like the board's next meeting, else a week from now."""
    if starts_at is not None:
        local = starts_at.astimezone(ZoneInfo(board.time_zone))
        day, start = local.date(), local.time()
    else:
        day, start = today + timedelta(days=7), time(13)
    return _hours(day, start, board.meeting_minutes) | {"room": board.room, "video_link": board.video_link}


def as_it_is(series: Series, first: Meeting) -> dict[str, str]:
    """The rule as ``ChangeSeriesForm`` shows it, from that date on."""
    rule = rule_of(series)
    day = (first.recurs_at or first.starts_at).astimezone(ZoneInfo(series.zone)).date()
    every = MONTHLY_LAST if rule.week == LAST else rule.frequency.value
    end = {"last_day": words.date_words(rule.last_day)} if rule.last_day else {}
    place = {"room": rule.room, "video_link": rule.video_link, "version": str(series.version)}
    return _hours(day, rule.start, rule.minutes) | {"every": every} | end | place


def _hours(day: date, start: time, minutes: int) -> dict[str, str]:
    end = datetime.combine(day, start) + timedelta(minutes=minutes)
    return {"first_day": words.date_words(day), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
