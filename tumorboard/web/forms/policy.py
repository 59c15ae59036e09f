"""The parts of a board's policy, each on a form of its own that reads a policy and gives back the changed one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any, ClassVar

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from tumorboard.domain.board_policy import Deadline, Policy
from tumorboard.errors import absent
from tumorboard.storage.models import Hospital
from tumorboard.vocabulary import NEVER_REQUIRED, BoardKind, CaseType, Discipline, LateRule, PolicyPart, TumorType
from tumorboard.web.forms.base import Form, LineField, TextField, TimeField, answered
from tumorboard.web.forms.choices import ButtonsField, ListField, TicksField, choice, words_of
from tumorboard.web.forms.meeting import a_link
from tumorboard.web.forms.numbers import NumberField
from tumorboard.web.forms.person import ZONE_CHOICES

Boxes = dict[str, list[str]]
CAN_BE_REQUIRED = [choice(each.value, each.label) for each in Discipline if each not in NEVER_REQUIRED]
_HOUR = "Enter the time as 13:00."
_DAYS = "Enter the days before the meeting, like 2; 0 is its own day."


class PolicyForm(Form):
    """What the form of every part has: the version it was drawn from, and which effect was shown before saving."""

    part: ClassVar[PolicyPart]
    version = HiddenField(default="0")
    base = HiddenField()
    seen = HiddenField()

    def offer(self, hospitals: list[Hospital]) -> None:
        """Fills the lists that depend on what there is."""

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        """The part as somebody would type it."""
        raise NotImplementedError

    def changed(self, policy: Policy) -> Policy:
        """The policy with this part as typed, of a form that was validated."""
        raise NotImplementedError


class NameForm(PolicyForm):
    part = PolicyPart.NAME
    name = LineField("Name, without “board”", answered("Enter the name, like Breast."), longest=60)
    hospital = ListField("Hospital", answered("Choose the hospital."))
    further = TicksField("Further hospitals taking part")

    def offer(self, hospitals: list[Hospital]) -> None:
        self.known = {str(each.id): each for each in hospitals}
        self.hospital.choices = [choice(each.id, each.name) for each in hospitals]
        self.further.choices = [choice(each.id, each.name) for each in hospitals]

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        further = [str(each.id) for each in policy.further_hospitals]
        return {"name": [policy.name], "hospital": [str(policy.hospital.id)], "further": further}

    def changed(self, policy: Policy) -> Policy:
        own = self.known[self.hospital.data]
        further = tuple(self.known[each] for each in self.further.ticked if self.known[each] is not own)
        return replace(policy, name=self.name.text, hospital=own, further_hospitals=further)


class TakesForm(PolicyForm):
    part = PolicyPart.TAKES
    kind = ButtonsField("Kind of board", answered("Choose the kind."), choices=words_of(BoardKind))
    tumor_types = TicksField("Tumor types", choices=words_of(TumorType))

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        return {"kind": [policy.kind.value], "tumor_types": _values(policy.tumor_types)}

    def changed(self, policy: Policy) -> Policy:
        types = tuple(map(TumorType, self.tumor_types.ticked))
        return replace(policy, kind=BoardKind(self.kind.data), tumor_types=types)


class TimeForm(PolicyForm):
    part = PolicyPart.TIME
    meeting_minutes = NumberField(
        "Minutes of a meeting", answered("Enter whole minutes, from 5 to 600."), least=5, most=600, unit="minutes"
    )
    minutes_per_case = NumberField(
        "Minutes of a case", answered("Enter whole minutes, from 1 to 120."), least=1, most=120, unit="minutes"
    )

    @property
    def by_case_type(self) -> dict[CaseType, NumberField]:
        return {kind: self[f"minutes_{kind}"] for kind in CaseType}

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        usual = {"meeting_minutes": policy.meeting_minutes, "minutes_per_case": policy.minutes_per_case}
        others = {f"minutes_{kind}": policy.case_type_minutes.get(kind, "") for kind in CaseType}
        return {name: [str(number)] for name, number in (usual | others).items()}

    def changed(self, policy: Policy) -> Policy:
        others = {kind: field.number for kind, field in self.by_case_type.items()}
        return replace(
            policy,
            meeting_minutes=_number(self.meeting_minutes),
            minutes_per_case=_number(self.minutes_per_case),
            case_type_minutes={kind: number for kind, number in others.items() if number},
        )


class DeadlinesForm(PolicyForm):
    part = PolicyPart.DEADLINES
    cutoff_days = NumberField("Cut-off, days before", answered(_DAYS), least=0, most=60, unit="days")
    cutoff_at = TimeField("Cut-off, hour", answered(_HOUR))
    freeze_days = NumberField("Freeze, days before", answered(_DAYS), least=0, most=60, unit="days")
    freeze_at = TimeField("Freeze, hour", answered(_HOUR))

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        return _deadline("cutoff", policy.cutoff) | _deadline("freeze", policy.freeze)

    def changed(self, policy: Policy) -> Policy:
        cutoff = Deadline(_number(self.cutoff_days), _hour(self.cutoff_at))
        return replace(policy, cutoff=cutoff, freeze=Deadline(_number(self.freeze_days), _hour(self.freeze_at)))


class LateForm(PolicyForm):
    part = PolicyPart.LATE
    late_rule = ButtonsField(
        "A case that comes after the cut-off, and any after the freeze",
        answered("Choose one."),
        choices=words_of(LateRule),
    )

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        return {"late_rule": [policy.late_rule.value]}

    def changed(self, policy: Policy) -> Policy:
        return replace(policy, late_rule=LateRule(self.late_rule.data))


class QuorumForm(PolicyForm):
    part = PolicyPart.QUORUM
    required = TicksField("For every meeting", choices=CAN_BE_REQUIRED)

    @property
    def by_case_type(self) -> dict[CaseType, TicksField]:
        return {kind: self[f"also_{kind}"] for kind in CaseType}

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        also = {f"also_{kind}": _values(policy.case_type_required.get(kind, ())) for kind in CaseType}
        return {"required": _values(policy.required)} | also

    def changed(self, policy: Policy) -> Policy:
        also = {kind: tuple(map(Discipline, field.ticked)) for kind, field in self.by_case_type.items()}
        required = tuple(map(Discipline, self.required.ticked))
        beyond = {kind: tuple(each for each in needed if each not in required) for kind, needed in also.items()}
        return replace(
            policy, required=required, case_type_required={kind: more for kind, more in beyond.items() if more}
        )


class AgendaForm(PolicyForm):
    part = PolicyPart.AGENDA
    standing_text = TextField("Text on every agenda, on its page and on paper", longest=1_000)

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        return {"standing_text": [policy.standing_text]}

    def changed(self, policy: Policy) -> Policy:
        return replace(policy, standing_text=self.standing_text.text)


class MailForm(PolicyForm):
    part = PolicyPart.MAIL
    agenda_mail_at = TimeField("Hour of the agenda mail; as soon as it is published when empty")
    reminder_days = LineField("Reminders, days before", longest=40)

    def validate_reminder_days(self, field: Field) -> None:
        if field.data and not re.fullmatch(r"\d{1,2}([ ,;]+\d{1,2}){0,4}", field.data, re.ASCII):
            raise ValidationError("Enter up to five numbers of days, like 5, 2.")

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        at = f"{policy.agenda_mail_at:%H:%M}" if policy.agenda_mail_at else ""
        return {"agenda_mail_at": [at], "reminder_days": [", ".join(map(str, policy.reminder_days))]}

    def changed(self, policy: Policy) -> Policy:
        days = sorted(set(map(int, re.findall("[0-9]+", self.reminder_days.text))), reverse=True)
        return replace(policy, agenda_mail_at=self.agenda_mail_at.time_of_day, reminder_days=tuple(days))


class WhereForm(PolicyForm):
    part = PolicyPart.WHERE
    room = LineField("Room")
    video_link = LineField("Video link", a_link, longest=500)
    time_zone = ListField("Time zone", answered("Choose the time zone."), choices=ZONE_CHOICES)

    @staticmethod
    def boxes(policy: Policy) -> Boxes:
        return {"room": [policy.room], "video_link": [policy.video_link], "time_zone": [policy.time_zone]}

    def changed(self, policy: Policy) -> Policy:
        return replace(policy, room=self.room.text, video_link=self.video_link.text, time_zone=self.time_zone.data)


for _kind in CaseType:
    setattr(TimeForm, f"minutes_{_kind}", NumberField(_kind.label, least=1, most=120, unit="minutes"))
    setattr(QuorumForm, f"also_{_kind}", TicksField(f"{_kind.label}: also needed", choices=CAN_BE_REQUIRED))

_FORMS: Mapping[PolicyPart, type[PolicyForm]] = {form.part: form for form in PolicyForm.__subclasses__()}


def form_of(part: str) -> type[PolicyForm]:
    """The form of the part that an address names; absent when it names none."""
    known = next((each for each in PolicyPart if each == part), None)
    if known is None:
        raise absent()
    return _FORMS[known]


def _values(chosen: Iterable[Any]) -> list[str]:
    return [each.value for each in chosen]


def _deadline(name: str, deadline: Deadline) -> Boxes:
    return {f"{name}_days": [str(deadline.days)], f"{name}_at": [f"{deadline.at:%H:%M}"]}


def _number(field: NumberField) -> int:
    if field.number is None:
        raise ValueError("a number of a form that was not validated")
    return field.number


def _hour(field: TimeField) -> time:
    if field.time_of_day is None:
        raise ValueError("an hour of a form that was not validated")
    return field.time_of_day
