"""The parts of a case's form, one a section: together they are the form that submits it, alone they write a section."""

from wtforms import Field
from wtforms.validators import ValidationError

from tumorboard.domain.minimum_data_sets import SOMETHING_ELSE, DataSet
from tumorboard.domain.needs import StateVoice
from tumorboard.domain.sections import StateFitness, StateHistory, StateQuestion, StateStage
from tumorboard.vocabulary import (
    CaseType,
    CodeSystem,
    Laterality,
    PerformanceStatus,
    StagePrefix,
    StageSystem,
    Told,
    Urgency,
)
from tumorboard.web.forms.base import LineField, TextField, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, choice, words_of
from tumorboard.web.forms.code import CodeField
from tumorboard.web.forms.earlier_decision import DecisionRow
from tumorboard.web.forms.rows import RowsField
from tumorboard.web.forms.stage import StageField

_NOT_STATED = choice("", "Not stated")


class QuestionPart:
    """What the board is asked."""

    case_type = ButtonsField(
        "Why does the case come?", answered("Choose why the case comes."), choices=words_of(CaseType)
    )
    question_type = ButtonsField("What kind of question is it?")
    question = TextField("Question for the board", answered("Write the question for the board."), longest=500)
    clinical_summary = TextField("Clinical summary", longest=20_000)
    urgency = ButtonsField("When is the answer needed?", choices=words_of(Urgency), default=Urgency.ROUTINE.value)

    def offer_questions(self, data_set: DataSet | None) -> None:
        kinds = [*data_set.questions, SOMETHING_ELSE] if data_set else []
        self.question_type.choices = [choice(kind, kind) for kind in kinds]

    def validate_question_type(self, field: ButtonsField) -> None:
        if field.choices and not field.data:
            raise ValidationError("Choose what kind of question it is.")

    def state_question(self) -> StateQuestion:
        return StateQuestion(
            case_type=CaseType(self.case_type.data),
            question_type=self.question_type.data or "",
            question=self.question.text,
            clinical_summary=self.clinical_summary.text,
            urgency=Urgency(self.urgency.data),
        )


class StagePart:
    """The diagnosis in codes, and the stage as stated."""

    icd10 = CodeField("Diagnosis, ICD-10", CodeSystem.ICD10)
    topography = CodeField("Topography, ICD-O-3", CodeSystem.TOPOGRAPHY)
    morphology = CodeField("Histology, ICD-O-3", CodeSystem.MORPHOLOGY)
    laterality = ButtonsField("Side", choices=[_NOT_STATED, *words_of(Laterality)], default="")
    stage_prefix = ListField("Prefix", choices=[choice("", "None"), *words_of(StagePrefix)])
    stage_t = StageField("T")
    stage_n = StageField("N")
    stage_m = StageField("M")
    stage_group = LineField("Stage group", longest=20)
    stage_system = ListField("System", choices=[_NOT_STATED, *words_of(StageSystem)])
    stage_edition = LineField("Edition", longest=20)

    def offer_systems(self, data_set: DataSet | None) -> None:
        """The systems of this tumor type; one that was chosen before stays a choice."""
        if data_set is None or not data_set.systems:
            return
        offered = [*data_set.systems, StageSystem.OTHER]
        known = [each for each in StageSystem if each in offered or each == self.stage_system.data]
        in_order = sorted(known, key=lambda each: offered.index(each) if each in offered else len(offered))
        self.stage_system.choices = [_NOT_STATED, *(choice(each.value, each.label) for each in in_order)]

    def validate_stage_prefix(self, field: Field) -> None:
        typed = {box.prefix for box in (self.stage_t, self.stage_n, self.stage_m)} - {""}
        if len(typed | ({field.data} if field.data else set())) > 1:
            raise ValidationError("T, N and M were typed with another prefix than this. Choose the one that is meant.")

    @property
    def stated_prefix(self) -> StagePrefix | None:
        typed = (box.prefix for box in (self.stage_t, self.stage_n, self.stage_m))
        stated = self.stage_prefix.data or next((prefix for prefix in typed if prefix), "")
        return next((prefix for prefix in StagePrefix if prefix == stated), None)

    def state_stage(self) -> StateStage:
        return StateStage(
            prefix=self.stated_prefix,
            t=self.stage_t.value,
            n=self.stage_n.value,
            m=self.stage_m.value,
            group=self.stage_group.text,
            system=StageSystem(system) if (system := self.stage_system.data) else None,
            edition=self.stage_edition.text,
            icd10=self.icd10.text,
            topography=self.topography.text,
            morphology=self.morphology.text,
            laterality=Laterality(side) if (side := self.laterality.data) else None,
        )


class FitnessPart:
    """What the person can do."""

    performance_status = ButtonsField("Performance status (ECOG)", choices=words_of(PerformanceStatus))
    karnofsky = ListField(
        "Karnofsky", choices=[_NOT_STATED, *(choice(grade, str(grade)) for grade in range(100, -10, -10))]
    )

    def state_fitness(self) -> StateFitness:
        status, grade = self.performance_status.data, self.karnofsky.data
        return StateFitness(PerformanceStatus(status) if status else None, int(grade) if grade else None)


class HistoryPart:
    """What was decided and done before."""

    prior_treatment = TextField("Prior treatment", longest=10_000)
    decisions = RowsField(DecisionRow)

    def state_history(self) -> StateHistory:
        return StateHistory(self.prior_treatment.text, tuple(row.stated() for row in self.decisions.filled))


class VoicePart:
    """What the patient knows, wishes and asks."""

    told = ButtonsField("Does the patient know that the board discusses this, and agree?", choices=words_of(Told))
    preferences = TextField("In the patient’s words", longest=5_000)
    own_questions = TextField("What the patient wants to ask the board", longest=2_000)
    social_situation = TextField("Living and family", longest=2_000)

    @property
    def stated_told(self) -> Told | None:
        return next((told for told in Told if told == self.told.data), None)

    def state_voice(self) -> StateVoice:
        return StateVoice(self.preferences.text, self.stated_told, self.own_questions.text, self.social_situation.text)
