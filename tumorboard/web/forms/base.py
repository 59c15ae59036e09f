"""What every form does: refuses characters nobody types, trims, and answers each slip with what to do."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, StringField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextArea

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
"""Control characters, lone surrogates, what is invisible or turns the direction of reading, and U+FFFD: what stands
where a body was no UTF-8 (``web.bodies``)."""
_DATE_FORMS = ("%d-%b-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y")
_DAY = re.compile("^[0-9]{1,2}(?=[-. ])|(?<=-)[0-9]{1,2}$")
"""The day of the month, wherever it stands in one of these forms."""

Check = Callable[[FlaskForm, Field], None]


class Form(FlaskForm):
    """A form whose errors are sentences; ``refuse`` puts a domain refusal beside the field it is about."""

    def refuse(self, field: str | None, sentence: str) -> None:
        """Shows ``sentence`` at ``field``, or above the form when it is about none of its fields."""
        target: Any = self._fields.get(field) if field else None
        if target is None:
            self.form_errors.append(sentence)
        else:
            target.errors = [*target.errors, sentence]

    @property
    def said_twice(self) -> set[str]:
        """Sentences at more than one field, which only the name of the field tells apart in a summary."""
        return {sentence for sentence, times in Counter(_sentences(self.errors)).items() if times > 1}


def _sentences(errors: Any) -> Iterator[str]:
    """All that is wrong, out of WTForms' lists and dictionaries of them."""
    if isinstance(errors, str):
        yield errors
    else:
        for each in errors.values() if isinstance(errors, dict) else errors:
            yield from _sentences(each)


def trimmed(text: str | None) -> str:
    """Without white space at the ends, and with one kind of line end."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def plain(_form: FlaskForm, field: Field) -> None:
    """Refuses control characters and lone surrogates, which come with a paste from some programs."""
    if _CONTROL.search(field.data or ""):
        raise ValidationError("There are characters here that cannot be shown. They came with a copy; take them out.")


def answered(sentence: str) -> Check:
    """Refuses an empty answer with ``sentence``, which says what to do."""

    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data:
            raise StopValidation(sentence)

    return check


def at_most(longest: int) -> Check:
    """Refuses a longer text, whole as it is, in the words of js/too_long.js, which says so while it is typed."""

    def check(_form: FlaskForm, field: Field) -> None:
        if sentence := too_long(field.data or "", longest):
            raise ValidationError(sentence)

    return check


def too_long(text: str, longest: int) -> str:
    """What to do about a text of more characters; empty where it has no more."""
    over = len(text) - longest
    if over <= 0:
        return ""
    count = "1 character" if over == 1 else f"{over:,} characters"
    return f"{count} too many. Shorten this to {longest:,}; nothing was cut off."


class _WrittenField(StringField):
    """A text of at most ``longest`` characters. No browser cuts what is pasted to that."""

    def __init__(
        self, label: str, checks: list[Check], longest: int, render_kw: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        told = {"data-longest": longest} | (render_kw or {})
        super().__init__(label, [*checks, plain, at_most(longest)], render_kw=told, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = trimmed(valuelist[0]) if valuelist else ""

    @property
    def text(self) -> str:
        """What was typed; empty before anything was."""
        return self.data or ""


class LineField(_WrittenField):
    """One line of text, at most ``longest`` characters."""

    def __init__(self, label: str, *checks: Check, longest: int = 120, **kwargs: Any) -> None:
        super().__init__(label, [*checks, _one_line], longest, **kwargs)


class TextField(_WrittenField):
    """Several lines of text, at most ``longest`` characters."""

    widget = TextArea()

    def __init__(self, label: str, *checks: Check, longest: int = 10_000, **kwargs: Any) -> None:
        super().__init__(label, list(checks), longest, **kwargs)


class PastedField(TextField):
    """A text that was copied out of something and is only read: what cannot be seen in it is left out, not refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([_CONTROL.sub("", text.replace("\f", "\n")) for text in valuelist])


class DateField(LineField):
    """A date as people write it: 23-Nov-2026, 23.11.2026 or 2026-11-23; ``day`` is what was understood.

    ``example`` is the date that its help and its sentences show.
    """

    def __init__(self, label: str, *checks: Check, example: str = "23-Nov-2026", **kwargs: Any) -> None:
        super().__init__(label, *checks, _a_date, longest=40, **kwargs)
        self.example = example

    @property
    def day(self) -> date | None:
        return read_date(self.data or "")


class TimeField(LineField):
    """A time of day, 13:00; ``time_of_day`` is what was understood."""

    def __init__(self, label: str, *checks: Check, **kwargs: Any) -> None:
        super().__init__(label, *checks, _a_time, longest=10, **kwargs)

    @property
    def time_of_day(self) -> time | None:
        return read_time(self.data or "")


def read_date(text: str) -> date | None:
    """The date that ``text`` means, or none; four digits of year, so that 03.04.26 is asked about."""
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def names_no_day(text: str) -> bool:
    """Whether ``text`` is written as a date, of a day that its month does not have: 31-Feb-2026."""
    return read_date(text) is None and read_date(_DAY.sub("1", text)) is not None


def impossible_days(form: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """Every date in a form that its month does not have: the id of its field, and the sentence about it."""
    for field in form:
        if isinstance(field, FormField | FieldList):
            yield from impossible_days(field)
        elif isinstance(field, DateField) and names_no_day(field.text):
            yield field.id, _no_day(field.text)


def read_time(text: str) -> time | None:
    """The time of day that ``text`` means: ``13:00``, ``8:30`` or ``13.00``."""
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", text)
    return time(int(found[1]), int(found[2])) if found else None


def read_id(text: str | None) -> UUID | None:
    """The id that ``text`` is, or none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _one_line(_form: FlaskForm, field: Field) -> None:
    if "\n" in (field.data or ""):
        raise ValidationError("Write this on one line.")


def _no_day(text: str) -> str:
    return f"There is no {text}. Check the day."


def _a_date(_form: FlaskForm, field: Any) -> None:
    text = field.data or ""
    if names_no_day(text):
        raise ValidationError(_no_day(text))
    if text and field.day is None:
        raise ValidationError(f"Enter the date as {field.example}.")


def _a_time(_form: FlaskForm, field: Field) -> None:
    if field.data and read_time(field.data) is None:
        raise ValidationError("Enter the time as 13:00.")
