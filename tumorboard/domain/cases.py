"""Submitting, opening, listing, triaging and withdrawing a case."""

from dataclasses import dataclass, field
from uuid import UUID

from tumorboard.domain import audit, care_team, invitations, minimum_data_sets, needs, preparation_requests, sections
from tumorboard.domain.actor import Actor
from tumorboard.domain.contradictions import refuse_contradictions
from tumorboard.domain.drafts import SaveDraft, draft_to_change, name_submitter, refuse_unseen
from tumorboard.domain.episodes import StateEpisode, keep_episode
from tumorboard.domain.lifecycle import advance
from tumorboard.domain.lifecycles import CASE
from tumorboard.domain.needs import StateVoice
from tumorboard.domain.patients import NamePatient, patient_named
from tumorboard.domain.permissions import demand
from tumorboard.domain.questions import refuse_empty_question
from tumorboard.domain.sections import StateFacts, StateFitness, StateHistory, StateQuestion, StateResult, StateStage
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Board, Case, Notice
from tumorboard.storage.queries import agendas, boards, care_team_members
from tumorboard.storage.queries import cases as questions
from tumorboard.vocabulary import AuditAct, CaseAction, CaseState, Permission, Section, TumorType

LATEST_CASES = 10
"""So many are looked at for the board that somebody's cases go to."""


@dataclass(frozen=True)
class SubmitCase:
    patient: NamePatient
    board_id: UUID
    tumor_type: TumorType
    question: StateQuestion
    stage: StateStage
    fitness: StateFitness
    history: StateHistory
    results: tuple[StateResult, ...] = ()
    voice: StateVoice = field(default_factory=StateVoice)
    episode: StateEpisode = field(default_factory=StateEpisode)
    submitter_id: UUID | None = None
    """In whose name, where somebody else types it."""


def submit(draft_id: UUID, act: SubmitCase, by: Actor, typed: SaveDraft | None = None) -> Case:
    """Puts the question to the board. The same form again, by a double click or a reload, makes no second.

    ``typed`` is the form that the act was read from. Refused when another tab has saved since: its text would be lost.
    """
    demand(by, Permission.SUBMIT_CASE)
    case = draft_to_change(draft_id, by)
    if case.state not in (CaseState.DRAFT, CaseState.WITHDRAWN):
        return case
    if typed:
        refuse_unseen(case, typed)
    board = boards.board(act.board_id)
    if board is None:
        raise Refused(Code.WRONG, "Choose the board from the list.", field="board")
    refuse_empty_question(act.question.question, act.tumor_type)
    name_submitter(case, act.submitter_id, by)
    patient = patient_named(act.patient, by)
    case.patient, case.board, case.submitted_at, case.typed = patient, board, by.at, None
    case.tumor_type = act.tumor_type
    db.session.flush()
    keep_episode(case, patient, act.episode, by)
    case.minimum_data_set = minimum_data_sets.keep_in_force(board, act.tumor_type, by.at)
    _state_sections(case, act, by)
    care_team.join_as_submitter(patient, case.submitter, by)
    move_on(case, CaseAction.SUBMIT, by)
    needs.state_voice(case, act.voice, by)
    audit.record(by, AuditAct.CASE_SUBMITTED, patients=[patient.id], subjects=[case.id])
    return case


def move_on(case: Case, action: CaseAction, by: Actor, *, note: str = "", version: int | None = None) -> None:
    """Takes the case to its next state and says so in the audit."""
    advance(case, action, CASE, by, version=version)
    case.state_since, case.state_note = by.at, note
    audit.record(
        by, AuditAct.CASE_MOVED_ON, patients=[case.patient_id], subjects=[case.id], details={"action": action.value}
    )


def withdraw(case: Case, by: Actor, *, why: str, version: int | None = None) -> None:
    """Ends the case before it was discussed; on a published agenda its care team hears of it."""
    item = agendas.item_of_case(case.id)
    move_on(case, CaseAction.WITHDRAW, by, note=why, version=version)
    if item is None or case.patient_id is None:
        return
    item.taken_off_at = by.at
    db.session.flush()
    preparation_requests.recount(item.meeting, by)
    team = {member.person_id for member in care_team_members.present_team(case.patient_id, by.at)}
    invitations.settle_people(item.meeting, team | {case.submitter_id}, by)


def choose_guests(case: Case, unticked: set[UUID], by: Actor) -> list[Notice]:
    """Invites the patient's care team for this case, without the unticked; who is changed hears of it, nobody else.

    Somebody who joined after the ticks were drawn was not unticked, and so is invited.
    """
    demand(by, Permission.CHOOSE_GUESTS, case)
    if case.patient_id is None:
        raise absent()
    team = [member.person for member in care_team_members.present_team(case.patient_id, by.at)]
    before = {person.id for person in case.not_invited}
    case.not_invited = [person for person in team if person.id in unticked]
    changed = before ^ {person.id for person in case.not_invited}
    if not changed:
        return []
    db.session.flush()
    audit.record(by, AuditAct.GUESTS_CHOSEN, patients=[case.patient_id], subjects=[case.id])
    return invitations.settle_care_team(case.patient_id, changed, by)


def open_case(
    case_id: UUID, by: Actor, permission: Permission = Permission.SEE_CASE, act: AuditAct = AuditAct.CASE_OPENED
) -> Case:
    """The whole case, for somebody who has this permission over it; the look is recorded, as ``act``."""
    case = questions.case(case_id)
    if case is None or _is_discarded(case):
        raise absent()
    demand(by, permission, case)
    audit.record(by, act, patients=[case.patient_id], subjects=[case.id])
    return case


def case_to_change(case_id: UUID, by: Actor) -> Case:
    """The case, locked until the transaction ends, for somebody who may see it; the act asks for its own permission."""
    case = questions.case_to_change(case_id)
    if case is None:
        raise absent()
    demand(by, Permission.SEE_CASE, case)
    return case


def usual_board_id(by: Actor) -> UUID | None:
    """The board of this person's latest cases, where they all went to one; anything else would be a guess."""
    known = questions.latest_board_ids(by.person.id, LATEST_CASES)
    return known.pop() if len(known) == 1 else None


def list_queue(
    board: Board, state: CaseState, by: Actor, *, newest_first: bool = False, after: questions.Place | None = None
) -> list[Case]:
    """A page of the board's cases in one state, and one row more when there is another page."""
    demand(by, Permission.SEE_QUEUE, board)
    return _listed(questions.queue(board.id, state, newest_first=newest_first, after=after), by)


def list_own(
    by: Actor,
    *,
    state: CaseState | None = None,
    after: questions.Place | None = None,
    limit: int = questions.PAGE + 1,
) -> list[Case]:
    """Cases this person submitted or whose patient they look after, latest change first: a page, and one row more."""
    return _listed(questions.own_cases(by.person.id, by.at, state=state, after=after, limit=limit), by)


def _listed(cases: list[Case], by: Actor) -> list[Case]:
    audit.record(
        by, AuditAct.CASES_LISTED, patients=[case.patient_id for case in cases], subjects=[case.id for case in cases]
    )
    return cases


def _is_discarded(case: Case) -> bool:
    return case.state is CaseState.WITHDRAWN and case.submitted_at is None


def _state_sections(case: Case, act: SubmitCase, by: Actor) -> None:
    facts: dict[Section, StateFacts] = {
        Section.QUESTION: act.question,
        Section.STAGE: act.stage,
        Section.FITNESS: act.fitness,
        Section.HISTORY: act.history,
    }
    for section in sections.WRITERS:
        sections.state(case, section, facts.get(section), act.results, by)
    refuse_contradictions(case)
    db.session.flush()
    sections.keep_first_versions(case, by)
