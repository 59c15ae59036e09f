"""Questions about pasted lists of cases: what waits, what was loaded, and what has been done with it since."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case, CaseList
from tumorboard.storage.queries.audit_entries import ABOUT_A_CASE
from tumorboard.vocabulary import AuditAct, CaseState

_WORK = (*ABOUT_A_CASE, AuditAct.SECTION_WRITTEN, AuditAct.PRIVATE_NOTE_WRITTEN, AuditAct.OPENED_TO_EXTERNAL)
_WORK_ON_A_PATIENT = (AuditAct.CARE_TEAM_CHANGED, AuditAct.PATIENT_CORRECTED, AuditAct.PATIENT_RESTRICTED)


def hold(board_id: UUID, person_id: UUID) -> None:
    """Lets one transaction at a time load this person's list for the board: a double click makes no double."""
    key = f"case_list:{board_id}:{person_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def waiting(board_id: UUID, person_id: UUID) -> CaseList | None:
    query = select(CaseList).where(
        CaseList.board_id == board_id, CaseList.person_id == person_id, CaseList.loaded_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def forget_waiting(before: datetime) -> int:
    """Removes the lists that wait and were kept last before that; answers how many."""
    old = delete(CaseList).where(CaseList.loaded_at.is_(None), CaseList.kept_at < before).returning(CaseList.id)
    return len(db.session.scalars(old).all())


def loads(board_id: UUID, since: datetime) -> list[CaseList]:
    """What was loaded since and not taken back, latest first."""
    query = (
        select(CaseList)
        .where(CaseList.board_id == board_id, CaseList.loaded_at >= since, CaseList.undone_at.is_(None))
        .order_by(CaseList.loaded_at.desc())
    )
    return list(db.session.scalars(query))


def load_to_change(list_id: UUID, board_id: UUID) -> CaseList | None:
    """One load of this board, locked until the transaction ends."""
    query = (
        select(CaseList)
        .where(CaseList.id == list_id, CaseList.board_id == board_id, CaseList.loaded_at.is_not(None))
        .with_for_update()
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def cases_to_change(case_ids: Iterable[UUID]) -> list[Case]:
    """These cases in the order of their numbers, locked until the transaction ends."""
    query = select(Case).where(Case.id.in_(list(case_ids))).order_by(Case.number).with_for_update(of=Case)
    return list(db.session.scalars(query.execution_options(populate_existing=True)).unique())


def worked_on(cases: list[Case], since: datetime) -> list[Case]:
    """Those of these cases that were decided on, or that anybody has written in since, or in their patient's record."""
    case_ids, patient_ids = [case.id for case in cases], [case.patient_id for case in cases]
    of_case = AuditEntry.act.in_(_WORK) & AuditEntry.subject_ids.overlap(case_ids)
    of_patient = AuditEntry.act.in_(_WORK_ON_A_PATIENT) & AuditEntry.patient_ids.overlap(patient_ids)
    query = select(AuditEntry.subject_ids, AuditEntry.patient_ids, AuditEntry.act).where(
        of_case | of_patient, AuditEntry.at > since
    )
    touched: set[UUID] = set()
    for subjects, patients, act in db.session.execute(query):
        touched |= set(patients if act in _WORK_ON_A_PATIENT else subjects)
    return [
        case
        for case in cases
        if case.state is not CaseState.SUBMITTED or case.id in touched or case.patient_id in touched
    ]
