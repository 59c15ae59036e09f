"""Preparing a case for its meeting: started, ready with a sentence for the meeting, or held up by something.

It is asked of a discipline and not of a person, so that whoever of the discipline comes next finds what is open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.lifecycle import advance
from tumorboard.domain.lifecycles import PREPARATION
from tumorboard.domain.permissions import demand, may
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage.db import db
from tumorboard.storage.models import Case, Preparation
from tumorboard.storage.queries import agendas, section_versions
from tumorboard.storage.queries import preparations as questions
from tumorboard.vocabulary import (
    PREPARES,
    AuditAct,
    Hindrance,
    Permission,
    PreparationAction,
    PreparationState,
    Section,
)


@dataclass(frozen=True)
class HoldUp:
    """Why it cannot be prepared now; ``note`` says who holds what, or what else it is."""

    why: Hindrance
    note: str
    version: int


def list_asked(by: Actor, after: UUID | None = None) -> list[Preparation]:
    """A page of what is asked of this person's discipline and on boards that they coordinate, and one row more."""
    demand(by, Permission.SEE_PREPARATION)
    asked = questions.page_for(by.person, by.at, after)
    patients, cases = [each.case.patient_id for each in asked], [each.case_id for each in asked]
    audit.record(by, AuditAct.CASES_LISTED, patients=patients, subjects=cases)
    return asked


def preparation_to_change(case_id: UUID, preparation_id: UUID, by: Actor) -> Preparation:
    """One that is still asked of this person's discipline, locked until the transaction ends."""
    preparation = questions.preparation_to_change(preparation_id, case_id)
    if preparation is None:
        raise absent()
    demand(by, Permission.PREPARE_CASE, preparation)
    if preparation.discipline is not by.person.discipline:
        raise Refused(Code.NOT_NOW, f"This is asked of {preparation.discipline.label.lower()}.")
    if not questions.is_asked(preparation, by.at):
        raise Refused(Code.NOT_NOW, "This is not asked any more: the case is off the agenda, or the meeting is over.")
    return preparation


def start(preparation: Preparation, by: Actor, *, version: int) -> None:
    advance(preparation, PreparationAction.START, PREPARATION, by, version=version)
    _let_go(preparation)
    preparation.started_at, preparation.started_by = by.at, by.person
    _record(preparation, AuditAct.PREPARATION_STARTED, by)


def mark_ready(preparation: Preparation, by: Actor, *, sentence: str, version: int) -> None:
    """Done with it; ``sentence`` is what the meeting is to know. Ready again after an amendment counts anew."""
    advance(preparation, PreparationAction.MARK_READY, PREPARATION, by, version=version)
    _let_go(preparation)
    preparation.ready_at, preparation.ready_by, preparation.sentence = by.at, by.person, sentence
    _record(preparation, AuditAct.PREPARATION_READY, by)


def hold_up(preparation: Preparation, act: HoldUp, by: Actor) -> None:
    """Says why it cannot be done now; the board's coordinator sees it. It stays asked for."""
    if preparation.discipline not in act.why.disciplines:
        raise Refused(Code.WRONG, "Choose one of these.", field="why")
    if act.why is Hindrance.OTHER and not act.note:
        raise Refused(Code.WRONG, "Say what it is, in a few words.", field="note")
    advance(preparation, PreparationAction.HOLD_UP, PREPARATION, by, version=act.version)
    preparation.started_at = preparation.started_by = None
    preparation.hindrance, preparation.hindrance_note = act.why, act.note
    preparation.hindered_at, preparation.hindered_by = by.at, by.person
    _record(preparation, AuditAct.PREPARATION_HELD_UP, by)


def undo(preparation: Preparation, by: Actor, *, version: int) -> None:
    """One step back, for whoever took it."""
    if not may_undo(preparation, by):
        raise Refused(Code.NOT_NOW, "Only who did this can undo it. Reload the page to see who that was.")
    stays_started = preparation.state is PreparationState.READY and preparation.started_at is not None
    action = PreparationAction.BACK_TO_STARTED if stays_started else PreparationAction.BACK_TO_REQUESTED
    advance(preparation, action, PREPARATION, by, version=version)
    preparation.ready_at = preparation.ready_by = None
    if not stays_started:
        preparation.started_at = preparation.started_by = None
    _let_go(preparation)
    _record(preparation, AuditAct.PREPARATION_UNDONE, by)


def ready_by_writing(case: Case, by: Actor) -> None:
    """Whoever has written what the patient needs has assessed it: what was asked of their discipline is ready."""
    item = agendas.item_of_case(case.id)
    asked = questions.of_case(case.id, item.meeting_id) if item and may(by, Permission.PREPARE_CASE, case) else []
    for each in asked:
        theirs = each.discipline is by.person.discipline and Section.VOICE in PREPARES[each.discipline]
        if theirs and each.state is not PreparationState.READY:
            mark_ready(each, by, sentence=each.sentence, version=each.version)


def amended_since(asked: Iterable[Preparation]) -> dict[UUID, tuple[Section, ...]]:
    """What others have written of the case since somebody began or was ready, for each where they have."""
    touched = {each.id: (each, each.touched_at) for each in asked if each.touched_at}
    if not touched:
        return {}
    first = min(at for _, at in touched.values())
    written = section_versions.written_after({each.case_id for each, _ in touched.values()}, first)
    amended = {
        each.id: {
            version.section
            for version in written
            if version.case_id == each.case_id and version.at > at and version.by_id != each.last_by_id
        }
        for each, at in touched.values()
    }
    return {key: tuple(each for each in Section if each in found) for key, found in amended.items() if found}


def how_it_stands(preparation: Preparation) -> str:
    """In words: ``requested``, ``ready``, ``cannot: slides not here (Eastmere has them)``."""
    why, note = preparation.hindrance, preparation.hindrance_note
    if why is None:
        return preparation.state.label.lower()
    if why is Hindrance.OTHER:
        return f"cannot: {note}"
    return f"cannot: {why.label.lower()}" + (f" ({note})" if note else "")


def may_undo(preparation: Preparation, by: Actor) -> bool:
    return preparation.last_by_id == by.person.id


def _let_go(preparation: Preparation) -> None:
    """Nothing holds it up any more."""
    preparation.hindrance, preparation.hindrance_note = None, ""
    preparation.hindered_at = preparation.hindered_by = None


def _record(preparation: Preparation, act: AuditAct, by: Actor) -> None:
    db.session.flush()  # so that it has the version by which this act can be undone
    case, discipline = preparation.case, preparation.discipline
    audit.record(by, act, patients=[case.patient_id], subjects=[case.id], details={"discipline": discipline.value})
