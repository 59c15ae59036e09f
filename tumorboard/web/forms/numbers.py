"""Whole numbers: those that a page itself put into its form, and those that people type."""

import re
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from tumorboard.web.forms.base import Check, Form, LineField


def read_number(text: str | None) -> int:
    """The number that ``text`` means; 0, which is no version, place or length, when it means none."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


class NumberField(LineField):
    """A whole number of ``unit`` between two others; empty unless a check asks for it."""

    def __init__(self, label: str, *checks: Check, least: int, most: int, unit: str, **kwargs: Any) -> None:
        self.sentence = f"Enter whole {unit}, from {least} to {most}."
        self.range = range(least, most + 1)
        super().__init__(label, *checks, _within, longest=10, **kwargs)

    @property
    def number(self) -> int | None:
        """What was typed, of a form that was validated."""
        return read_number(self.text) if self.text else None


def _within(_form: Form, field: Field) -> None:
    is_number = re.fullmatch("[0-9]{1,9}", field.data or "")
    if field.data and not (is_number and int(field.data) in field.range):  # type: ignore[attr-defined]
        raise ValidationError(field.sentence)  # type: ignore[attr-defined]
