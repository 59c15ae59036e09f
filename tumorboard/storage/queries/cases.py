"""Questions about cases. Lists page by key: the last row's time and id, never an offset."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from tumorboard.storage.db import db
from tumorboard.storage.models import CareTeamMember, Case
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import CaseState

PAGE = 25
OPEN = (
    CaseState.SUBMITTED,
    CaseState.RETURNED,
    CaseState.ACCEPTED,
    CaseState.PROTOCOL_ROUTE,
    CaseState.ON_AGENDA,
    CaseState.DEFERRED,
)


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: after the row with this time and id."""

    at: datetime
    id: UUID


def case(case_id: UUID) -> Case | None:
    return db.session.get(Case, case_id)


def case_to_change(case_id: UUID) -> Case | None:
    """The case, locked until the transaction ends."""
    query = select(Case).where(Case.id == case_id).with_for_update(of=Case)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()


def begin_draft(case_id: UUID, submitter_id: UUID, at: datetime) -> None:
    """Makes the row of a draft unless it is there: two savings of one form, at once or repeated, make one case."""
    row = {
        "id": case_id,
        "state": CaseState.DRAFT,
        "state_since": at,
        "version": 1,
        "created_at": at,
        "submitter_id": submitter_id,
        "typed": {},
    }
    db.session.execute(insert(Case).values(row).on_conflict_do_nothing(index_elements=["id"]))


def visible_to(person_id: UUID, at: datetime) -> ColumnElement[bool]:
    """The cases a person may see: ``Permission.SEE_CASE`` of ``domain.permissions``, answered by the database."""
    of_case = (Case.id, Case.state, Case.submitter_id, Case.entered_by_id, Case.board_id, Case.patient_id)
    return func.sees_case(person_id, at, *of_case, type_=Boolean)


def visible_among(person_id: UUID, case_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(list(case_ids)), visible_to(person_id, at))))


@beyond_sight()
def withdrawn_among(case_ids: Iterable[UUID]) -> set[UUID]:
    return set(
        db.session.scalars(select(Case.id).where(Case.id.in_(list(case_ids)), Case.state == CaseState.WITHDRAWN))
    )


def drafts_of(person_id: UUID) -> list[Case]:
    """What this person, or somebody in their name, has begun and not submitted, latest first."""
    query = (
        select(Case)
        .where(or_(Case.submitter_id == person_id, Case.entered_by_id == person_id), Case.state == CaseState.DRAFT)
        .order_by(Case.state_since.desc())
        .limit(PAGE)
    )
    return list(db.session.scalars(query).unique())


def own_cases(
    person_id: UUID, at: datetime, *, state: CaseState | None, after: Place | None, limit: int = PAGE + 1
) -> list[Case]:
    """Cases this person submitted or whose patient they look after, latest first; one row more than a page."""
    query = select(Case).where(_own(person_id, at)).order_by(Case.state_since.desc(), Case.id.desc()).limit(limit)
    if state is not None:
        query = query.where(Case.state == state)
    if after is not None:
        query = query.where(tuple_(Case.state_since, Case.id) < (after.at, after.id))
    return list(db.session.scalars(query).unique())


def latest_board_ids(person_id: UUID, cases: int) -> set[UUID]:
    """The boards of the last so many cases that this person submitted."""
    query = (
        select(Case.board_id)
        .where(Case.submitter_id == person_id, Case.submitted_at.is_not(None))
        .order_by(Case.submitted_at.desc())
        .limit(cases)
    )
    return {board_id for board_id in db.session.scalars(query) if board_id}


def own_counts(person_id: UUID, at: datetime) -> dict[CaseState, int]:
    """How many of this person's own cases are in each state."""
    query = select(Case.state, func.count()).where(_own(person_id, at)).group_by(Case.state)
    return dict(db.session.execute(query).all())


def _own(person_id: UUID, at: datetime) -> ColumnElement[bool]:
    patients = select(CareTeamMember.patient_id).where(
        CareTeamMember.person_id == person_id, CareTeamMember.present(at)
    )
    submitted = Case.submitted_at.is_not(None)  # a discarded draft is nobody's case
    own = or_(Case.submitter_id == person_id, Case.entered_by_id == person_id, Case.patient_id.in_(patients))
    return own & submitted


def queue(board_id: UUID, state: CaseState, *, newest_first: bool = False, after: Place | None = None) -> list[Case]:
    """A board's cases in one state, longest waiting first unless told otherwise; one row more than a page."""
    place = tuple_(Case.state_since, Case.id)
    order = (Case.state_since.desc(), Case.id.desc()) if newest_first else (Case.state_since, Case.id)
    query = select(Case).where(Case.board_id == board_id, Case.state == state).order_by(*order).limit(PAGE + 1)
    query = query.options(selectinload(Case.results), selectinload(Case.minimum_data_set))
    if after is not None:
        beyond = (after.at, after.id)
        query = query.where(place < beyond if newest_first else place > beyond)
    return list(db.session.scalars(query).unique())


@beyond_sight()
def counts_by_state(board_id: UUID) -> dict[CaseState, int]:
    """How many of the board's cases are in each state. Numbers alone: who asks a row at a time waits for thousands."""
    query = (
        select(Case.state, func.count())
        .where(Case.board_id == board_id, Case.state != CaseState.DRAFT)
        .group_by(Case.state)
    )
    return dict(db.session.execute(query).all())


def earlier_cases_of(patient_id: UUID | None, person_id: UUID, at: datetime, *, but: UUID | None = None) -> list[Case]:
    """The patient's submitted cases, as far as this person may see them; latest first."""
    submitted = Case.submitted_at.is_not(None) & (Case.state != CaseState.DRAFT)
    query = (
        select(Case)
        .where(Case.patient_id == patient_id, submitted, visible_to(person_id, at))
        .order_by(Case.submitted_at.desc())
        .limit(PAGE)
    )
    if but is not None:
        query = query.where(Case.id != but)
    return list(db.session.scalars(query).unique())


def open_cases_of_patients(patient_ids: Iterable[UUID], person_id: UUID, at: datetime) -> list[Case]:
    """The open cases of these patients, as far as this person may see them; latest first."""
    query = (
        select(Case)
        .where(Case.patient_id.in_(list(patient_ids)), Case.state.in_(OPEN), visible_to(person_id, at))
        .order_by(Case.submitted_at.desc())
    )
    return list(db.session.scalars(query).unique())


def submitted_count(board_ids: Iterable[UUID]) -> int:
    """How many cases wait for triage on these boards."""
    query = select(func.count()).where(Case.board_id.in_(list(board_ids)), Case.state == CaseState.SUBMITTED)
    return db.session.scalar(query) or 0


def submitted_counts(board_ids: Iterable[UUID]) -> dict[UUID, int]:
    """For each of these boards with any, how many cases wait for triage."""
    query = (
        select(Case.board_id, func.count())
        .where(Case.board_id.in_(list(board_ids)), Case.state == CaseState.SUBMITTED)
        .group_by(Case.board_id)
    )
    return {board_id: count for board_id, count in db.session.execute(query) if board_id}
