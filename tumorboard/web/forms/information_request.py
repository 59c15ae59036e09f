"""Asking back what is missing in a case, and the answer: only the fields that were asked for."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from tumorboard.domain.completeness import Completeness
from tumorboard.domain.differences import Difference, mark
from tumorboard.domain.information_requests import AnswerRequest, AskForInformation
from tumorboard.domain.minimum_data_sets import DataSet, Item
from tumorboard.storage.models import Case, Needs, SectionVersion
from tumorboard.storage.queries import section_versions
from tumorboard.vocabulary import CaseFact, Section
from tumorboard.web.forms.base import Form, TextField
from tumorboard.web.forms.choices import choice
from tumorboard.web.forms.needs import NeedsForm
from tumorboard.web.forms.numbers import read_number
from tumorboard.web.forms.parts import Typed, marks_of, read_marks, written_marks
from tumorboard.web.forms.result import PARTS, PREFIX, ItemRow
from tumorboard.web.forms.section import SectionForm, of_section
from tumorboard.web.forms.two_versions import TwoVersions, choices, found_differences, is_settled, shown, together
from tumorboard.web.forms.typed import typed_needs, typed_section

_OF_FACT: dict[CaseFact, tuple[Section, tuple[str, ...]]] = {
    CaseFact.QUESTION: (Section.QUESTION, ("question",)),
    CaseFact.DIAGNOSIS: (Section.STAGE, ("icd10",)),
    CaseFact.HISTOLOGY: (Section.STAGE, ("morphology",)),
    CaseFact.STAGE: (
        Section.STAGE,
        ("stage_prefix", "stage_t", "stage_n", "stage_m", "stage_group", "stage_system", "stage_edition"),
    ),
    CaseFact.PERFORMANCE_STATUS: (Section.FITNESS, ("performance_status",)),
    CaseFact.PRIOR_TREATMENT: (Section.HISTORY, ("prior_treatment",)),
    CaseFact.PREFERENCES: (Section.VOICE, ("preferences",)),
    CaseFact.NEEDS: (Section.VOICE, ("social_situation", "distress")),
    CaseFact.TOLD: (Section.VOICE, ("told",)),
}
"""Where a fact of the case is written, and in which fields."""


class AskForm(Form):
    """What is missing, ticked in the words of the minimum data set, and a sentence to the submitter."""

    items = SelectMultipleField(
        "What is missing", option_widget=CheckboxInput(), widget=ListWidget(), validate_choice=False
    )
    note = TextField("What you need to know, in a sentence", longest=500)
    version = HiddenField()

    def offer(self, complete: Completeness, today: date) -> None:
        """Every gap, ticked where it is missing, or was to be there by now."""
        self.items.choices = [
            choice(gap.item.key, f"{gap.item.label}: {gap.why_on(today)} · {gap.item.discipline.label}")
            for gap in complete.gaps
        ]
        if not self.is_submitted():
            self.items.data = [gap.item.key for gap in complete.gaps if not gap.pending or gap.is_overdue(today)]

    def to_ask(self) -> AskForInformation:
        offered = [key for key, *_ in self.items.iter_choices()]
        ticked = tuple(key for key in self.items.data or [] if key in offered)
        return AskForInformation(ticked, self.note.text, read_number(self.version.data))


class AnswerForm(Form):
    """The words beside the items."""

    answer = TextField("Anything else to say?", longest=2_000)
    base = HiddenField()


@dataclass(frozen=True)
class Asked:
    """One item that is asked for, with the form that has its fields; ``row`` where the data set made them."""

    item: Item
    form: SectionForm | NeedsForm
    fields: tuple[str, ...]
    row: ItemRow | None


class Answering:
    """The forms of one answer: of each section that is asked, as it stands, with what was typed over it."""

    def __init__(
        self,
        case: Case,
        items: list[Item],
        data_set: DataSet,
        needs: Needs | None,
        today: date,
        typed: MultiDict[str, str] | None,
    ) -> None:
        self.words = AnswerForm(typed)
        self._case, self.data_set, self._today, self._needs = case, data_set, today, needs
        written = {_place(item)[0] for item in items if not _is_voice(item)}
        self._written = [section for section in Section if section in written]
        self._is_voiced = any(_is_voice(item) for item in items)
        names = [name for item in items for name in _names(item)]
        self._everything = self._as_saved()
        self._saved = {name: self._everything[name] for name in names if name in self._everything}
        here = self._saved if typed is None else {name: typed.getlist(name) for name in names}
        self._found = self._differences(here, typed)
        self._sections, self._voice = self._forms(self._with_answer(here, names))
        self.asked = [asked for item in items if (asked := self._asked(item))]

    def validate(self) -> bool:
        forms = [self.words, *self._sections.values(), *([self._voice] if self._voice else [])]
        answers = [form.validate() for form in forms]  # each, so that every slip is told at once
        return all(answers)

    def refuse(self, field: str | None, sentence: str) -> None:
        """Shows a domain refusal at its field, or above the answer."""
        having = [form for form in self._sections.values() if field and field in form]
        (having[0] if having else self.words).refuse(field, sentence)

    def to_answer(self) -> AnswerRequest:
        """The act, of forms that were validated."""
        written = tuple(form.to_write() for form in self._sections.values())
        voice = self._voice.to_write() if self._voice else None
        said = voice if voice and (voice.version or voice.says_anything) else None
        return AnswerRequest(written, said, self.words.answer.text)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be chosen between what was typed and what somebody else has written meanwhile."""
        return is_settled(self._found)

    @property
    def versions(self) -> TwoVersions | None:
        """Both, while something is to be chosen."""
        if self.is_settled:
            return None
        latest = section_versions.latest(self._case.id)
        kept: list[SectionVersion | Needs] = [latest[section] for section in self._written if section in latest]
        kept += filter(None, [self._needs])
        last = max(kept, key=lambda each: each.written_at, default=None)
        return TwoVersions(
            shown(_fields(*self._forms(self._everything)), _fields(self._sections, self._voice), self._found),
            mark(self._saved),
            last.written_by if last else None,
            last.written_at if last else self._case.state_since,
        )

    def _as_saved(self) -> Typed:
        """The boxes of all that is asked and of what stands beside it."""
        sections = [typed_section(self._case, section) for section in self._written]
        typed = {name: [text] for section in sections for name, text in section.items()}
        return typed | (typed_needs(self._needs) if self._is_voiced else {})

    def _differences(self, here: Typed, typed: MultiDict[str, str] | None) -> list[Difference]:
        chosen = choices(typed, mark(self._saved)) if typed else {}
        return found_differences(self._saved, here, read_marks(self.words.base.data), chosen)

    def _with_answer(self, here: Typed, names: list[str]) -> Typed:
        """All boxes, with what was typed into those that are asked and what was written there meanwhile."""
        if self.is_settled:
            here = together(self._saved, here, self._found)
            self.words.base.data = written_marks(marks_of(self._saved))
        return {name: texts for name, texts in self._everything.items() if name not in names} | dict(here)

    def _forms(self, boxes: Typed) -> tuple[dict[Section, SectionForm], NeedsForm | None]:
        typed: MultiDict[str, str] = MultiDict(dict(boxes))
        voice = NeedsForm(typed) if self._is_voiced else None
        if voice:
            voice.version.data = str(self._needs.version if self._needs else 0)
        return {section: self._of_section(section, typed) for section in self._written}, voice

    def _of_section(self, section: Section, typed: MultiDict[str, str]) -> SectionForm:
        form = of_section(section, self.data_set)(typed)
        patient, latest = self._case.patient, section_versions.latest_to_change(self._case.id, section)
        form.prepare(self.data_set, patient.birth_date if patient else None, self._today)
        form.version.data = str(latest.version if latest else 0)
        return form

    def _asked(self, item: Item) -> Asked | None:
        section, fields = _place(item)
        form = self._voice if _is_voice(item) else self._sections.get(section)
        if form is None:
            return None
        row = None if item.fact else form[f"{PREFIX}{item.key}"].form
        return Asked(item, form, fields, row)


def _fields(sections: dict[Section, SectionForm], voice: NeedsForm | None) -> list[Field]:
    return [field for form in [*sections.values(), *filter(None, [voice])] for field in form]


def _is_voice(item: Item) -> bool:
    """Whether it is written with the needs and preferences."""
    return item.fact is not None and _place(item)[0] is Section.VOICE


def _place(item: Item) -> tuple[Section, tuple[str, ...]]:
    return _OF_FACT[item.fact] if item.fact else (item.section, ())


def _names(item: Item) -> tuple[str, ...]:
    return _place(item)[1] if item.fact else tuple(f"{PREFIX}{item.key}-{part}" for part in PARTS)
