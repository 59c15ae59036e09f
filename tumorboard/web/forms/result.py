"""Rows of a case's form: one for each item that its minimum data set asks, and more studies and specimens."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from wtforms import FormField
from wtforms.validators import ValidationError

from tumorboard.domain.completeness import Given
from tumorboard.domain.minimum_data_sets import Item
from tumorboard.domain.sections import StateResult
from tumorboard.vocabulary import ResultState, Section
from tumorboard.web.forms.base import DateField, LineField, TextField
from tumorboard.web.forms.choices import ButtonsField, choice
from tumorboard.web.forms.rows import Row, in_this_life

PREFIX = "item_"
"""The item ``er`` is asked in the fields ``item_er-answer``, ``item_er-value`` and so on."""
PARTS = ("answer", "value", "dated_on", "number", "place", "expected_on", "reason")
_HAS_NUMBER = (Section.IMAGING, Section.PATHOLOGY)
_HAS_DATE = (*_HAS_NUMBER, Section.LABS)
_OTHERWISE = (ResultState.PENDING, ResultState.NOT_DONE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBERS = re.compile(rf"(?:[<>≤≥~]|about |ca\. )?\s*{_NUMBER.pattern}(?:\s*(?:-|–|to|/)\s*{_NUMBER.pattern})?")
"""``12``, ``0.3``, ``< 1``, ``about 60``, ``10-15``, ``5 to 10``."""
_SHARES = ("%", "% of nuclei", "% of tumor cells", "% of liver volume", "% blasts", "% lifetime")
"""Units of what is a part of a whole; lung function, say, may be above 100 % of what is predicted."""


def has_date(item: Item) -> bool:
    """Whether the day of its answer is asked."""
    return item.section in _HAS_DATE or item.fresh_days is not None


def has_number(item: Item) -> bool:
    """Whether the number of a study or specimen is asked."""
    return item.section in _HAS_NUMBER


class StudyRow(Row):
    """A study or specimen."""

    dated_on = DateField("Date", in_this_life)
    number = LineField("Accession or slide number", longest=64)
    place = LineField("Where it is, if elsewhere", longest=80)
    value = TextField("What it shows", longest=4_000)

    def stated(self, section: Section) -> StateResult:
        return StateResult(
            section=section,
            row=self.row,
            dated_on=self.dated_on.day,
            number=self.number.text,
            place=self.place.text,
            value=self.value.text,
        )


class ItemRow(StudyRow):
    """What somebody has for one item: its answer, or that it is pending or was not done."""

    item: ClassVar[Item]
    answer = ButtonsField("Answer")
    expected_on = DateField("Expected on")
    reason = LineField("Why not", longest=200)

    def validate_value(self, field: TextField) -> None:
        if not self.item.unit or not field.data:
            return
        numbers = [float(each.replace(",", ".")) for each in _NUMBER.findall(field.data)]
        if not _NUMBERS.fullmatch(field.data):
            raise ValidationError(f"Write a number or a range in {self.item.unit}, such as 12 or 10-15.")
        if self.item.unit in _SHARES and max(numbers) > 100:
            raise ValidationError("A share of the whole is at most 100 %. Check the number.")

    @property
    def has_date(self) -> bool:
        return has_date(self.item)

    @property
    def has_number(self) -> bool:
        return has_number(self.item)

    @property
    def state(self) -> ResultState | None:
        """None while nothing is answered."""
        otherwise = next((each for each in _OTHERWISE if each == self.answer.data), None)
        if otherwise:
            return otherwise
        typed = self.answer.data or self.value.data or self.number.data or self.dated_on.data
        return ResultState.THERE if typed else None

    def given(self) -> Given | None:
        """For completeness, while the rest may still be wrong."""
        state = self.state
        return Given(state, *self._answered(), self._expected_on, self._reason) if state else None

    def stated_item(self) -> StateResult | None:
        state = self.state
        if state is None:
            return None
        answer, dated_on = self._answered()
        there = state is ResultState.THERE
        return StateResult(
            section=self.item.section,
            item=self.item.key,
            label=self.item.label,
            state=state,
            answer=answer,
            value=self.value.text if there else "",
            unit=self.item.unit if there and self.value.text else "",
            dated_on=dated_on,
            number=self.number.text,
            place=self.place.text,
            expected_on=self._expected_on,
            reason=self._reason,
        )

    def _answered(self) -> tuple[str, date | None]:
        return (self.answer.data or "") if self.state is ResultState.THERE else "", self.dated_on.day

    @property
    def _expected_on(self) -> date | None:
        return self.expected_on.day if self.state is ResultState.PENDING else None

    @property
    def _reason(self) -> str:
        return self.reason.text if self.state is ResultState.NOT_DONE else ""


def with_items(form: type[Any], items: tuple[Item, ...]) -> type[Any]:
    """``form`` with a row for each of these items. Whoever calls it keeps what it makes: a class is not made twice."""
    rows = {f"{PREFIX}{item.key}": FormField(_row_for(item), label=item.label) for item in items}
    return type(f"{form.__name__}Asking", (form,), rows)


def rows_of(form: Any, items: Iterable[Item]) -> list[ItemRow]:
    """The rows of a form that ``with_items`` has made, in the order of their items."""
    return [form[f"{PREFIX}{item.key}"].form for item in items]


@lru_cache(maxsize=5_000)
def _row_for(item: Item) -> type[ItemRow]:
    words = [*item.answers, ResultState.PENDING, ResultState.NOT_DONE]
    choices = [choice(each, each.label if isinstance(each, ResultState) else each) for each in words]
    parts: dict[str, Any] = {"item": item, "answer": ButtonsField(item.label, choices=choices)}
    if item.unit or item.answers:
        parts["value"] = LineField(item.unit or "Detail", longest=200)
    return type("RowFor", (ItemRow,), parts)
