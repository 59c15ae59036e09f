"""A board's cases out of a pasted list: kept sealed while rows are mended, loaded at once, taken back within a day."""

from datetime import datetime, timedelta
from uuid import UUID

from tumorboard.domain import care_team, cases
from tumorboard.domain.actor import Actor
from tumorboard.domain.cases import SubmitCase
from tumorboard.domain.permissions import demand
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage import sealing
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Board, Case, CaseList
from tumorboard.storage.queries import care_team_members
from tumorboard.storage.queries import case_lists as questions
from tumorboard.vocabulary import CaseAction, Permission

KEPT_FOR = timedelta(days=30)
UNDONE_WITHIN = timedelta(days=1)
TAKEN_BACK = "The list that it came in was taken back."


def keep(board: Board, form: str, by: Actor) -> CaseList | None:
    """Keeps the form as it stands, sealed, for this person alone; an empty one puts away what waited."""
    questions.hold(board.id, by.person.id)
    waiting = questions.waiting(board.id, by.person.id)
    if not form:
        if waiting:
            db.session.delete(waiting)
            db.session.flush()
        return None
    if waiting is None:
        waiting = CaseList(id=new_id(), board_id=board.id, person_id=by.person.id, case_ids=[])
        db.session.add(waiting)
    waiting.sealed, waiting.kept_at = sealing.seal(form, _place(waiting.id)), by.at
    db.session.flush()
    return waiting


def kept(board: Board, by: Actor) -> str:
    """The form as this person left it; empty where nothing waits."""
    waiting = questions.waiting(board.id, by.person.id)
    if waiting is None or waiting.sealed is None or by.at - waiting.kept_at > KEPT_FOR:
        return ""
    return sealing.unseal(waiting.sealed, _place(waiting.id))


def forget_old(at: datetime) -> int:
    """Removes what nobody has come back to for longer than it is kept; answers how many lists that were."""
    return questions.forget_waiting(at - KEPT_FOR)


def load(board: Board, acts: list[SubmitCase], left: str, by: Actor) -> CaseList:
    """Submits all of these or none; ``left`` is the form with the rows that wait on."""
    demand(by, Permission.LOAD_CASES, board)
    waiting = questions.waiting(board.id, by.person.id)
    if waiting:
        db.session.delete(waiting)
        db.session.flush()
    made = [cases.submit(new_id(), act, by) for act in acts]
    loaded = CaseList(
        board_id=board.id,
        person_id=by.person.id,
        kept_at=by.at,
        loaded_at=by.at,
        case_ids=[case.id for case in made],
    )
    db.session.add(loaded)
    db.session.flush()
    if left:
        keep(board, left, by)
    return loaded


def undo(board: Board, list_id: UUID, by: Actor) -> int:
    """Withdraws every case of a load, within a day and while nobody has worked on any. Twice is once."""
    demand(by, Permission.LOAD_CASES, board)
    loaded = questions.load_to_change(list_id, board.id)
    if loaded is None or loaded.loaded_at is None:
        raise absent()
    if loaded.undone_at is not None:
        return 0
    if by.at - loaded.loaded_at > UNDONE_WITHIN:
        raise Refused(Code.NOT_NOW, "This list was loaded more than a day ago. Withdraw its cases one by one.")
    made = questions.cases_to_change(loaded.case_ids)
    worked_on = questions.worked_on(made, loaded.loaded_at)
    if worked_on:
        numbers = ", ".join(f"case {case.number}" for case in worked_on)
        raise Refused(Code.NOT_NOW, f"Somebody has worked on {numbers} since. Withdraw what is wrong one by one.")
    for case in made:
        _take_back(case, loaded, by)
    loaded.undone_at = by.at
    return len(made)


def _take_back(case: Case, loaded: CaseList, by: Actor) -> None:
    """Who came onto the patient's care team with the case leaves with it."""
    if case.patient_id is not None:
        for member in care_team_members.present_team(case.patient_id, by.at):
            if member.joined_at == loaded.loaded_at and member.person_id == case.submitter_id:
                care_team.leave(case, member.person, by)
    cases.move_on(case, CaseAction.WITHDRAW, by, note=TAKEN_BACK)


def _place(list_id: UUID) -> str:
    return f"case_list.sealed.{list_id}"
