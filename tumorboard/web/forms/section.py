"""One section of a case, to be written by who owns it."""

from datetime import date
from functools import lru_cache
from typing import Any

from wtforms import HiddenField

from tumorboard.domain.minimum_data_sets import DataSet, Item
from tumorboard.domain.sections import StateFacts, StateResult, WriteSection
from tumorboard.vocabulary import Section
from tumorboard.web.forms.base import Form
from tumorboard.web.forms.case_parts import FitnessPart, HistoryPart, QuestionPart, StagePart
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.result import ItemRow, StudyRow, rows_of, with_items
from tumorboard.web.forms.rows import Row, RowsField


class SectionForm(Form):
    """What every section's form has. ``of_section`` makes the one for a section."""

    section: Section
    items: tuple[Item, ...] = ()
    version = HiddenField(default="0")
    base = HiddenField()

    def prepare(self, data_set: DataSet, born: date | None, today: date) -> None:
        """Offers what the data set does, and says between which days studies lie."""
        if isinstance(self, QuestionPart):
            self.offer_questions(data_set)
        if isinstance(self, StagePart):
            self.offer_systems(data_set)
        for row in [*self.rows, *self._added()]:
            row.born, row.today = born, today

    @property
    def rows(self) -> list[ItemRow]:
        return rows_of(self, self.items)

    def to_write(self) -> WriteSection:
        """The act, of a form that was validated."""
        stated = [stated for row in self.rows if (stated := row.stated_item())]
        studies = [row.stated(self.section) for row in self._filled_studies()]
        results: tuple[StateResult, ...] = (*stated, *studies)
        return WriteSection(self.section, self._facts(), results, read_number(self.version.data))

    def _facts(self) -> StateFacts | None:
        facts: StateFacts | None = None
        if isinstance(self, QuestionPart):
            facts = self.state_question()
        elif isinstance(self, StagePart):
            facts = self.state_stage()
        elif isinstance(self, FitnessPart):
            facts = self.state_fitness()
        elif isinstance(self, HistoryPart):
            facts = self.state_history()
        return facts

    def _filled_studies(self) -> list[StudyRow]:
        return self.studies.filled if "studies" in self else []

    def _added(self) -> list[Row]:
        """The rows of lists that people add to."""
        return [entry.form for field in self if isinstance(field, RowsField) for entry in field]


_PARTS: dict[Section, type] = {
    Section.QUESTION: QuestionPart,
    Section.STAGE: StagePart,
    Section.FITNESS: FitnessPart,
    Section.HISTORY: HistoryPart,
}


def of_section(section: Section, data_set: DataSet) -> type[SectionForm]:
    """The form of one section, with a row for each of its items."""
    return _form_of(section, tuple(item for item in data_set.asked_as_results if item.section is section))


@lru_cache(maxsize=500)
def _form_of(section: Section, items: tuple[Item, ...]) -> type[SectionForm]:
    bases = (_PARTS[section], SectionForm) if section in _PARTS else (SectionForm,)
    own: dict[str, Any] = {"section": section, "items": items}
    if section in (Section.IMAGING, Section.PATHOLOGY):
        own["studies"] = RowsField(StudyRow, name=section.value)
    return with_items(type("SectionForm", bases, own), items)
