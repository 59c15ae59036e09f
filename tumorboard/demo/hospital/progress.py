"""How a case comes to its state: submitted by its oncologist, then moved on by coordinator and chair."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tumorboard.demo.hospital.boards import BoardRecord
from tumorboard.demo.hospital.network import Network
from tumorboard.demo.hospital.records import (
    CaseRecord,
    DecisionRecord,
    NeedsRecord,
    PatientRecord,
    ResultRecord,
    StudyRecord,
)
from tumorboard.demo.hospital.story import Story
from tumorboard.domain import agenda, care_team, cases, information_requests
from tumorboard.domain.actor import Actor
from tumorboard.domain.cases import SubmitCase
from tumorboard.domain.earlier_decisions import StateDecision
from tumorboard.domain.information_requests import AskForInformation
from tumorboard.domain.minimum_data_sets import SOMETHING_ELSE, template
from tumorboard.domain.needs import StateVoice, WriteNeeds
from tumorboard.domain.needs import write as write_needs
from tumorboard.domain.patients import NamePatient, mrn_key
from tumorboard.domain.permissions import may
from tumorboard.domain.sections import StateFitness, StateHistory, StateQuestion, StateResult
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, Meeting, Patient, PatientIdentifier
from tumorboard.storage.queries import agendas
from tumorboard.vocabulary import KEY_WORKERS, CaseAction, CaseState, Permission, ResultState

_LISTED = (CaseAction.ACCEPT, CaseAction.PUT_ON_AGENDA)

WAYS: dict[CaseState, tuple[CaseAction, ...]] = {
    CaseState.SUBMITTED: (),
    CaseState.RETURNED: (CaseAction.RETURN,),
    CaseState.ACCEPTED: (CaseAction.ACCEPT,),
    CaseState.PROTOCOL_ROUTE: (CaseAction.ROUTE_TO_PROTOCOL,),
    CaseState.WITHDRAWN: (CaseAction.WITHDRAW,),
    CaseState.ON_AGENDA: _LISTED,
    CaseState.DEFERRED: (*_LISTED, CaseAction.DEFER),
    CaseState.DISCUSSED: (*_LISTED, CaseAction.DISCUSS),
    CaseState.SIGNED: (*_LISTED, CaseAction.DISCUSS, CaseAction.SIGN),
}
"""After the submission, what leads to each state."""

IT_CANNOT_WAIT = "The start of treatment depends on it; the rest is asked for."
WITHOUT_KEY_WORKER = 3
"""Every third patient of a board has no key worker yet."""


@dataclass(frozen=True)
class Sitting:
    """A board with its meetings by week, as ``weeks.plan_meetings`` counts them."""

    record: BoardRecord
    board: Board
    meetings: dict[int, Meeting]


class CaseStory:
    """One case on its way through a board; ``place`` spreads the submissions of one board over the day."""

    _case: Case
    """From the submission on; a story is told in order."""

    def __init__(self, record: CaseRecord, place: int, sitting: Sitting, network: Network, now: datetime) -> None:
        self._record, self._place, self._sitting, self._network = record, place, sitting, network
        self._meeting = sitting.meetings[-record.weeks_ago]
        self._submitted_at = _in_working_hours(record, place, network, now)

    def tell(self, story: Story) -> None:
        """Adds every step of the case, from its submission on."""
        story.add(self._submitted_at, self._submit)
        if needs := self._record.needs:
            asked = self._network.actor(needs.by, _on_a_workday(self._submitted_at + timedelta(days=1, minutes=50)))
            story.add(asked.at, partial(self._write_needs, needs, asked))
        way = WAYS[self._record.state]
        for action in way:
            note = self._record.note if action is way[-1] else ""
            by = self._network.actor(self._who_does(action), self._time_of(action))
            story.add(by.at, partial(self._take_step, action, note, by))

    def _submit(self) -> None:
        record, network = self._record, self._network
        by = network.actor(record.typed_by or record.submitter, self._submitted_at)
        self._case = cases.submit(new_id(), _act(record, self._sitting.board, network, by.at), by)
        of_team = self._of_team(by)
        for name in record.team:
            care_team.join(self._case, network.people[name], of_team)
        carers = [person for name in record.team if (person := network.people[name]).discipline in KEY_WORKERS]
        if carers and self._place % WITHOUT_KEY_WORKER:
            care_team.hand_over_key_worker(self._case, carers[0], of_team)
        if self._case.patient and record.patient.mrn_elsewhere:
            _know_elsewhere(self._case.patient, record.patient, network)

    def _of_team(self, by: Actor) -> Actor:
        """Who says who looks after the patient: the submitter where they do, else the board's coordinator."""
        submitter = self._network.actor(self._record.submitter, by.at)
        looks_after = may(submitter, Permission.CHANGE_CARE_TEAM, self._case)
        return submitter if looks_after else self._network.actor(self._sitting.record.coordinator, by.at)

    def _write_needs(self, needs: NeedsRecord, by: Actor) -> None:
        act = WriteNeeds(needs.preferences, needs.kinds, needs.distress, needs.interpreter, 0)
        act = replace(act, told=needs.told, own_questions=needs.own_questions, social_situation=needs.social_situation)
        write_needs(self._case, act, by)

    def _take_step(self, action: CaseAction, note: str, by: Actor) -> None:
        if action is CaseAction.PUT_ON_AGENDA:
            agenda.put_on_agenda(self._meeting, self._case, by, override=IT_CANNOT_WAIT)
        elif action is CaseAction.RETURN:
            information_requests.ask(self._case, AskForInformation((), note, self._case.version), by)
        elif action is CaseAction.WITHDRAW:
            cases.withdraw(self._case, by, why=note)
        elif action is CaseAction.DEFER:
            _defer(self._case, note, by)
        else:
            cases.move_on(self._case, action, by, note=note)

    def _time_of(self, action: CaseAction) -> datetime:
        next_day = _on_a_workday(self._submitted_at + timedelta(days=1, minutes=20))
        return {
            CaseAction.PUT_ON_AGENDA: _on_a_workday(next_day + timedelta(days=1)),
            CaseAction.DEFER: self._meeting.starts_at - timedelta(hours=3),
            CaseAction.DISCUSS: self._meeting.starts_at + timedelta(minutes=20),
            CaseAction.SIGN: self._meeting.starts_at + timedelta(days=1),
        }.get(action, next_day)

    def _who_does(self, action: CaseAction) -> str:
        board = self._sitting.record
        return {
            CaseAction.WITHDRAW: self._record.submitter,
            CaseAction.SIGN: board.chair,
            CaseAction.ROUTE_TO_PROTOCOL: board.chair,
        }.get(action, board.coordinator)


def _act(record: CaseRecord, board: Board, network: Network, at: datetime) -> SubmitCase:
    return SubmitCase(
        patient=_named(record.patient, network),
        board_id=board.id,
        tumor_type=record.tumor_type,
        question=_question(record),
        stage=replace(record.stage, icd10=record.icd10, morphology=record.morphology),
        fitness=StateFitness(record.performance_status),
        history=StateHistory(
            record.prior_treatment, tuple(_decision(each, record, at.date()) for each in record.decisions)
        ),
        results=(
            *(_result(record, key, each, at.date()) for key, each in record.results.items()),
            *(_study(each, at.date(), record.days_ago) for each in record.studies),
        ),
        voice=record.voice or StateVoice(),
        submitter_id=network.people[record.submitter].id,
    )


def _decision(decision: DecisionRecord, record: CaseRecord, submitted_on: date) -> StateDecision:
    return StateDecision(
        decided_on=submitted_on - timedelta(days=decision.days_ago - record.days_ago),
        board=decision.board,
        advised=decision.advised,
        fate=decision.fate,
        note=decision.note,
    )


def _question(record: CaseRecord) -> StateQuestion:
    kind = record.question_type or SOMETHING_ELSE
    return StateQuestion(record.case_type, kind, record.question, record.summary, record.urgency)


def _result(record: CaseRecord, key: str, result: ResultRecord, submitted_on: date) -> StateResult:
    """Raises ``KeyError`` where the tumor type's template has no such item."""
    item = template(record.tumor_type).item(key)
    if item is None:
        raise KeyError(f"{record.tumor_type} has no item {key}")
    dated_on = None
    if result.days_ago is not None:
        dated_on = submitted_on - timedelta(days=result.days_ago - record.days_ago)
    pending, not_done = result.pending_for is not None, bool(result.not_done)
    return StateResult(
        section=item.section,
        item=key,
        label=item.label,
        state=ResultState.PENDING if pending else ResultState.NOT_DONE if not_done else ResultState.THERE,
        answer=result.answer,
        value=result.value,
        unit=item.unit if result.value else "",
        dated_on=dated_on,
        number=result.number.format(yy=f"{dated_on or submitted_on:%y}"),
        expected_on=submitted_on + timedelta(days=result.pending_for or 0) if pending else None,
        reason=result.not_done,
    )


def _defer(case: Case, note: str, by: Actor) -> None:
    """Off the agenda, and not back in the queue yet. The domain has no act for it before boards run their meetings."""
    cases.move_on(case, CaseAction.DEFER, by, note=note)
    item = agendas.item_of_case(case.id)
    if item is not None:
        item.taken_off_at = by.at


def _in_working_hours(record: CaseRecord, place: int, network: Network, now: datetime) -> datetime:
    zone = ZoneInfo(network.people[record.submitter].time_zone)
    day = now.astimezone(zone).date() - timedelta(days=record.days_ago)
    return _on_a_workday(datetime.combine(day, time(8, 10), zone) + timedelta(minutes=37 * place), back=True)


def _on_a_workday(at: datetime, *, back: bool = False) -> datetime:
    """``at``, or from a weekend the Monday after it or the Friday before it."""
    beyond = max(0, at.weekday() - 4)
    days = -beyond if back else (7 - at.weekday() if beyond else 0)
    return at + timedelta(days=days)


def _named(patient: PatientRecord, network: Network) -> NamePatient:
    return NamePatient(
        family_name=patient.family_name,
        given_name=patient.given_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        mrn=patient.mrn,
        mrn_hospital_id=network.hospitals[patient.hospital].id,
    )


def _study(record: StudyRecord, submitted_on: date, days_ago: int) -> StateResult:
    dated_on = submitted_on - timedelta(days=record.days_ago - days_ago)
    number = record.number.format(yy=f"{dated_on:%y}")
    return StateResult(section=record.section, dated_on=dated_on, number=number, value=record.value)


def _know_elsewhere(patient: Patient, record: PatientRecord, network: Network) -> None:
    """The MRN of the other hospital, which no form asks for yet."""
    hospital = next(each for name, each in network.hospitals.items() if name != record.hospital)
    if hospital.id not in {identifier.hospital_id for identifier in patient.identifiers}:
        key = mrn_key(record.mrn_elsewhere)
        patient.identifiers.append(PatientIdentifier(hospital=hospital, mrn=record.mrn_elsewhere, mrn_key=key))
        db.session.flush()
