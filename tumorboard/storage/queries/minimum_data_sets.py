"""Questions about minimum data sets."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, text, update
from sqlalchemy.orm import defer, subqueryload

from tumorboard.storage.db import db
from tumorboard.storage.models import Case, MinimumDataSet, Needs, Result
from tumorboard.storage.row_level_security import beyond_sight
from tumorboard.vocabulary import CaseState, Section, TumorType


def hold(board_id: UUID, tumor_type: TumorType) -> None:
    """Until the transaction ends nobody else makes a version of this data set."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{board_id}:{tumor_type.value}", 0))))


def in_force(board_id: UUID, tumor_type: TumorType) -> MinimumDataSet | None:
    """The board's newest version in force; none while the board has only the template."""
    query = (
        _of(board_id, tumor_type)
        .where(MinimumDataSet.in_force_since.is_not(None))
        .order_by(MinimumDataSet.version.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def draft(board_id: UUID, tumor_type: TumorType) -> MinimumDataSet | None:
    """The board's next version, as far as it is written."""
    return db.session.scalars(_of(board_id, tumor_type).where(MinimumDataSet.in_force_since.is_(None))).one_or_none()


def draft_to_change(board_id: UUID, tumor_type: TumorType) -> MinimumDataSet | None:
    """The draft as it is now, locked until the transaction ends."""
    query = _of(board_id, tumor_type).where(MinimumDataSet.in_force_since.is_(None)).with_for_update(of=MinimumDataSet)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def versions(board_id: UUID, tumor_type: TumorType) -> list[MinimumDataSet]:
    """All of them, newest first; their contents are read when somebody asks for one."""
    query = _of(board_id, tumor_type).order_by(MinimumDataSet.version.desc())
    return list(db.session.scalars(query.options(defer(MinimumDataSet.content))))


def own_tumor_types(board_id: UUID) -> set[TumorType]:
    """Those of which the board has a version of its own: cases came, or somebody edited it."""
    return set(db.session.scalars(select(MinimumDataSet.tumor_type).where(MinimumDataSet.board_id == board_id)))


def keys_ever(board_id: UUID, tumor_type: TumorType) -> set[str]:
    """The keys of all items that any version has asked: no other item may be known by one of them."""
    key = func.jsonb_path_query(MinimumDataSet.content, text("'$.items[*].key'")).op("#>>")(text("'{}'"))
    query = select(key).where(MinimumDataSet.board_id == board_id, MinimumDataSet.tumor_type == tumor_type)
    return set(db.session.scalars(query))


@beyond_sight()
def cases_with_needs(
    board_id: UUID, tumor_type: TumorType, states: frozenset[CaseState]
) -> list[tuple[Case, Needs | None]]:
    """The board's cases of a tumor type with all that their completeness looks at: three questions, however many.

    Beyond sight, to be counted and never shown: a row of each that passes the second wall would cost a question of its
    own.
    """
    query = (
        select(Case, Needs)
        .outerjoin(Needs, Needs.case_id == Case.id)
        .where(_cases(board_id, tumor_type, states))
        .options(subqueryload(Case.results), subqueryload(Case.minimum_data_set))
    )
    return [(case, needs) for case, needs in db.session.execute(query)]


@beyond_sight()
def let_cases_follow(kept: MinimumDataSet, states: frozenset[CaseState]) -> Sequence[tuple[UUID, UUID | None]]:
    """Puts the cases in these states under this version; the ids of each and of its patient.

    A case's own version number stays: whoever has it open has changed nothing that this would overwrite.
    """
    follow = (
        update(Case)
        .where(_cases(kept.board_id, kept.tumor_type, states), Case.minimum_data_set_id.is_distinct_from(kept.id))
        .values(minimum_data_set_id=kept.id)
        .returning(Case.id, Case.patient_id)
    )
    return [(case_id, patient_id) for case_id, patient_id in db.session.execute(follow)]


@beyond_sight()
def keep_under(kept: MinimumDataSet) -> None:
    """Cases submitted before the board had versions of its own stay with the one that they are read by."""
    without = and_(Case.minimum_data_set_id.is_(None), Case.submitted_at.is_not(None))
    of_set = and_(Case.board_id == kept.board_id, Case.tumor_type == kept.tumor_type)
    db.session.execute(update(Case).where(of_set, without).values(minimum_data_set_id=kept.id))


@beyond_sight()
def move_results(kept: MinimumDataSet, items: list[str], section: Section) -> None:
    """What cases under this version have for these items lies in the section where they are asked now."""
    of_version = select(Case.id).where(Case.minimum_data_set_id == kept.id)
    theirs = and_(Result.case_id.in_(of_version), Result.item.in_(items), Result.section != section)
    db.session.execute(update(Result).where(theirs).values(section=section))


def _of(board_id: UUID, tumor_type: TumorType) -> Select[MinimumDataSet]:
    return select(MinimumDataSet).where(MinimumDataSet.board_id == board_id, MinimumDataSet.tumor_type == tumor_type)


def _cases(board_id: UUID, tumor_type: TumorType, states: frozenset[CaseState]) -> ColumnElement[bool]:
    return and_(Case.board_id == board_id, Case.tumor_type == tumor_type, Case.state.in_(states))
