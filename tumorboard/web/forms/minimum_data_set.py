"""One item of a minimum data set, its question types, and which set a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from tumorboard.domain.minimum_data_sets import SOMETHING_ELSE, DataSet, Item
from tumorboard.errors import absent
from tumorboard.vocabulary import Discipline, ItemNeed, ResultState, Section, TumorType, When
from tumorboard.web.forms.base import Form, LineField, TextField, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of
from tumorboard.web.forms.numbers import read_number

LONGEST_DAYS = 3_650
ALL_OPEN = "all_open"


class LinesField(TextField):
    """A list, one in a line."""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in self.text.split("\n"))))


class DraftForm(Form):
    """What is written into a draft: ``revision`` is the one that its writer had in sight."""

    revision = HiddenField()


class FactForm(DraftForm):
    """An item that the case's own form asks in a field: what it is stays, when it is asked can change."""

    need = ButtonsField("Needed", answered("Choose one."), choices=words_of(ItemNeed))
    when = ListField("When", answered("Choose when it is asked."), choices=words_of(When))
    when_words = LineField("Only if…", longest=120)
    if_item = ListField("By the answer of")
    if_answers = LinesField("Asked after one of these, one in a line", longest=1_000)
    fresh_days = LineField("Fresh for, days", longest=10)
    discipline = ListField("Whose turn", answered("Choose a discipline."), choices=words_of(Discipline))
    help = LineField("Help", longest=200)

    def offer(self, data_set: DataSet, item: Item | None = None) -> None:
        """Fills the list of the other items with answers."""
        others = [each for each in data_set.asked_as_results if each.answers and each is not item]
        self.if_item.choices = [choice("", "Choose an item"), *(choice(each.key, each.label) for each in others)]

    def validate_when_words(self, field: LineField) -> None:
        if self.when.data == When.IF_IT_APPLIES and not field.text:
            raise ValidationError("Write for which cases, such as: High risk of spread, or symptoms.")

    def validate_if_item(self, field: Field) -> None:
        if self.when.data == When.IF_ANSWER and not field.data:
            raise ValidationError("Choose the item whose answer decides.")

    def validate_if_answers(self, field: LinesField) -> None:
        if self.when.data == When.IF_ANSWER and not field.lines:
            raise ValidationError("Write at least one of its answers.")

    def validate_fresh_days(self, field: LineField) -> None:
        if field.text and not 1 <= read_number(field.text) <= LONGEST_DAYS:
            raise ValidationError(f"Write days as a whole number from 1 to {LONGEST_DAYS:,}, or nothing for no limit.")

    def stated(self, item: Item) -> Item:
        """The item as it is written here, of a form that was validated."""
        when = When(self.when.data)
        by_answer = when is When.IF_ANSWER
        return replace(
            item,
            need=ItemNeed(self.need.data),
            when=when,
            when_words=self.when_words.text if when is When.IF_IT_APPLIES else "",
            if_item=self.if_item.data if by_answer else "",
            if_answers=self.if_answers.lines if by_answer else (),
            fresh_days=read_number(self.fresh_days.text) or None,
            discipline=Discipline(self.discipline.data),
            help=self.help.text,
        )


class ItemForm(FactForm):
    """An item that the form of a case asks because the board does."""

    label = LineField("Item", answered("Name the item, such as: Breast MRI."), longest=80)
    section = ListField("Section", answered("Choose the section."), choices=words_of(Section))
    answers = LinesField("Answers, one in a line", longest=1_000)
    unit = LineField("Unit", longest=30)

    def validate_answers(self, field: LinesField) -> None:
        _refuse_doubles(field.lines)
        own = {state.value for state in ResultState} | {state.label.lower() for state in ResultState}
        if any(line.lower() in own for line in field.lines):
            raise ValidationError("Pending and Not done are offered with every item: take them out here.")

    def stated(self, item: Item) -> Item:
        section = Section(self.section.data)
        of_its_own = replace(item, label=self.label.text, section=section)
        return super().stated(replace(of_its_own, answers=self.answers.lines, unit=self.unit.text))


NEW = Item(key="", label="", section=Section.BIOMARKERS, discipline=Discipline.PATHOLOGY)
"""What an item is before anybody has written it."""


def typed_item(item: Item) -> dict[str, str]:
    """An item as somebody would type it into its form."""
    return {
        "label": item.label,
        "help": item.help,
        "section": item.section.value,
        "need": item.need.value,
        "when": item.when.value,
        "when_words": item.when_words,
        "if_item": item.if_item,
        "if_answers": "\n".join(item.if_answers),
        "fresh_days": str(item.fresh_days or ""),
        "discipline": item.discipline.value,
        "answers": "\n".join(item.answers),
        "unit": item.unit,
    }


class QuestionsForm(DraftForm):
    questions = LinesField(
        "Question types, one in a line", answered("Write at least one, such as: Neoadjuvant treatment."), longest=4_000
    )

    def validate_questions(self, field: LinesField) -> None:
        _refuse_doubles(field.lines)
        if any(line.casefold() == SOMETHING_ELSE.casefold() for line in field.lines):
            raise ValidationError(f"“{SOMETHING_ELSE}” is offered in any case: take it out here.")


DRAFT = "draft"
"""In place of a version's number: the one that is still written."""


@dataclass(frozen=True)
class SetShown:
    """Which set a page shows. No tumor type where the address names none; version 0 where it names no version."""

    tumor_type: TumorType | None
    version: int
    draft: bool

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        tumor_type = next((each for each in TumorType if each == address.get("tumor_type")), None)
        version = address.get("version")
        return cls(tumor_type, read_number(version), version == DRAFT)


def read_tumor_type(text: str) -> TumorType:
    """The tumor type that an address names; absent when it names none."""
    found = next((each for each in TumorType if each == text), None)
    if found is None:
        raise absent()
    return found


def _refuse_doubles(lines: tuple[str, ...]) -> None:
    folded = [line.casefold() for line in lines]
    twice = next((line for index, line in enumerate(lines) if line.casefold() in folded[:index]), None)
    if twice:
        raise ValidationError(f"“{twice}” stands here twice: take one out.")
    long = next((line for line in lines if len(line) > 80), None)
    if long:
        raise ValidationError(f"Shorten “{long[:30]}…” to 80 characters.")


def read_follows(form: Mapping[str, str]) -> bool:
    """Whether the open cases follow; those submitted from now on where the form does not say so."""
    return form.get("counts_for") == ALL_OPEN
