"""Lists in a form whose rows people add and remove: each row keeps its number whatever becomes of the others."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

LONGEST_NUMBER = 39
"""Digits of a row's number: as many as those of an id."""


class Row(PlainForm):
    """Left empty it is none. Part of a form that has the CSRF token for all its rows."""

    born: date | None = None
    today: date | None = None
    """Between these days its dates lie; the form of the case fills them in."""

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    @property
    def row(self) -> int:
        """Its number in its list."""
        return int(next(iter(self)).name.split("-")[1])


def in_this_life(row: Any, field: Any) -> None:
    """Refuses a day that is yet to come, and one before the birth."""
    if field.day and row.today and field.day > row.today:
        raise ValidationError("This date is in the future. Check the year.")
    if field.day and row.born and field.day < row.born:
        raise ValidationError("This date is before the birth. Check the year.")


class RowsField(FieldList):  # type: ignore[type-arg]  # not generic when it runs
    """Rows of one kind, each under the number that its page gave it, or its own once it is saved.

    So the rows of two people, and those of one list before and after, are told apart.
    """

    def __init__(self, row: type[Row], **kwargs: Any) -> None:
        super().__init__(FormField(row), **kwargs)

    def _compact_indices(self) -> None:
        """WTForms would number them from 0 here."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """The numbers of the rows that were posted; WTForms would stumble over other digits than 0 to 9."""
        named = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,{LONGEST_NUMBER}}})-")
        yield from (int(found[1]) for found in map(named.match, formdata) if found)

    @property
    def filled(self) -> list[Any]:
        """The rows that say anything."""
        return [entry.form for entry in self if not entry.form.is_empty]
