"""The form of a case: one page, one column. Only patient, board and the question's block are needed to submit."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from tumorboard import words
from tumorboard.domain.cases import SubmitCase
from tumorboard.domain.completeness import CaseFacts, Given, is_asked, may_be_asked, told_given
from tumorboard.domain.contradictions import Contradiction, Stated, contradictions
from tumorboard.domain.episodes import StateEpisode
from tumorboard.domain.minimum_data_sets import DataSet, Item
from tumorboard.domain.patients import NamePatient
from tumorboard.domain.sections import StateResult
from tumorboard.storage.models import Board, Case, Hospital, Person
from tumorboard.vocabulary import CaseFact, CaseType, PerformanceStatus, Section, Sex, StageSystem, TumorType
from tumorboard.web.forms.base import DateField, Form, LineField, PastedField, answered, impossible_days, read_id
from tumorboard.web.forms.carried import carried_over, presented_words
from tumorboard.web.forms.case_parts import FitnessPart, HistoryPart, QuestionPart, StagePart, VoicePart
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of
from tumorboard.web.forms.result import PREFIX, ItemRow, StudyRow, rows_of, with_items
from tumorboard.web.forms.rows import RowsField

FIRST_BIRTH = date(1890, 1, 1)
MOST_ROWS = 30


class CaseForm(QuestionPart, StagePart, FitnessPart, HistoryPart, VoicePart, Form):
    """What a submitter types: a draft in, ``SubmitCase`` out. ``case_form_asking`` adds a row for each item."""

    submitter = ListField("Submitted for", answered("Choose whose case this is."))

    mrn = LineField("MRN", longest=40)
    mrn_hospital = ListField("MRN given by", answered("Choose the hospital that gave the MRN."))
    no_mrn = BooleanField("No MRN yet")
    birth_date = DateField("Date of birth", answered("Enter the date of birth as 14-Mar-1971."), example="14-Mar-1971")
    family_name = LineField("Family name", answered("Enter the family name."))
    given_name = LineField("Given name", answered("Enter the given name."))
    sex = ButtonsField("Sex", answered("Choose the sex; “Not known” is an answer."), choices=words_of(Sex))

    follows = ButtonsField("The patient’s other case")
    separate_why = LineField("Why it is a separate question", longest=200)

    board = ListField("Board", answered("Choose the board."))
    tumor_type = ListField(
        "Tumor type", answered("Choose the tumor type."), choices=[choice("", "Choose…"), *words_of(TumorType)]
    )

    report = PastedField("A report, pasted", longest=50_000)

    imaging = RowsField(StudyRow)
    pathology = RowsField(StudyRow)

    def __init__(
        self,
        typed: MultiDict[str, str] | None,
        *,
        person: Person,
        boards: list[Board],
        hospitals: list[Hospital],
        clinicians: list[Person],
        today: date,
        data_set: DataSet | None,
        followed: Case | None,
    ) -> None:
        super().__init__(typed, mrn_hospital=str(person.hospital_id), submitter=str(person.id))
        if not self.submitter.data:  # a draft from before there was a choice
            self.submitter.data = str(person.id)
        others = (choice(each.id, _about(each)) for each in clinicians if each.id != person.id)
        self.submitter.choices = [choice(person.id, "Myself"), *others]
        self.today, self.data_set, self.typed = today, data_set, typed or MultiDict()
        self.board.choices = [choice("", "Choose…"), *(choice(board.id, board.full_name) for board in boards)]
        self.mrn_hospital.choices = [choice(hospital.id, hospital.name) for hospital in hospitals]
        self.offer_questions(data_set)
        self.offer_systems(data_set)
        self.followed = followed
        self.offer_cases([followed] if followed else [])

    def offer_cases(self, others: list[Case]) -> None:
        """The cases that this one may go on from; without any, the question is not asked."""
        self.follows.choices = [choice(each.id, f"Goes on from case {each.number}") for each in others]
        if others:
            self.follows.choices.append(choice("", "A separate question"))
        if self.follows.data not in {str(each.id) for each in others}:
            self.follows.data = ""  # nothing that they may see, and so nothing to this form

    @property
    def carried(self) -> dict[str, str]:
        """The parts that still stand there as in the case before, each with where it comes from and how old it is."""
        if self.followed is None:
            return {}
        source = f"From the presentation of {presented_words(self.followed, self.today)}. Check it."
        return dict.fromkeys(carried_over(self.followed, dict(self.typed.lists())), source)

    @property
    def items(self) -> tuple[Item, ...]:
        """What the minimum data set asks in rows of its own."""
        return self.data_set.asked_as_results if self.data_set else ()

    def asked(self, section: str) -> list[ItemRow]:
        """The rows of one section that the board needs of this case, and those already answered."""
        return self._rows(section, is_asked)

    def offered(self, section: str) -> list[ItemRow]:
        """The rows of one section for what helps, or may apply."""
        return self._rows(section, may_be_asked)

    def _rows(self, section: str, drawn: Callable[[Item, DataSet, CaseFacts, date], bool]) -> list[ItemRow]:
        if self.data_set is None:
            return []
        facts, own = self.facts(), (item for item in self.items if item.section == section)
        return rows_of(self, (item for item in own if drawn(item, self.data_set, facts, self.today)))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was answered and is not asked now: another tumor type would ask it again, and it is not lost."""
        drawn = {
            f"{PREFIX}{row.item.key}" for section in Section for row in [*self.asked(section), *self.offered(section)]
        }
        answers = ((name, text) for name, text in self.typed.items() if name.startswith(PREFIX) and text)
        kind = [] if self.question_type.choices else [("question_type", self.typed.get("question_type", ""))]
        return [*kind, *(each for each in answers if each[0].partition("-")[0] not in drawn)]

    @property
    def asked_keys(self) -> str:
        """What is asked in sight: two forms with the same words look the same."""
        if self.data_set is None:
            return ""
        facts = self.facts()
        keys = [item.key for item in self.items if is_asked(item, self.data_set, facts, self.today)]
        return f"{self.board.data}:{self.tumor_type.data}:{' '.join(keys)}"

    def validate(self, extra_validators: Any = None) -> bool:
        added = [entry.form for each in (self.imaging, self.pathology, self.decisions) for entry in each]
        for row in [*rows_of(self, self.items), *added]:
            row.born, row.today = self.birth_date.day, self.today
        well = bool(super().validate(extra_validators))
        if sum(not row.is_empty for row in added) > MOST_ROWS:
            self.refuse(
                None, f"List at most {MOST_ROWS} studies, specimens and decisions; write the others into the summary."
            )
            return False
        return well

    def validate_to_find(self, own_hospital: Hospital) -> bool:
        """Checks MRN and birth date alone: what a patient on record is looked up by, at one's own hospital."""
        if self.mrn_hospital.data != str(own_hospital.id):
            self.refuse("mrn_hospital", f"Patients are looked up at {own_hospital.name} alone. Type the name below.")
            return False
        return all([self.mrn.validate(self, [_needed_to_find]), self.birth_date.validate(self, [a_birth_date])])

    def validate_mrn(self, field: Field) -> None:
        if not field.data and not self.no_mrn.data:
            raise ValidationError("Enter the MRN, or tick “No MRN yet”.")
        if field.data and self.no_mrn.data:
            raise ValidationError("Clear the MRN, or untick “No MRN yet”.")
        an_mrn(self, field)

    def validate_birth_date(self, field: DateField) -> None:
        a_birth_date(self, field)

    def missing(self) -> list[tuple[str, str]]:
        """What submission still needs: the id of its field, and its words."""
        needed = (
            ("mrn", "MRN, or that there is none yet", self.mrn.data or self.no_mrn.data),
            ("birth_date", "Date of birth", self.birth_date.day),
            ("family_name", "Family name", self.family_name.data),
            ("given_name", "Given name", self.given_name.data),
            ("sex", "Sex", self.sex.data),
            ("board", "Board", self.board.data),
            ("tumor_type", "Tumor type", self.tumor_type.data),
            ("case_type", "Why the case comes", self.case_type.data),
            ("question_type", "Kind of question", self.question_type.data or not self.question_type.choices),
            ("question", "Question for the board", self.question.data),
        )
        return [(field, words) for field, words, answer in needed if not answer]

    def contradictions(self) -> list[Contradiction]:
        """What cannot be true at once, while the form may still be half typed."""
        grade = self.karnofsky.data or ""
        stated = Stated(
            prefix=self.stated_prefix,
            m=self.stage_m.value,
            group=self.stage_group.text,
            system=next((each for each in StageSystem if each == self.stage_system.data), None),
            performance_status=next((each for each in PerformanceStatus if each == self.performance_status.data), None),
            karnofsky=int(grade) if grade.isdecimal() else None,
            prior_treatment=self.prior_treatment.text,
        )
        days = [Contradiction(field, sentence) for field, sentence in impossible_days(self)]
        return [*contradictions(stated), *days]

    def facts(self) -> CaseFacts:
        """What completeness looks at, while the form may still be half typed."""
        rows = {row.item.key: row.given() for row in rows_of(self, self.items)}
        return CaseFacts(
            case_type=next((each for each in CaseType if each == self.case_type.data), None),
            prefix=self.stated_prefix,
            m=self.stage_m.value,
            group=self.stage_group.text,
            birth_date=self.birth_date.day,
            facts=self._facts(),
            results={key: given for key, given in rows.items() if given},
        )

    def _facts(self) -> dict[CaseFact, Given]:
        told = told_given(self.stated_told, self.today)
        given = {fact: Given(dated_on=self.today) for fact, answer in self._answers().items() if answer}
        return given | ({CaseFact.TOLD: told} if told else {})

    def _answers(self) -> dict[CaseFact, object]:
        status = self.performance_status.data
        stated = (self.stage_t.data, self.stage_n.data, self.stage_m.data, self.stage_group.data)
        return {
            CaseFact.QUESTION: self.question.data,
            CaseFact.DIAGNOSIS: self.icd10.data,
            CaseFact.HISTOLOGY: self.morphology.data,
            CaseFact.STAGE: any(stated),
            CaseFact.PERFORMANCE_STATUS: status and status != PerformanceStatus.NOT_KNOWN,
            CaseFact.PRIOR_TREATMENT: self.prior_treatment.data,
            CaseFact.PREFERENCES: self.preferences.data,
            CaseFact.NEEDS: self.social_situation.data,
        }

    def to_submit(self) -> SubmitCase:
        """The act, of a form that was validated."""
        return SubmitCase(
            patient=NamePatient(
                family_name=self.family_name.text,
                given_name=self.given_name.text,
                birth_date=self._born(),
                sex=Sex(self.sex.data),
                mrn=self.mrn.text,
                mrn_hospital_id=UUID(self.mrn_hospital.data),
            ),
            board_id=UUID(self.board.data),
            submitter_id=UUID(self.submitter.data),
            tumor_type=TumorType(self.tumor_type.data),
            question=self.state_question(),
            stage=self.state_stage(),
            fitness=self.state_fitness(),
            history=self.state_history(),
            results=tuple(self._results()),
            episode=StateEpisode(read_id(self.follows.data), self.separate_why.text),
            voice=self.state_voice(),
        )

    def _born(self) -> date:
        if self.birth_date.day is None:
            raise ValueError("the act of a form that was not validated")
        return self.birth_date.day

    def _results(self) -> Iterator[StateResult]:
        for row in rows_of(self, self.items):
            stated = row.stated_item()
            if stated:
                yield stated
        for section, rows in ((Section.IMAGING, self.imaging), (Section.PATHOLOGY, self.pathology)):
            yield from (row.stated(section) for row in rows.filled)


@lru_cache(maxsize=500)
def case_form_asking(items: tuple[Item, ...]) -> type[CaseForm]:
    """The form with a row for each of these items."""
    form: type[CaseForm] = with_items(CaseForm, items)
    return form


def _about(person: Person) -> str:
    return f"{words.name_words(person.family_name, person.given_name)}, {person.discipline.label}"


def _needed_to_find(form: CaseForm, field: Field) -> None:
    if not field.data:
        raise ValidationError("Enter the MRN to find the patient by.")
    an_mrn(form, field)


def an_mrn(_form: Form, field: Field) -> None:
    if field.data and not re.search(r"[A-Za-z0-9]", field.data):
        raise ValidationError("An MRN has letters or digits. Copy it from the hospital's record.")


def a_birth_date(form: Any, field: Any) -> None:
    """Refuses a day after the form's ``today``, and one of before anybody who lives."""
    if field.day and field.day > form.today:
        raise ValidationError("This date of birth is in the future. Check the year.")
    if field.day and field.day < FIRST_BIRTH:
        raise ValidationError("This date of birth is before 1890. Check the year.")
